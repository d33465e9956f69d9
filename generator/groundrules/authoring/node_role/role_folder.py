"""`RoleFolder`: the folder of a role, in which only the files of the role are replaced."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from msgspec import Struct

from groundrules.atomic import write_text
from groundrules.authoring.node_role.role_files import is_own
from groundrules.confined import Confined, EntryKind, LinkError


class ForeignFileError(Exception):
    """A file of the folder may not be replaced; the message says why, and nothing was written."""


class RoleFolder(Struct, frozen=True):
    """The folder of a role."""

    folder: Path

    def write(self, files: Mapping[str, str]) -> list[Path]:
        """Write files by their paths in the folder; return the paths of those that changed.

        Raises `ForeignFileError`, or `OSError` if a file cannot be written.
        """
        for path in files:
            self._check(path)
        return [
            self.folder / path
            for path, text in files.items()
            if write_text(self.folder / path, text)
        ]

    def _check(self, path: str) -> None:
        """Raise `ForeignFileError` unless a path is free, or has a file of a role."""
        confined = Confined(self.folder)
        try:
            if above := PurePosixPath(path).parent.as_posix().strip("."):
                confined.entries(above)
            entry = confined.entry(path)
            content = confined.read(path) if entry.kind is EntryKind.FILE else b""
        except FileNotFoundError:
            return
        except (LinkError, NotADirectoryError):
            raise self._refused(path, "is behind a link or a file") from None
        if entry.kind is not EntryKind.FILE:
            raise self._refused(path, "is not a file")
        if not is_own(content):
            raise self._refused(path, "was not written by this command, or was changed since")

    def _refused(self, path: str, reason: str) -> ForeignFileError:
        return ForeignFileError(f"{self.folder / path} {reason}; move it, or choose another folder")
