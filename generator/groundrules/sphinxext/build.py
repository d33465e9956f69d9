"""One Sphinx build, as ``sphinx-build`` does it; the only way the command gets to Sphinx."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO, cast

from sphinx.cmd.build import build_main

from groundrules.sphinxext.builders import UnknownBuilderError, known_builders
from groundrules.sphinxext.extension import SETTING, UNKNOWN, UNSAFE
from groundrules.sphinxext.places import Relative

_EXIT_CODES: dict[object, int] = {UNKNOWN: 2, UNSAFE: 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildSettings:
    """What a build is told; the names are those of ``sphinx-build``'s options.

    ``configurations`` are the paths of real ones by name.
    """

    root: Path
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
            *("--builder", self.builder, "--jobs", self.jobs, "--conf-dir", str(self.root)),
            *("--doctree-dir", str(self.output.with_name(f".doctrees-{self.output.name}"))),
            *(flag for flag, wanted in flags.items() if wanted),
            *(f"-D{SETTING}.{name}={path}" for name, path in self.configurations.items()),
            *(str(self.root / "source"), str(self.output)),
        ]


def build(settings: BuildSettings) -> int:
    """Run the build, with all of Sphinx's output on standard error; return the exit code.

    Paths below the working directory are told from there.

    0 for a manual that was built, 1 for mistakes in data, templates or, where warnings count,
    in pages; 2 for a configuration that ``manual.yaml`` does not name; 3 when Sphinx could not
    go on.  Raises `UnknownBuilderError`.
    """
    told = cast(TextIO, Relative(sys.stderr, Path.cwd()))
    with redirect_stdout(told), redirect_stderr(told), known_builders():
        try:
            code = build_main(settings.arguments)
        except UnknownBuilderError:
            raise
        except SystemExit as stopped:  # the extension has said what is wrong
            return _EXIT_CODES.get(stopped.code, 1 if stopped.code else 0)
    return 3 if code == 2 else code
