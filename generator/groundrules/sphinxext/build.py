"""Runs a Sphinx build like ``sphinx-build``; only this module starts Sphinx for the command."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from types import FrameType
from typing import TextIO, cast

from sphinx.cmd.build import build_main

from groundrules.interrupts import Interrupted
from groundrules.sphinxext.build_errors import UNKNOWN, UNSAFE, UNWRITABLE
from groundrules.sphinxext.extension import SETTING
from groundrules.sphinxext.message_streams import Relative
from groundrules.sphinxext.stopped_builds import (
    BuildStoppedError,
    UnknownBuilderError,
    known_builders,
    stops_as_sentences,
)

INTERRUPTED = 128 + signal.SIGINT
_EXIT_CODES: dict[object, int] = {UNKNOWN: 2, UNSAFE: 3, UNWRITABLE: 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildSettings:
    """The settings of a build; the names are those of ``sphinx-build``'s options.

    ``conf`` is the folder of ``conf.py``, ``source`` the folder of the pages.  ``configurations``
    are the paths of real configurations by name.
    """

    conf: Path
    source: Path
    output: Path
    configurations: Mapping[str, Path] = field(default_factory=dict)
    builder: str = "html"
    jobs: str = "auto"
    fail_on_warning: bool = False
    nitpicky: bool = False
    fresh_env: bool = False
    quiet: bool = False

    @property
    def arguments(self) -> list[str]:
        """The arguments of ``sphinx-build``."""
        flags = {
            "--fail-on-warning": self.fail_on_warning,
            "--nitpicky": self.nitpicky,
            "--fresh-env": self.fresh_env,
            "--quiet": self.quiet,
        }
        return [
            *("--builder", self.builder, "--jobs", self.jobs, "--conf-dir", str(self.conf)),
            *("--doctree-dir", str(self.output.with_name(f".doctrees-{self.output.name}"))),
            *(flag for flag, wanted in flags.items() if wanted),
            *(f"-D{SETTING}.{name}={path}" for name, path in self.configurations.items()),
            *(str(self.source), str(self.output)),
        ]


def build(settings: BuildSettings) -> int:
    """Run the build, with all of Sphinx's output on standard error; return the exit code.

    Paths below the working directory are shown relative to it.

    The code is 0 for success, 1 for mistakes in data, templates or, if warnings are errors, in
    pages; 2 for a configuration that is not in ``manual.yaml``; 3 if Sphinx could not continue;
    130 after an interruption.  Raises `UnknownBuilderError`, `BuildStoppedError` where Sphinx has
    a reason to stop, and `Interrupted` for SIGTERM.
    """
    errors = cast(TextIO, Relative(sys.stderr or StringIO(), Path.cwd()))  # None if it is closed
    with (
        redirect_stdout(errors), redirect_stderr(errors), known_builders(), stops_as_sentences()
    ):  # fmt: skip
        try:
            with noted_interrupts() as interrupts:
                code = build_main(settings.arguments)
        except (UnknownBuilderError, BuildStoppedError, Interrupted):
            raise
        except SystemExit as stopped:  # the extension has reported the reason
            return _EXIT_CODES.get(stopped.code, 1 if stopped.code else 0)
    if interrupts:
        return INTERRUPTED
    return 3 if code == 2 else code


@contextmanager
def noted_interrupts() -> Iterator[list[int]]:
    """Return a list to which Ctrl-C is added, since Sphinx exits as after an internal error."""
    interrupts: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        interrupts.append(number)
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield interrupts
        return
    before = signal.signal(signal.SIGINT, note)
    try:
        yield interrupts
    finally:
        signal.signal(signal.SIGINT, before)
