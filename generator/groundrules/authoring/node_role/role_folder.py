"""The folder of a role, in which only the files of the role are replaced."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from groundrules.atomic import write_text
from groundrules.authoring.node_role.role_files import is_own
from groundrules.confined import Confined, EntryKind, LinkError


class ForeignFileError(Exception):
    """A file of the folder may not be replaced; the message says why, and nothing was written."""


def write_role_files(folder: Path, files: Mapping[str, str]) -> list[Path]:
    """Write files by their paths in the folder; return the paths of those that changed.

    Raises `ForeignFileError`, or `OSError` if a file cannot be written.
    """
    for path in files:
        if reason := _why_not(folder, path):
            raise ForeignFileError(f"{folder / path} {reason}; move it, or choose another folder")
    return [folder / path for path, text in files.items() if write_text(folder / path, text)]


def _why_not(folder: Path, path: str) -> str:
    """Return why a path may not be written; empty if it is free, or has a file of a role."""
    confined = Confined(folder)
    try:
        if above := PurePosixPath(path).parent.as_posix().strip("."):
            confined.entries(above)
        entry = confined.entry(path)
        content = confined.read(path) if entry.kind is EntryKind.FILE else b""
    except FileNotFoundError:
        return ""
    except (LinkError, NotADirectoryError):
        return "is behind a link or a file"
    if entry.kind is not EntryKind.FILE:
        return "is not a file"
    return "" if is_own(content) else "was not written by this command, or was changed since"
