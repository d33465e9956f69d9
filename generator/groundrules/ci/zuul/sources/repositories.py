"""Repositories: their branches, and the possible configuration files on each.

A `Repository` is only read: nothing in it is executed, and no link is followed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Protocol
from urllib.parse import quote, unquote

from msgspec import Struct

from groundrules.ci.errors import UnreadableError
from groundrules.ci.zuul.sources.config_files import NOT_A_FILE, NOT_PLAIN, ROOTS
from groundrules.confined import LARGEST, MOST, Confined, Entry, EntryKind, LinkError, NotPlainError

NAMES = ".yaml"
"""How the name of a configuration file ends."""


USUAL_DEFAULTS = ("master", "main")
"""The usual names of a default branch, where git does not tell it."""


class BranchFiles(Protocol):
    """The files on the branches of a repository."""

    def sizes(self, branch: str, extra: Sequence[str]) -> Mapping[str, int]:
        """Return path and size of the files in Zuul's paths and ``extra`` ones."""

    def read(self, branch: str, path: str) -> bytes:
        """Return the content of a file that `sizes` lists.  Raises `UnreadableError`."""

    def place(self, branch: str, path: str) -> str:
        """Return the path of a file in diagnostics."""


class Repository(BranchFiles, Protocol):
    """A repository; ``default`` is the branch that is read first."""

    @property
    def branches(self) -> Sequence[str]:
        """The branches, in any order."""

    @property
    def default(self) -> str:
        """The default branch."""

    def close(self) -> None:
        """End the processes that read it."""


class Nowhere(Struct):
    """A project of the tenant whose files are not available; it has branches without files.

    With ``known``, an index shows that it has no configuration; otherwise its content is unknown.
    """

    name: str
    branches: Sequence[str] = ("master",)
    default: str = "master"
    known: bool = False

    def sizes(self, branch: str, extra: Sequence[str]) -> Mapping[str, int]:
        """Return nothing: there is no file."""
        return {}

    def read(self, branch: str, path: str) -> bytes:
        """Raise `UnreadableError`: there is no file."""
        raise UnreadableError(f"{self.name} is not available")

    def place(self, branch: str, path: str) -> str:
        """Return the path of a file in diagnostics."""
        return f"{self.name}/{path}"

    def close(self) -> None:
        """Do nothing: nothing was started."""


class Checkout(Struct):
    """A folder with the files of one branch."""

    folder: Confined
    name: str
    default: str = "master"

    @property
    def branches(self) -> Sequence[str]:
        """The one branch that is checked out."""
        return (self.default,)

    def sizes(self, branch: str, extra: Sequence[str]) -> Mapping[str, int]:
        """Return path and size of the files in Zuul's paths and ``extra`` ones."""
        return sizes_below(self.folder, extra)

    def read(self, branch: str, path: str) -> bytes:
        """Return a file's bytes.  Raises `UnreadableError`."""
        return read_inside(self.folder, path)

    def place(self, branch: str, path: str) -> str:
        """Return the path of a file in diagnostics."""
        return f"{self.name}/{path}" if self.name else path

    def close(self) -> None:
        """Do nothing: nothing was started."""


class Snapshot(Struct):
    """A folder with a folder for each branch; ``/`` in a name is written as ``%2F``."""

    folder: Confined
    name: str
    known: Sequence[str] = ()
    """The branches in an index; a branch without files has no folder."""

    default: str = ""
    _folders: dict[str, str] = {}

    def __post_init__(self) -> None:
        self._folders = {unquote(name): name for name in subfolders(self.folder)}
        # the branches of an index are those of a tenant, where Zuul reads master first
        usual = "" if self.known else usual_default(self.branches)
        self.default = self.default or usual or "master"

    def folder_of(self, branch: str) -> Confined | None:
        """Return the folder of a branch, if there is one."""
        name = self._folders.get(branch)
        return None if name is None else self.folder.below(name)

    @property
    def branches(self) -> Sequence[str]:
        """The branches with a folder, and those in the index."""
        return sorted({*self._folders, *self.known}) or ("master",)

    def sizes(self, branch: str, extra: Sequence[str]) -> Mapping[str, int]:
        """Return path and size of the files in Zuul's paths and ``extra`` ones."""
        folder = self.folder_of(branch)
        return sizes_below(folder, extra) if folder else {}

    def read(self, branch: str, path: str) -> bytes:
        """Return a file's bytes.  Raises `UnreadableError`."""
        return read_inside(self.folder.below(self._folders[branch]), path)

    def place(self, branch: str, path: str) -> str:
        """Return the path of a file in diagnostics."""
        place = f"{self._folders.get(branch, quote(branch, safe=''))}/{path}"
        return f"{self.name}/{place}" if self.name else place

    def close(self) -> None:
        """Do nothing: nothing was started."""


def usual_default(branches: Collection[str]) -> str:
    """Return the branch with a usual name of the default branch; empty if there is none."""
    return next((name for name in USUAL_DEFAULTS if name in branches), "")


def subfolders(folder: Confined) -> list[str]:
    """Return the names of the folders in a folder, without links.  Raises `UnreadableError`."""
    try:
        return [entry.path for entry in folder.entries() if entry.kind is EntryKind.FOLDER]
    except OSError as error:
        raise UnreadableError(f"the folder cannot be read: {error.strerror}") from None


def sizes_below(folder: Confined, extra: Sequence[str]) -> dict[str, int]:
    """Return path and size of the files in Zuul's paths and ``extra`` ones in ``folder``.

    A link counts as a file, as in git.  Raises `UnreadableError`.
    """
    sizes: dict[str, int] = {}
    for root in (*_present(folder), *extra):
        for entry in _files(folder, root):
            is_file = entry.kind in (EntryKind.FILE, EntryKind.LINK)
            sizes[entry.path] = entry.size if is_file else NOT_A_FILE
            if len(sizes) >= MOST:
                return sizes
    return sizes


def _present(folder: Confined) -> list[str]:
    try:
        return [entry.path for entry in folder.present(ROOTS)]
    except OSError as error:
        raise UnreadableError(f"the folder cannot be read: {error.strerror}") from None


def _files(folder: Confined, root: str) -> Iterator[Entry]:
    """Yield the files at or below a root, and the folders that have the name of one."""
    path = root.rstrip("/")
    if path.startswith("/") or ".." in path.split("/") or "\0" in path:
        return  # git cannot have such a path
    try:
        entry = folder.entry(path)
        if entry.kind is not EntryKind.FOLDER or root.endswith(NAMES):
            yield entry
        if entry.kind is EntryKind.FOLDER:
            yield from (
                inner
                for inner in folder.entries(path)
                if inner.kind is EntryKind.FOLDER and inner.path.endswith(NAMES)
            )
            yield from folder.walk(path)
    except LinkError:
        yield Entry(path, EntryKind.LINK, 1, 0)  # a link is reported when it is read
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise UnreadableError(f"{path} cannot be read: {error.strerror}") from None


def read_inside(folder: Confined, path: str) -> bytes:
    """Return the bytes of a plain file below ``folder``.

    Raises `UnreadableError` for a link or another file that is not a plain file, and for a file
    that cannot be opened.  A file that is too large is cut one byte after the limit.
    """
    try:
        return folder.read(path, LARGEST)
    except LinkError:
        message = "a symbolic link: Zuul reads the link itself, which is no configuration"
        raise UnreadableError(f"{message}; put the file here") from None
    except NotPlainError:
        raise UnreadableError(NOT_PLAIN) from None
    except OSError as error:
        raise UnreadableError(f"the file cannot be read: {error.strerror}") from None
