"""`Entry`: a path in an open folder; no link is followed."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from enum import Enum
from itertools import islice
from typing import NamedTuple

from groundrules.confined.steps import FOLDER

DEEPEST = 50  # nested folders
MOST = 100_000  # files below a folder


class EntryKind(Enum):
    """The kind of an entry in a folder."""

    FILE = stat.S_IFREG
    FOLDER = stat.S_IFDIR
    LINK = stat.S_IFLNK
    OTHER = 0

    @classmethod
    def of(cls, status: os.stat_result) -> EntryKind:
        """Return the kind that a status has."""
        kind = stat.S_IFMT(status.st_mode)
        return cls(kind) if kind in (stat.S_IFREG, stat.S_IFDIR, stat.S_IFLNK) else cls.OTHER


class Entry(NamedTuple):
    """A path below a folder; ``time`` is that of the last change, in nanoseconds."""

    path: str
    kind: EntryKind
    size: int
    time: int


def listed(folder: int, start: str) -> list[Entry]:
    """Return the entries of an open folder, sorted by name; ``start`` goes before the names."""
    with os.scandir(folder) as entries:
        contents = [
            entry_of(f"{start}{entry.name}", entry.stat(follow_symlinks=False)) for entry in entries
        ]
    return sorted(contents)


def walked(folder: int, start: str, without: frozenset[str]) -> Iterator[Entry]:
    """Yield all files below a folder, at most `MOST`."""
    yield from islice(_below(folder, start, without, DEEPEST), MOST)


def streamed(
    folder: int, start: str, wanted: Callable[[str, bool], bool], depth: int = DEEPEST
) -> Iterator[Entry]:
    """Yield any number of files below a folder: sorted, those in a folder before its folders.

    Only the names of the folders on the way to a file are kept.  ``wanted`` decides on a path,
    and whether it is a folder.  A folder that is too deep or cannot be opened is yielded itself.
    """
    with os.scandir(folder) as entries:
        names = sorted(
            (is_folder, entry.name)
            for entry in entries
            if wanted(f"{start}{entry.name}", is_folder := entry.is_dir(follow_symlinks=False))
        )
    for is_folder, name in names:
        path = f"{start}{name}"
        try:
            status = os.stat(name, dir_fd=folder, follow_symlinks=False)
        except FileNotFoundError:
            continue  # it was removed since
        below = None
        if is_folder and depth:
            with suppress(OSError):
                below = _opened_folder(name, folder)
        if below is None:
            yield entry_of(path, status)
            continue
        try:
            yield from streamed(below, f"{path}/", wanted, depth - 1)
        finally:
            os.close(below)


def _opened_folder(name: str, folder: int) -> int:
    return os.open(name, FOLDER | os.O_NOFOLLOW, dir_fd=folder)


def _below(folder: int, start: str, without: frozenset[str], depth: int) -> Iterator[Entry]:
    for entry in listed(folder, start):
        if entry.kind is not EntryKind.FOLDER:
            yield entry
            continue
        name = entry.path.rpartition("/")[2]
        if name in without or depth == 0:
            continue
        below = _opened_folder(name, folder)
        try:
            yield from _below(below, f"{entry.path}/", without, depth - 1)
        finally:
            os.close(below)


def entry_of(path: str, status: os.stat_result) -> Entry:
    """Return the entry of a path with a status."""
    return Entry(path, EntryKind.of(status), status.st_size, status.st_mtime_ns)
