"""Files that are whole or not there: written beside, then renamed, and only when they change."""

from __future__ import annotations

from pathlib import Path

from groundrules.confined import Confined


def write_text(path: Path, text: str) -> bool:
    """Make ``path`` say ``text``; return whether it said something else before.

    A file that says it already keeps its time: Sphinx and make build again by time.  Missing
    folders are made.  A link is replaced, never followed: a stranger's change may have brought
    it.  Raises `OSError` when it cannot be written; then the file is as it was.
    """
    return Confined(path.parent).write_text(path.name, text)


def write_bytes(path: Path, data: bytes) -> None:
    """Make ``path`` say ``data``, whatever it says already."""
    Confined(path.parent).write(path.name, data)
