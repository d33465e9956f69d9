"""`Entry`: a path in an open folder; no link is followed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
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


def _below(folder: int, start: str, without: frozenset[str], depth: int) -> Iterator[Entry]:
    for entry in listed(folder, start):
        if entry.kind is not EntryKind.FOLDER:
            yield entry
            continue
        name = entry.path.rpartition("/")[2]
        if name in without or depth == 0:
            continue
        below = os.open(name, FOLDER | os.O_NOFOLLOW, dir_fd=folder)
        try:
            yield from _below(below, f"{entry.path}/", without, depth - 1)
        finally:
            os.close(below)


def entry_of(path: str, status: os.stat_result) -> Entry:
    """Return the entry of a path with a status."""
    return Entry(path, EntryKind.of(status), status.st_size, status.st_mtime_ns)
