"""`Stamp`: the input of the generated files in a folder, and whether the files have changed.

It does not import the page generator, which is not needed if nothing has changed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import groundrules
from groundrules.atomic import is_leftover, read_bytes, write_text
from groundrules.store import Store, digest

MARK = ".stamp"
State = tuple[str, int | None, int | None]
TEXT = "groundrules generates this folder, and removes files that it has not made.\n"


class NotOursError(Exception):
    """A folder with files that were not generated."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """The state of ``folder`` and of files ``beside`` it.

    It is in ``store``: in the folder itself, unless that is published, because it contains times,
    and two builds of a site must be equal.  ``of`` distinguishes folders in one store.
    ``records`` is the folder that the files are generated from.
    """

    folder: Path
    store: Store
    of: tuple[str, ...] = ()
    beside: tuple[Path, ...] = ()
    records: Path | None = None

    def fits(self, key: str) -> bool:
        """Return whether no file changed since `finish`, and the input has the same ``key``."""
        known = self.store.get(".files", str, *self.of, key=key)
        try:
            is_ours = read_bytes(self.folder / MARK) == TEXT.encode()
            return is_ours and known is not None and known == self._state()
        except OSError:  # the folder does not exist
            return False

    def begin(self) -> None:
        """Mark the folder as generated but not complete.

        Raises `NotOursError` for a folder with files but without a mark, and for that of another
        manual, because generating removes other files.  Hidden files are never removed.
        """
        folder = self.folder
        if folder.is_symlink():
            raise NotOursError(f"{folder} is a symbolic link; generated pages need a folder")
        if folder.exists() and not (folder / MARK).exists() and any(_visible(folder)):
            raise NotOursError(
                f"{folder} holds files that were not generated here; move them elsewhere, since "
                "generating removes what it has not made"
            )
        if other := self._other_records():
            raise NotOursError(
                f"{folder} holds the pages of another manual, with its records in {other}; give "
                "each manual a folder of pages of its own"
            )
        write_text(folder / MARK, TEXT)
        self.store.put(".files", None, *self.of)
        if self.records:
            self.store.put(".records", os.path.relpath(self.records, folder))

    def finish(self, key: str) -> None:
        """Store the state of the files for the input with ``key``."""
        self.store.put(".files", self._state(), *self.of, key=key)

    def _other_records(self) -> Path | None:
        """Return the records that the files were generated from, if they are others and exist."""
        if self.records is None or not (known := self.store.get(".records", str)):
            return None
        own, other = (os.path.normpath(path) for path in (self.records, self.folder / known))
        return Path(other) if other != own and Path(other).is_dir() else None

    def _state(self) -> str:
        files = sorted(_states(self.folder))
        for path in self.beside:
            state = path.lstat() if path.exists() else None
            files.append((path.name, state and state.st_size, state and state.st_mtime_ns))
        return digest(*files)


def digest_of(root: Path, *folders: Path) -> str:
    """Return the digest of the state of every file below ``folders`` and of this package.

    A file counts as changed if its size or time changed, as for make.
    """
    states = (state for folder in folders for state in _states_of(folder, root))
    return digest(_program(), *states)


@cache
def _program() -> str:
    """Return the digest of this package, of which this process runs one version."""
    folder = Path(groundrules.__file__).parent
    return digest(groundrules.__version__, *_states_of(folder, folder))


def _states_of(folder: Path, root: Path) -> Iterator[State]:
    for path in sorted(folder.rglob("*")):
        if path.suffix != ".pyc" and path.is_file():
            state = path.stat()
            name = path.relative_to(root) if path.is_relative_to(root) else path
            yield str(name), state.st_size, state.st_mtime_ns


def _visible(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if not path.name.startswith("."))


def _states(folder: Path | str, above: str = "") -> Iterator[State]:
    """Yield size and time of the visible files below a folder, and of leftover temporary files."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _states(entry.path, f"{above}{entry.name}/")
            elif not entry.name.startswith(".") or is_leftover(entry.name):
                state = entry.stat(follow_symlinks=False)
                yield f"{above}{entry.name}", state.st_size, state.st_mtime_ns
