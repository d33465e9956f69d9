"""Why a configuration, or a part of it, cannot be read."""

from __future__ import annotations


class NotAvailableError(Exception):
    """A configuration, or a part that a graph needs, is not available; the message says why."""


class NotFoundError(Exception):
    """A configuration has no such project or branch (``kind``); the message names it."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class UnreadableError(Exception):
    """A file or repository cannot be read; the message says why and what to do."""
