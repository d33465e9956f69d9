"""`WarmBuild`: one Sphinx application that builds a manual again after each change.

The sequence is that of Sphinx's own ``Builder.build``: read what changed, then write what shows
it.  The rest is left for `WarmBuild.catch_up`.
"""

from __future__ import annotations

import gc
import os
import pickle
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, redirect_stdout
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, TextIO, cast

from sphinx.application import ENV_PICKLE_FILENAME, Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError
from sphinx.util import logging
from sphinx.util.build_phase import BuildPhase
from sphinx.util.console import color_terminal, nocolor
from sphinx.util.docutils import docutils_namespace, patch_docutils
from sphinx.util.parallel import parallel_available
from typing_extensions import override

from groundrules.build_folders import FULL, UnwritableFolderError, unwritable
from groundrules.garbage import freeze_after_collection
from groundrules.interrupts import Interrupted
from groundrules.sphinxext.build import BuildSettings
from groundrules.sphinxext.build_lock import lock, unlock
from groundrules.sphinxext.build_paths import BuildPaths, paths_before, paths_of
from groundrules.sphinxext.extension import SETTING, generate
from groundrules.sphinxext.manual_build import kept_if_refused, manual_build_of
from groundrules.sphinxext.message_streams import ProblemStream, Relative
from groundrules.sphinxext.preview_builder import PreviewBuilder
from groundrules.sphinxext.shared_state import (
    forget_doctrees,
    forgotten_at_end,
    navigation_of,
    read_again_if_stopped,
)
from groundrules.sphinxext.stopped_builds import Application, BuildStoppedError

FEW_PAGES = 20
"""A build of more pages leaves nothing for later, and uses all processors."""


class Rebuilt(NamedTuple):
    """What a build did: the addresses of the pages that it wrote, and Sphinx's messages.

    ``pages`` are None if every page looks different, because of a static file.
    """

    pages: frozenset[str] | None
    problems: tuple[str, ...]
    failed: bool


class WarmSphinx(Application):
    """The application; each build reads the records, and not the application when it starts."""

    builder: PreviewBuilder

    @override
    def connect(self, event: Any, callback: Callable[..., Any], priority: int = 500) -> int:
        return 0 if callback is generate else super().connect(event, callback, priority)

    @override
    def create_builder(self, name: str) -> PreviewBuilder:
        return PreviewBuilder(self, self.env)


class WarmBuild:
    """The builds of one manual, in a context because Sphinx changes docutils for the process.

    ``is_behind`` is true if something was left for `catch_up`.
    """

    def __init__(self, settings: BuildSettings) -> None:
        self.settings = settings
        self.app: WarmSphinx | None = None
        self.is_behind = False
        self._messages = ProblemStream(cast(TextIO, Relative(sys.stderr or StringIO(), Path.cwd())))
        self._context = ExitStack()
        self._navigation: object = None
        self._stale = set[str]()

    def __enter__(self) -> WarmBuild:
        if not color_terminal():
            nocolor()
        self._context.enter_context(redirect_stdout(sys.stderr))
        self._context.enter_context(patch_docutils(self.settings.conf))
        self._context.enter_context(docutils_namespace())
        return self

    def __exit__(self, *_: object) -> None:
        self._context.close()
        gc.unfreeze()

    def rebuild(self, *, assets: bool = False) -> Rebuilt:
        """Build what has changed; with ``assets``, copy static files again.

        A build that fails leaves the pages of the last one.
        """
        with self._reported() as failures:
            app = self.app = self.app or self._started()
            lock(Path(app.srcdir), Path(app.doctreedir))
            with forgotten_at_end(app):
                with kept_if_refused(app):
                    generate(app)
                self._build(app, assets=assets)
        rebuilt = self._rebuilt(failed=bool(failures))
        return rebuilt._replace(pages=None) if assets and not failures else rebuilt

    def catch_up(self) -> Iterator[Rebuilt]:
        """Do what is left, in steps between which the next change can be built.

        At last, the garbage of the builds is collected, which would take longer than a build.
        """
        if self.app is not None and self.is_behind:
            yield from self._rest(self.app)
        freeze_after_collection()

    def _rest(self, app: WarmSphinx) -> Iterator[Rebuilt]:
        self._stale &= app.env.found_docs
        while self._stale:
            pages = {*islice(sorted(self._stale), FEW_PAGES)}
            with self._reported() as failures, forgotten_at_end(app):
                app.builder.write_pages(pages, set(), brief=True)
            yield self._rebuilt(failed=bool(failures))
            if failures:
                return  # the next build tries again
            self._stale -= pages
        with self._reported() as failures, forgotten_at_end(app):
            app.builder.catch_up()
            self._finish(app)
        self.is_behind = bool(failures)
        yield self._rebuilt(failed=False)  # the pages themselves are built

    def paths(self, root: Path) -> BuildPaths:
        """Return the files that the builds read and write."""
        if self.app is None or self._navigation is None:
            return paths_before(self.settings, root)
        return paths_of(self.app.builder, root)

    def configuration_states(self) -> object:
        """Return the present state of the real configurations."""
        if self.app is None or self._navigation is None:
            return None
        return manual_build_of(self.app.config).inputs.states()

    def _started(self) -> WarmSphinx:
        settings = self.settings
        app = WarmSphinx(
            srcdir=settings.source,
            confdir=str(settings.conf),
            outdir=settings.output,
            doctreedir=settings.output.with_name(f".doctrees-{settings.output.name}"),
            buildername=settings.builder,
            confoverrides={
                f"{SETTING}.{name}": str(path) for name, path in settings.configurations.items()
            },
            status=None,
            warning=cast(TextIO, self._messages),
        )
        app.connect("env-before-read-docs", _choose_processes, priority=900)
        return app

    def _build(self, app: WarmSphinx, *, assets: bool) -> None:
        forget_doctrees(app.env)
        outdated, is_first = set(app.builder.get_outdated_docs()), self._navigation is None
        with read_again_if_stopped(app.env):
            updated = _read(app)
        navigation = navigation_of(app.env)
        if not is_first and navigation != self._navigation:
            self._stale |= app.env.found_docs
        self._navigation = navigation
        brief = not is_first and not assets and len(outdated | updated) <= FEW_PAGES
        if is_first or assets or outdated or updated:
            app.builder.write_pages(outdated & app.env.found_docs, updated, brief=brief)
            self._stale -= app.builder.written
            self.is_behind |= brief or bool(self._stale)
        if not self.is_behind:
            self._finish(app)

    def _finish(self, app: WarmSphinx) -> None:
        """Save the environment and finish the build, as Sphinx does."""
        lock(Path(app.srcdir), Path(app.doctreedir))
        with Path(app.doctreedir, ENV_PICKLE_FILENAME).open("wb") as stream:
            pickle.dump(app.env, stream, pickle.HIGHEST_PROTOCOL)
        app.events.emit("build-finished", None)

    def _rebuilt(self, *, failed: bool) -> Rebuilt:
        builder = self.app.builder if self.app else None
        pages = builder.take_written() if builder else ()
        addresses = (builder.get_target_uri(page) for page in pages) if builder else ()
        return Rebuilt(frozenset(addresses), self._messages.take(), failed)

    @contextmanager
    def _reported(self) -> Iterator[list[BaseException]]:
        """Report exceptions as Sphinx does, and collect them."""
        failures: list[BaseException] = []
        try:
            yield failures
        except Interrupted:
            raise
        except BuildStoppedError as error:
            failures.append(error)
            self._messages.write(f"ERROR: {error}\n")
        except SystemExit as error:  # the extension has reported the reason
            failures.append(error)
        except Exception as error:
            failures.append(error)
            self._report(error)
            if self.app is not None:
                self.app.events.emit("build-finished", error)
        if self.app is not None:
            unlock(Path(self.app.srcdir), Path(self.app.doctreedir))

    def _report(self, error: Exception) -> None:
        match error:
            case UnwritableFolderError():
                message = str(error)
            case SphinxError():
                message = f"{error.category}: {error}"
            case OSError(filename=str(name), strerror=str(reason)):
                message = f"{name}: {reason}"
            case OSError(errno=number) if number in FULL:  # of a file that is open already
                message = unwritable(error, self.settings.output.parent)
            case _:
                message = f"{type(error).__name__}: {error}"
                traceback.print_exception(error)
        self._messages.write(f"ERROR: {message}\n")


def _read(app: WarmSphinx) -> set[str]:
    """Read the pages that changed; return those to write."""
    builder, env = app.builder, app.env
    builder.phase = BuildPhase.READING
    with logging.pending_warnings():
        updated = set(builder.read())
    updated |= set(env.check_dependents(app, updated))
    if updated:
        builder.phase = BuildPhase.CONSISTENCY_CHECK
        env.check_consistency()
    builder.phase = BuildPhase.RESOLVING
    return updated


def _choose_processes(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Use all processors for many pages; starting processes takes longer than a few pages."""
    app.parallel = (os.cpu_count() or 1) if len(docnames) > FEW_PAGES else 0
    app.builder.parallel_ok = (
        parallel_available and app.parallel > 1 and app.is_parallel_allowed("write")
    )
