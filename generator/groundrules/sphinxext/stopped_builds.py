"""Errors of Sphinx, its extensions, ``conf.py`` and the name of a builder as one sentence.

``sphinx-build`` reports them with versions, a traceback, and the address of Sphinx's developers.
They are no `Exception` here, because Sphinx catches and reports each of these itself.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import sphinx.cmd.build
from sphinx.application import Sphinx
from sphinx.errors import ConfigError, ExtensionError, SphinxError
from sphinx.registry import SphinxComponentRegistry
from typing_extensions import override

from groundrules.build_folders import is_unwritable, unwritable
from groundrules.conf_file import CONF
from groundrules.nearest import did_you_mean
from groundrules.pages import GENERATED
from groundrules.replaced import replaced


class BuildStoppedError(SystemExit):
    """Sphinx could not continue; the message is a sentence."""


class UnknownBuilderError(SystemExit):
    """A builder is unknown; the message has the nearest known name."""


class Application(Sphinx):
    """Raises `BuildStoppedError` instead of the errors of Sphinx that need no traceback."""

    @override
    def __init__(self, *, confdir: str, **options: Any) -> None:
        with _sentences(Path(confdir, CONF)):
            super().__init__(confdir=confdir, **options)

    @override
    def build(self, *arguments: Any, **options: Any) -> None:
        with _sentences(self.confdir / CONF), self._written_folders():
            super().build(*arguments, **options)

    @contextmanager
    def _written_folders(self) -> Iterator[None]:
        """Raise `BuildStoppedError` for a file that cannot be written, also by an extension."""
        folders = (self.outdir, self.doctreedir, self.srcdir / GENERATED)
        try:
            yield
        except Exception as error:
            cause = error.orig_exc if isinstance(error, ExtensionError) else error
            if not isinstance(cause, OSError) or not is_unwritable(cause, map(Path, folders)):
                raise
            raise BuildStoppedError(unwritable(cause, Path(self.outdir))) from None


def stops_as_sentences() -> AbstractContextManager[None]:
    """Let ``sphinx-build`` run an `Application`."""
    return replaced(sphinx.cmd.build, Sphinx=Application)


def known_builders() -> AbstractContextManager[None]:
    """Raise `UnknownBuilderError` instead of Sphinx's own error about an unknown builder.

    The builders are known only there, after all extensions are loaded.
    """
    load = SphinxComponentRegistry.preload_builder

    def preload(registry: SphinxComponentRegistry, app: Sphinx, name: str) -> None:
        known = {*registry.builders, *entry_points(group="sphinx.builders").names}
        if name not in known:
            hint = did_you_mean(name, known, "known")
            raise UnknownBuilderError(f"unknown builder {name!r}{hint}")
        load(registry, app, name)

    return replaced(SphinxComponentRegistry, preload_builder=preload)


@contextmanager
def _sentences(conf: Path) -> Iterator[None]:
    try:
        yield
    except ConfigError as error:
        cause = error.__cause__
        raise BuildStoppedError(_at(conf, cause) if cause else _line(str(error))) from None
    except ExtensionError as error:
        if error.orig_exc is None:
            raise BuildStoppedError(_line(str(error))) from None
        if not isinstance(error.orig_exc, ImportError):
            raise  # a defect of the extension, whose developers need the traceback
        message = f"{_line(error.message)}: {error.orig_exc}; install it beside groundrules"
        raise BuildStoppedError(message) from None
    except SphinxError as error:
        raise BuildStoppedError(f"{error.category}: {_line(str(error))}") from None
    except Exception as error:
        *_, last = traceback.extract_tb(error.__traceback__)
        if not _is_conf(last):
            raise
        raise BuildStoppedError(_at(conf, error)) from None


def _at(conf: Path, error: BaseException) -> str:
    """Return what is wrong in ``conf.py``, at its line."""
    if isinstance(error, SystemExit):
        return f"{conf} ends Python (sys.exit); remove that"
    lines = [line.lineno for line in traceback.extract_tb(error.__traceback__) if _is_conf(line)]
    what = f"{type(error).__name__}: {_line(str(error))}"
    if isinstance(error, SyntaxError):
        lines, what = [error.lineno], f"syntax error: {error.msg}"
    return f"{conf}:{lines[-1]}: {what}" if lines else f"{conf}: {what}"


def _is_conf(line: traceback.FrameSummary) -> bool:
    return Path(line.filename).name == CONF


def _line(text: str) -> str:
    return " ".join(text.split())
