"""The process that builds: it waits for changes, builds, and says which pages changed."""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from watchfiles import watch
from watchfiles.main import FileChange

from groundrules.authoring.preview.watched import InputFilter, Watched, shown
from groundrules.interrupts import Interrupted, interruptible
from groundrules.text import counted

if TYPE_CHECKING:
    from groundrules.sphinxext.warm_build import Rebuilt, WarmBuild

RESTART = 75
"""The exit code of a builder whose program has changed, so that another one has to start."""
STEP = 30  # milliseconds without a change after which a build starts
QUIET = 300  # milliseconds without a change after which the rest of a build follows
BUSY = 0.05  # the share of the time in which configurations are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewSettings:
    """The folders of a manual and the address to serve it at.

    ``conf`` is the folder of ``conf.py``, ``source`` the folder of the pages.  ``configurations``
    are the paths of real configurations by name.  Without a ``port``, a free one is chosen.
    """

    root: Path
    conf: Path
    source: Path
    output: Path
    configurations: Mapping[str, Path] = field(default_factory=dict)
    host: str = "127.0.0.1"
    port: int | None = None


def run(settings: PreviewSettings, messages: Connection) -> None:
    """Build after each change, until the program that started this process has ended."""
    logging.getLogger("watchfiles").setLevel(logging.WARNING)  # an extension may show all
    with interruptible():
        from groundrules.sphinxext.build import BuildSettings
        from groundrules.sphinxext.warm_build import WarmBuild

        build = BuildSettings(
            conf=settings.conf,
            source=settings.source,
            output=settings.output,
            configurations=settings.configurations,
        )
        with WarmBuild(build) as warm:
            PreviewLoop(settings, warm, messages).run()


@dataclass
class PreviewLoop:
    """Builds a manual again and again; ``messages`` lead to the server."""

    settings: PreviewSettings
    warm: WarmBuild
    messages: Connection
    _parent: int = field(default_factory=os.getppid)
    _rest: Iterator[Rebuilt] | None = None
    _has_built: bool = False
    _problems: list[str] = field(default_factory=list)
    _states: object = None
    _look_at: float = 0.0

    def run(self) -> None:
        """Build, and build again after each change."""
        self._build(set(), self._watched())
        while os.getppid() == self._parent:
            self._watch(self._watched())

    def _watch(self, watched: Watched) -> None:
        """Build after changes, until other folders have to be watched."""
        folders, is_new = watched.folders(), True
        for changes in self._changes(folders, watched):
            if changes or is_new or self._configurations_changed():
                # what changed before the folders were watched is built without its name
                self._build({Path(path) for _, path in changes}, watched)
                is_new = False
                if (watched := self._watched()).folders() != folders:
                    return
            elif self._rest is not None:
                self._go_on(self._rest)

    def _changes(self, folders: Set[Path], watched: Watched) -> Iterator[set[FileChange]]:
        """Yield changes, and nothing after a while without any."""
        try:
            for changes in watch(
                *folders, watch_filter=InputFilter(watched), step=STEP,
                rust_timeout=QUIET, yield_on_timeout=True, recursive=False,
                ignore_permission_denied=True,
            ):  # fmt: skip
                if os.getppid() != self._parent:
                    return
                yield changes
        except KeyboardInterrupt:
            raise Interrupted from None

    def _build(self, paths: set[Path], watched: Watched) -> None:
        """Build what a change of some files requires; none are named after other changes."""
        if any(watched.is_program(path) for path in paths):
            self._restart(paths)
        start = time.monotonic()
        self._states = self.warm.configuration_states()
        rebuilt = self.warm.rebuild(assets=any(watched.is_asset(path) for path in paths))
        self._states = self._states or self.warm.configuration_states()
        if not rebuilt.failed:
            self._rest = self.warm.catch_up()
        says_other = not self._has_built or [*rebuilt.problems] != self._problems
        if rebuilt.pages or rebuilt.pages is None or says_other:
            self._has_built = True
            self._problems = [*rebuilt.problems]
            self._tell(rebuilt)
            self._print(rebuilt, shown(paths, self.settings.root), time.monotonic() - start)

    def _go_on(self, rest: Iterator[Rebuilt]) -> None:
        """Do the next step of what a build has left."""
        rebuilt = next(rest, None)
        if rebuilt is None:
            self._rest = None
        elif rebuilt.pages or rebuilt.problems:
            self._problems += rebuilt.problems
            self._tell(rebuilt)

    def _restart(self, paths: set[Path]) -> NoReturn:
        """Let another builder start, to which nothing is left."""
        print(f"{shown(paths, self.settings.root)} changed; Sphinx starts again", file=sys.stderr)
        for _ in self._rest or ():
            pass
        raise SystemExit(RESTART)

    def _watched(self) -> Watched:
        paths = self.warm.paths(self.settings.root)
        return Watched(paths.pages, paths.assets, paths.program, paths.written)

    def _configurations_changed(self) -> bool:
        """Look at the configurations, less often if that takes long."""
        start = time.monotonic()
        if start < self._look_at:
            return False
        states = self.warm.configuration_states()
        taken = time.monotonic() - start
        self._look_at = start + max(1.0, taken / BUSY)
        return states != self._states

    def _tell(self, rebuilt: Rebuilt) -> None:
        pages = None if rebuilt.pages is None else sorted(rebuilt.pages)
        message = {"pages": pages, "problems": self._problems, "failed": rebuilt.failed}
        try:
            self.messages.send_bytes(json.dumps(message).encode())
        except OSError:
            raise SystemExit("groundrules: the server of the preview has ended") from None

    def _print(self, rebuilt: Rebuilt, changed: str, seconds: float) -> None:
        about = f"{changed} changed: " if changed else ""
        if rebuilt.failed:
            done = "not built; the pages are those of the last build"
        elif rebuilt.pages is None:
            done = f"built in {seconds:.1f} s"
        else:
            done = f"{counted(len(rebuilt.pages), 'page')} built in {seconds:.1f} s"
        print(f"{about}{done}", file=sys.stderr)
