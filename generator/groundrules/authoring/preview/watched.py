"""`Watched`: the files that a manual is made from, and which changes of them count."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from pathlib import Path

from typing_extensions import override
from watchfiles import Change, DefaultFilter

# beside those that watchfiles ignores: what editors and atomic writers put beside a file, and
# the catalogs that Sphinx compiles
_TEMPORARY = re.compile(r"4913|#.*#|\..*|.*\.(tmp|part|orig|mo)")


@dataclass(frozen=True)
class Watched:
    """The input of a manual: files and whole folders.

    ``assets`` are copied to the site.  After a change of the ``program``, such as ``conf.py``,
    Sphinx has to start again.  Builds write the folders ``written``.
    """

    pages: Set[Path]
    assets: Set[Path]
    program: Set[Path]
    written: Set[Path]

    def folders(self) -> frozenset[Path]:
        """Return the folders to watch, one by one: each without the folders in it."""
        folders = set[Path]()
        for path in self.pages | self.assets | self.program:
            folders |= {*self._below(path)} if path.is_dir() else {path.parent}
        return frozenset(folder for folder in folders if folder.is_dir())

    def is_input(self, path: Path) -> bool:
        """Return whether a change of ``path`` can change the manual."""
        if self.is_program(path):
            return True
        return _is_in(path, self.pages | self.assets) and not _is_in(path, self.written)

    def is_asset(self, path: Path) -> bool:
        """Return whether a file is copied to the site."""
        return _is_in(path, self.assets)

    def is_program(self, path: Path) -> bool:
        """Return whether Sphinx has to start again after a change of ``path``."""
        return _is_in(path, self.program)

    def _below(self, folder: Path) -> Iterator[Path]:
        for place, names, _ in os.walk(folder):
            if Path(place) in self.written:
                names.clear()
                continue
            yield Path(place)
            names[:] = [name for name in names if not _is_ignored(name)]


class InputFilter(DefaultFilter):
    """Selects the changes of input among those of files of editors and builds."""

    def __init__(self, watched: Watched) -> None:
        super().__init__()
        self._watched = watched

    @override
    def __call__(self, change: Change, path: str) -> bool:
        is_temporary = _TEMPORARY.fullmatch(Path(path).name)
        is_usual = not is_temporary and super().__call__(change, path)
        return is_usual and self._watched.is_input(Path(path))


def shown(paths: Set[Path], root: Path) -> str:
    """Return the names of changed files for a message.

    >>> shown({Path("/m/b"), Path("/m/a")}, Path("/m"))
    'a, b'
    """
    names = sorted(os.path.relpath(path, root) for path in paths)
    more = f" and {len(names) - 3} more files" if len(names) > 3 else ""
    return f"{', '.join(names[:3])}{more}"


def _is_in(path: Path, folders: Set[Path]) -> bool:
    return path in folders or not folders.isdisjoint(path.parents)


def _is_ignored(name: str) -> bool:
    return name.startswith(".") or name in DefaultFilter.ignore_dirs
