"""`WrittenPaths`: paths as users, git and ``find`` write them → paths in a repository."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Sized
from contextlib import closing, suppress
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from groundrules.checkout import working_directory
from groundrules.ci.errors import UnreadableError
from groundrules.ci.git import Git, git_directory
from groundrules.confined import MOST, Confined
from groundrules.text import counted

COMMIT_MESSAGE = "/COMMIT_MSG"
"""The name of the commit message in Gerrit's lists of files."""


class PathError(ValueError):
    """A path that is not that of a file in the repository; the message says why."""


class WrittenPaths(Struct, dict=True):
    """Paths of files in the repository at ``top``, which need not exist.

    A path is from the current folder if it begins with ``/``, ``./`` or ``../``, or if it leads to
    a file there.  Other paths are from the top of the repository, as ``git diff`` prints them.
    """

    top: Path
    shadowed: dict[str, str] = {}
    """The paths that lead to a file in the current folder and to another one at the top."""
    missing: dict[str, None] = {}
    """The paths that lead to no file, read from the top though the current folder is below it."""

    def path(self, written: str) -> str:
        """Return the path in the repository.  Raises `PathError`."""
        if written == COMMIT_MESSAGE:
            return written
        if not written:
            raise PathError("a path is empty; name a file, or leave it out")
        if "\0" in written:
            raise PathError(f"{written} has a zero byte, which no path can have; remove it")
        at_top = posixpath.normpath(written).lstrip("/")
        if is_from_here(written):
            path = self._of_here(written)
        elif self._is_at_top or not (path := self._below_here(written, at_top)):
            path = at_top
        if path is None or path.split("/")[0] == "..":
            raise PathError(f"{written} is outside of the repository {self._top.name}")
        if self._is_folder(path) or (written.endswith("/") and not self._exists(path)):
            raise PathError(f"{written} is a folder; name the files in it")
        return path

    def is_file(self, written: str) -> bool:
        """Return whether a path leads to a file, or to one that the last commit has."""
        path = self.path(written)
        return self._exists(path) or path in self._committed

    @property
    def notes(self) -> list[str]:
        """How paths were read that can be understood in two ways."""
        return [*self.shadowed_notes, *self._missing_notes]

    @property
    def shadowed_notes(self) -> list[str]:
        """The note on paths that lead to two files, if there are some."""
        if not self.shadowed:
            return []
        written, path = next(iter(self.shadowed.items()))
        top = os.path.relpath(self._top / written, self._here)
        return [
            f"{written} is read from the current folder, as {path}{_more(self.shadowed)}; write "
            f"{top} for the file at the top of the repository"
        ]

    @property
    def _missing_notes(self) -> list[str]:
        if not self.missing:
            return []
        path = next(iter(self.missing))
        return [
            f"there is no file {path}, so it is read from the top of the repository"
            f"{_more(self.missing)}; write ./{path} for a removed file of the current folder"
        ]

    @cached_property
    def _top(self) -> Path:
        return self.top.resolve()

    @cached_property
    def _here(self) -> Path:
        """The current folder; the top of the repository if it was deleted."""
        return working_directory() or self._top

    @property
    def _is_at_top(self) -> bool:
        return self._here == self._top

    @cached_property
    def _committed(self) -> frozenset[str]:
        """The files of the last commit; empty without git."""
        with suppress(UnreadableError):
            if directory := git_directory(self._top):
                with closing(Git(directory)) as git:
                    return git.paths(git.commit(), MOST)
        return frozenset()

    def _of_here(self, written: str) -> str | None:
        """Return a path from the current folder as one in the repository; None if outside."""
        place = os.path.normpath(self._here / written)
        for top in (self._top, Path(os.path.abspath(self.top))):  # noqa: PTH100 (keeps links)
            if Path(place).is_relative_to(top):
                return _posix(place, top)
        above, name = os.path.split(place)
        place = os.path.join(os.path.realpath(above), name)  # noqa: PTH118 (of a link itself)
        return _posix(place, self._top) if Path(place).is_relative_to(self._top) else None

    def _below_here(self, written: str, at_top: str) -> str | None:
        """Return a path that leads to a file in the current folder; None for any other.

        From outside of the repository, the path of a file in it is meant from the top.
        """
        path, is_below = self._of_here(written), self._here.is_relative_to(self._top)
        if os.path.lexists(self._here / written):
            if self._exists(at_top):
                if not is_below:
                    return None
                self.shadowed[written] = path or written
            return path or f"../{written}"
        if not is_below or self._exists(at_top):
            return None
        if path in self._committed and at_top not in self._committed:
            return path
        if at_top not in self._committed:
            self.missing[written] = None
        return None

    def _exists(self, path: str) -> bool:
        return os.path.lexists(self._top / path)

    def _is_folder(self, path: str) -> bool:
        """Return whether a path is that of a folder, and not of a submodule or a link."""
        place = self._top / path
        if path == "." or not os.path.isdir(place) or os.path.islink(place):  # noqa: PTH112, PTH114
            return path == "."
        with suppress(OSError):  # a submodule that is not checked out is empty
            return not self._exists(f"{path}/.git") and bool(Confined(place).entries())
        return False


def is_from_here(written: str) -> bool:
    """Return whether a path is from the current folder whatever it leads to."""
    return written.startswith(("/", "./", "../")) or written in (".", "..")


def _more(paths: Sized) -> str:
    return f", and {counted(len(paths) - 1, 'other path')} too" if len(paths) > 1 else ""


def _posix(place: str, top: Path) -> str:
    return Path(place).relative_to(top).as_posix()
