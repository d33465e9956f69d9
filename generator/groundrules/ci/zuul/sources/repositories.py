"""What a repository gives: its branches, and on each the files that can be configuration.

A `Repository` is read only; nothing of it is ever run, and no link out of it is followed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, unquote

from groundrules.ci.errors import UnreadableError
from groundrules.ci.zuul.sources.files import ROOTS

LARGEST = 4 * 2**20
MOST_FILES = 100_000
DEEPEST = 50


class Repository(Protocol):
    """One repository; ``default`` is the branch that its configuration is read from first."""

    @property
    def branches(self) -> Sequence[str]:
        """The branches, in no order that matters."""

    @property
    def default(self) -> str:
        """The default branch."""

    def sizes(self, branch: str, extra: Sequence[str]) -> Mapping[str, int]:
        """Return path and size of the files below Zuul's places and ``extra`` ones."""

    def read(self, branch: str, path: str) -> bytes:
        """Return a file that `sizes` told of.  Raises `UnreadableError`."""

    def place(self, branch: str, path: str) -> str:
        """Return how a diagnostic names a file."""

    def close(self) -> None:
        """End what was started to read it."""


@dataclass(slots=True)
class Nowhere:
    """A project of the tenant of which no file is at hand: its branches, empty.

    One that is ``known`` has no configuration, as an index tells; of another nobody knows.
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
        raise UnreadableError(f"{self.name} is not at hand")

    def place(self, branch: str, path: str) -> str:
        """Return how a diagnostic names a file."""
        return f"{self.name}/{path}"

    def close(self) -> None:
        """Do nothing: nothing was started."""


@dataclass(slots=True)
class Checkout:
    """A folder with the files of one branch."""

    folder: Path
    name: str
    default: str = "master"

    @property
    def branches(self) -> Sequence[str]:
        """The one branch that is checked out."""
        return (self.default,)

    def sizes(self, branch: str, extra: Sequence[str]) -> Mapping[str, int]:
        """Return path and size of the files below Zuul's places and ``extra`` ones."""
        return sizes_below(self.folder, extra)

    def read(self, branch: str, path: str) -> bytes:
        """Return a file's bytes.  Raises `UnreadableError`."""
        return read_inside(self.folder, path)

    def place(self, branch: str, path: str) -> str:
        """Return how a diagnostic names a file."""
        return f"{self.name}/{path}" if self.name else path

    def close(self) -> None:
        """Do nothing: nothing was started."""


@dataclass(slots=True)
class Snapshot:
    """A folder with a folder for each branch, ``/`` in its name written ``%2F``."""

    folder: Path
    name: str
    known: Sequence[str] = ()
    """Branches that are told of elsewhere: one without a file has no folder."""

    default: str = "master"
    _folders: dict[str, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        found = subfolders(self.folder) if self.folder.is_dir() else []
        self._folders = {unquote(each): each for each in found}

    def folder_of(self, branch: str) -> Path | None:
        """Return the folder of a branch, if there is one."""
        return self.folder / self._folders[branch] if branch in self._folders else None

    @property
    def branches(self) -> Sequence[str]:
        """The branches that have a folder or are known to be there."""
        return sorted({*self._folders, *self.known}) or ("master",)

    def sizes(self, branch: str, extra: Sequence[str]) -> Mapping[str, int]:
        """Return path and size of the files below Zuul's places and ``extra`` ones."""
        if branch not in self._folders:
            return {}
        return sizes_below(self.folder / self._folders[branch], extra)

    def read(self, branch: str, path: str) -> bytes:
        """Return a file's bytes.  Raises `UnreadableError`."""
        return read_inside(self.folder / self._folders[branch], path)

    def place(self, branch: str, path: str) -> str:
        """Return how a diagnostic names a file."""
        place = f"{self._folders.get(branch, quote(branch, safe=''))}/{path}"
        return f"{self.name}/{place}" if self.name else place

    def close(self) -> None:
        """Do nothing: nothing was started."""


def subfolders(folder: Path) -> list[str]:
    """Return the names of the folders in a folder, links left out."""
    with os.scandir(folder) as entries:
        return sorted(each.name for each in entries if each.is_dir(follow_symlinks=False))


def sizes_below(folder: Path, extra: Sequence[str]) -> dict[str, int]:
    """Return path and size of the files below Zuul's places and ``extra`` ones in ``folder``.

    A link counts as a file with the link's text, as it does in git.
    """
    sizes: dict[str, int] = {}
    for root in (*ROOTS, *(each.rstrip("/") for each in extra)):
        if _leads_out(root):
            continue
        for path, size in _files(os.path.join(folder, root), root):  # noqa: PTH118 (measured)
            sizes[path] = size
            if len(sizes) >= MOST_FILES:
                return sizes
    return sizes


def _leads_out(path: str) -> bool:
    return path.startswith("/") or ".." in path.split("/")


def _files(place: str, path: str, depth: int = 0) -> Iterator[tuple[str, int]]:
    try:
        status = os.lstat(place)
    except (OSError, ValueError):  # the second for a path with a zero byte
        return
    if not _is_folder(status.st_mode):
        yield path, status.st_size
        return
    try:
        names = sorted(os.listdir(place)) if depth < DEEPEST else []  # noqa: PTH208 (measured)
    except OSError:
        return
    for name in names:
        yield from _files(f"{place}/{name}", f"{path}/{name}", depth + 1)


def _is_folder(mode: int) -> bool:
    return mode & 0o170000 == 0o040000


def read_inside(folder: Path, path: str) -> bytes:
    """Return the bytes of a plain file below ``folder``.

    Raises `UnreadableError` for a link, a file that is no plain one, and one that cannot be
    opened or is too large.
    """
    place = f"{folder}/{path}"
    try:
        descriptor = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        if Path(place).is_symlink():
            message = "a symbolic link: Zuul reads the link itself, which is no configuration"
            raise UnreadableError(f"{message}; put the file here") from None
        raise UnreadableError(f"the file cannot be read: {error.strerror}") from None
    with os.fdopen(descriptor, "rb") as stream:
        if os.fstat(stream.fileno()).st_mode & 0o170000 != 0o100000:
            raise UnreadableError("not a plain file")
        return stream.read(LARGEST + 1)
