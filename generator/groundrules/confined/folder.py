"""`Confined`: a folder whose content is not trusted."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from groundrules.checkout import checkout_around
from groundrules.confined.entries import Entry, EntryKind, entry_of, listed, streamed, walked
from groundrules.confined.steps import FOLDER, LinkError, open_below

LARGEST = 4 * 2**20  # bytes of a file

_FILE = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC  # opening a pipe does not wait for a writer


class NotPlainError(OSError):
    """A folder, a pipe or a device where a file is expected."""

    def __init__(self) -> None:
        super().__init__(errno.EINVAL, "not a plain file")


class Confined(Struct, frozen=True):
    """A folder; its own path is trusted, the paths below it are not.

    No link is followed; with ``follow``, only links that stay below the folder.  Every method
    raises `OSError`, or `LinkError` for a link that is not followed.
    """

    folder: Path
    follow: bool = False
    above: Confined | None = None
    """The folder that contains this one; if given, the ``path`` below it is not trusted either."""
    path: str = ""

    def below(self, path: str, *, follow: bool = False) -> Confined:
        """Return a folder below this one."""
        return Confined(self.folder / path, follow, self, path)

    def read(self, path: str, largest: int = LARGEST) -> bytes:
        """Return the content of a plain file, cut to ``largest`` bytes and one."""
        with self.plain_file(path) as stream:
            return stream.read(largest + 1)

    @contextmanager
    def plain_file(self, path: str) -> Iterator[BinaryIO]:
        """Open a plain file."""
        with self._opened(path, _FILE) as descriptor:
            if EntryKind.of(os.fstat(descriptor)) is not EntryKind.FILE:
                raise NotPlainError
            with os.fdopen(descriptor, "rb", closefd=False) as stream:
                yield stream

    def entry(self, path: str) -> Entry:
        """Return the entry of a path; if its last step is a link, the link's own."""
        above, _, name = path.rpartition("/")
        with self._opened(above) as folder:
            return entry_of(path, os.stat(name, dir_fd=folder, follow_symlinks=False))

    def kind(self, path: str) -> EntryKind | None:
        """Return the kind of a path's target; None if it is missing or not allowed."""
        if not path:
            return EntryKind.FOLDER if self.folder.is_dir() else None
        with suppress(OSError, ValueError):
            if (kind := self.entry(path).kind) is not EntryKind.LINK or not self.follow:
                return kind
            with self._opened(path, _FILE) as descriptor:
                return EntryKind.of(os.fstat(descriptor))
        return None

    def is_folder(self, path: str) -> bool:
        """Return whether a path leads to a folder.  Raises `LinkError`."""
        try:
            with self._opened(path):
                return True
        except LinkError:
            raise
        except OSError:
            return False

    def present(self, names: Iterable[str]) -> list[Entry]:
        """Return which of some names are in the folder; links are not followed."""
        with self._opened("") as folder:
            entries = []
            for name in names:
                with suppress(FileNotFoundError):
                    status = os.stat(name, dir_fd=folder, follow_symlinks=False)
                    entries.append(entry_of(name, status))
            return entries

    def entries(self, path: str = "") -> list[Entry]:
        """Return the entries of a folder, sorted by name."""
        with self._opened(path) as folder:
            return listed(folder, f"{path}/" if path else "")

    def walk(self, path: str = "", without: frozenset[str] = frozenset()) -> Iterator[Entry]:
        """Yield all files below a folder, sorted; no link is followed.

        Folders with a name in ``without`` and those that are too deep are skipped.
        """
        with self._opened(path) as folder:
            yield from walked(folder, f"{path}/" if path else "", without)

    def stream(self, wanted: Callable[[str, bool], bool]) -> Iterator[Entry]:
        """Yield any number of files below the folder, sorted within folders, before their folders.

        No link is followed.  ``wanted`` decides on a path, and whether it is a folder.  A folder
        that is too deep or cannot be opened is yielded itself.
        """
        with self._opened("") as folder:
            yield from streamed(folder, "", wanted)

    def check(self, path: str) -> None:
        """Raise `LinkError` if a link in a path leads out; the path does not need to exist.

        Writers call this before they write a file beside the path and rename it.
        """
        try:
            if self.entry(path).kind is EntryKind.LINK:
                os.close(self._open(path, _FILE))
        except LinkError:
            raise
        except OSError:
            return

    def remove_ways_out(self, without: frozenset[str] = frozenset()) -> list[str]:
        """Remove the links that lead out of the folder; return their paths."""
        removed = []
        for entry in list(self.walk(without=without)):
            try:
                self.check(entry.path)
            except LinkError:
                self.remove(entry.path)
                removed.append(entry.path)
        return removed

    def remove(self, path: str) -> None:
        """Remove a file, or a link and not what it leads to.  Raises `OSError`."""
        above, _, name = path.rpartition("/")
        with self._opened(above) as folder:
            os.unlink(name, dir_fd=folder)

    @contextmanager
    def _opened(self, path: str, flags: int = FOLDER) -> Iterator[int]:
        descriptor = self._open(path, flags)
        try:
            yield descriptor
        finally:
            os.close(descriptor)

    def _open(self, path: str, flags: int) -> int:
        above = self.above
        top = above._open(self.path, FOLDER) if above else os.open(self.folder, FOLDER)
        return open_below(top, path, flags, own=str(self.folder) if self.follow else "")


def read_named(path: Path, root: Path, largest: int = LARGEST) -> bytes:
    """Return the content of a plain file; in the checkout around ``root``, links cannot lead out.

    Raises `OSError`.
    """
    with named_file(path, root) as stream:
        return stream.read(largest + 1)


@contextmanager
def named_file(path: Path, root: Path) -> Iterator[BinaryIO]:
    """Open a plain file; in the checkout around ``root``, links cannot lead out.

    Raises `OSError`.
    """
    own, below = _split(path, root)
    if below is None:
        place = path.resolve()
        own, below = Confined(place.parent), place.name
    with own.plain_file(below) as stream:
        yield stream


def check_named(path: Path, root: Path) -> None:
    """Raise `LinkError` for a path in the checkout around ``root`` that leads out by a link."""
    own, below = _split(path, root)
    if below is not None:
        own.check(below)


def _split(path: Path, root: Path) -> tuple[Confined, str | None]:
    own = checkout_around(root) or root.resolve()
    place = Path(os.path.abspath(path))  # noqa: PTH100 (resolve would follow the links)
    below = place.relative_to(own).as_posix() if place.is_relative_to(own) else None
    return Confined(own, follow=True), below
