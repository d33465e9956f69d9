"""Why a configuration, or a part of it, cannot be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from groundrules.diagnostics import Diagnostic


class NotAvailableError(Exception):
    """A configuration, or a part that a graph needs, is not available; the message says why.

    Other ``branches`` may have one.  ``unread`` says why files that look like one are not read.
    """

    branches: tuple[str, ...] = ()
    unread: str = ""


class BrokenConfigError(NotAvailableError):
    """A configuration exists but cannot be used; ``diagnostics`` are its mistakes."""

    def __init__(self, message: str, diagnostics: Sequence[Diagnostic]) -> None:
        super().__init__(message)
        self.diagnostics = diagnostics


class NotFoundError(Exception):
    """A configuration does not have a project or branch (``kind``); the message names it."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class UnreadableError(Exception):
    """A file or repository cannot be read; the message says why and what to do."""


class NoGitError(UnreadableError):
    """Git is not installed."""

    def __init__(self) -> None:
        super().__init__("git is not installed; it is needed to read branches and commits")


@contextmanager
def suppress_unreadable() -> Iterator[None]:
    """Continue after a repository that cannot be read, unless git is not installed."""
    try:
        yield
    except NoGitError:
        raise
    except UnreadableError:
        return
