"""`Confined`: a folder whose content comes from strangers, to read and to write."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from groundrules.confined.entries import Entry, Kind, entry_of, listed, walked
from groundrules.confined.steps import FOLDER, open_below

LARGEST = 4 * 2**20  # bytes of a file

_FILE = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC  # opening a pipe does not wait for a writer


class NotPlainError(OSError):
    """A folder, a pipe or a device where a file is expected."""

    def __init__(self) -> None:
        super().__init__(errno.EINVAL, "not a plain file")


@dataclass(frozen=True, slots=True)
class Confined:
    """A folder; its own path is trusted, the paths below it are not.

    No link is followed.  With ``follow``, one is followed that stays below the folder.  Every
    method raises `OSError`: `LinkError` for a link that is not followed.
    """

    folder: Path
    follow: bool = False
    above: Confined | None = None
    """The folder that confines this one, whose path below it is then not trusted either."""

    def below(self, path: str, *, follow: bool = False) -> Confined:
        """Return a folder below this one."""
        return Confined(self.folder / path, follow, self)

    def read(self, path: str, largest: int = LARGEST) -> bytes:
        """Return a plain file; one that is larger than ``largest`` is cut one byte behind it."""
        with os.fdopen(self._open(path, _FILE), "rb") as stream:
            if Kind.of(os.fstat(stream.fileno())) is not Kind.FILE:
                raise NotPlainError
            return stream.read(largest + 1)

    def entry(self, path: str) -> Entry:
        """Return what a path is; a last step that is a link counts as a link, not ``follow``ed."""
        above, _, name = path.rpartition("/")
        with self._opened(above) as folder:
            return entry_of(path, os.stat(name, dir_fd=folder, follow_symlinks=False))

    def kind(self, path: str) -> Kind | None:
        """Return what a path leads to; None where it leads nowhere, or may not."""
        if not path:
            return Kind.FOLDER if self.folder.is_dir() else None
        with suppress(OSError, ValueError):
            if (kind := self.entry(path).kind) is not Kind.LINK or not self.follow:
                return kind
            with suppress(OSError):
                descriptor = self._open(path, _FILE)
                try:
                    return Kind.of(os.fstat(descriptor))
                finally:
                    os.close(descriptor)
        return None

    def entries(self, path: str = "") -> list[Entry]:
        """Return what is in a folder, sorted by name."""
        with self._opened(path) as folder:
            return listed(folder, f"{path}/" if path else "")

    def walk(self, path: str = "", without: frozenset[str] = frozenset()) -> Iterator[Entry]:
        """Yield everything below a folder that is not a folder, sorted; no link is followed.

        Folders whose name is in ``without``, and those too deep, are left out.
        """
        with self._opened(path) as folder:
            yield from walked(folder, f"{path}/" if path else "", without)

    def write(self, path: str, data: bytes) -> None:
        """Write a file whole or not at all, with the folders above it.

        A last step that is a link is replaced.  An old file keeps its mode, a new one has what
        the umask leaves.
        """
        above, _, name = path.rpartition("/")
        self._make(above)
        with self._opened(above) as folder:
            # not tempfile, which takes 6 ms to import
            beside = f".{name}.{os.urandom(6).hex()}"
            try:
                _write_new(beside, data, _mode(name, folder), folder)
                os.replace(beside, name, src_dir_fd=folder, dst_dir_fd=folder)
            except BaseException:
                with suppress(FileNotFoundError):
                    os.unlink(beside, dir_fd=folder)
                raise

    def write_text(self, path: str, text: str) -> bool:
        """Make a file say ``text``; return whether it said something else before.

        A file that says it already keeps its time: Sphinx and make build again by time.
        """
        data = text.encode("utf-8")
        with suppress(OSError):
            if self.entry(path).kind is Kind.FILE and self.read(path, len(data)) == data:
                return False
        self.write(path, data)
        return True

    def remove_links(self) -> None:
        """Remove every symbolic link below the folder; what they lead to stays."""
        for entry in list(self.walk()):
            if entry.kind is Kind.LINK:
                above, _, name = entry.path.rpartition("/")
                with self._opened(above) as folder:
                    os.unlink(name, dir_fd=folder)

    def _make(self, path: str) -> None:
        """Make a folder and those above it."""
        if self.above is None:
            self.folder.mkdir(parents=True, exist_ok=True)
        else:
            self.above._make(self._path)
        made = ""
        for name in filter(None, path.split("/")):
            with self._opened(made) as folder, suppress(FileExistsError):
                os.mkdir(name, dir_fd=folder)
            made = f"{made}/{name}" if made else name

    @contextmanager
    def _opened(self, path: str) -> Iterator[int]:
        descriptor = self._open(path, FOLDER)
        try:
            yield descriptor
        finally:
            os.close(descriptor)

    def _open(self, path: str, flags: int) -> int:
        return open_below(self._top(), path, flags, follow=self.follow)

    def _top(self) -> int:
        if self.above is None:
            return os.open(self.folder, FOLDER)
        return self.above._open(self._path, FOLDER)

    @property
    def _path(self) -> str:
        return "" if self.above is None else self.folder.relative_to(self.above.folder).as_posix()


def _write_new(name: str, data: bytes, mode: int | None, folder: int) -> None:
    # O_EXCL opens nothing that is there, no link either
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    with os.fdopen(os.open(name, flags, 0o666, dir_fd=folder), "wb") as stream:
        stream.write(data)
        if mode is not None:
            os.fchmod(stream.fileno(), mode)


def _mode(name: str, folder: int) -> int | None:
    """Return the mode of a plain file; None where there is none."""
    with suppress(FileNotFoundError):
        status = os.stat(name, dir_fd=folder, follow_symlinks=False)
        if Kind.of(status) is Kind.FILE:
            return stat.S_IMODE(status.st_mode) & 0o777
    return None
