"""The files of a data folder: which there are, and their bytes, never from outside it."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from groundrules.diagnostics import Location, Report, Rule, nearest
from groundrules.records.kinds import MANUAL, folders
from groundrules.records.misplaced import why_misplaced
from groundrules.rules import reading as rules
from groundrules.yamlsource import Limits

FOLDERS = folders()
SCHEMAS = "schemas"
BOUNDS = Limits()

Reader = Callable[[Path], bytes]


@dataclass(frozen=True, slots=True)
class DataFile:
    """One file: the kind of record it holds, its path relative to the root, its bytes.

    ``data`` is ``None`` for a file that is not read, which the report explains; ``kind`` is
    empty where nobody can tell.
    """

    kind: str
    path: str
    data: bytes | None = None


class UnfitError(Exception):
    """A file that is not read: the rule that it breaks, and what to tell."""

    def __init__(self, rule: Rule, message: str) -> None:
        super().__init__(message)
        self.rule, self.message = rule, message


@dataclass(frozen=True, slots=True)
class DataFolder:
    """One data folder below ``root``; what it has to say of files goes to ``report``."""

    root: Path
    name: str
    report: Report

    @property
    def base(self) -> Path:
        """The folder itself."""
        return self.root / self.name

    def files(self) -> Iterator[DataFile]:
        """Yield the files, sorted by their names."""
        if self.base.is_symlink() and not _inside(self.base, self.root):
            self._note(self.base, rules.MISPLACED_FILE, _LEADS_OUT)
        elif not self.base.is_dir():
            message = f"there is no folder {self.name}/ here; it holds the records of the manual"
            self._note(self.base, rules.NO_DATA, message)
        else:
            for entry in self._entries(self.base):
                yield from self._entry(entry)

    def _entry(self, entry: Path) -> Iterator[DataFile]:
        if entry.name in FOLDERS and entry.is_dir() and _inside(entry, self.base):
            for path in self._entries(entry):
                yield self._file(path, entry.name, _record_file)
        elif entry.stem == MANUAL:
            yield self._file(entry, MANUAL, _record_file)
        elif entry.name != SCHEMAS:
            meant = nearest(entry.name, FOLDERS) if entry.is_dir() else None
            yield self._file(entry, meant or "", _nothing_here)

    def _entries(self, folder: Path) -> list[Path]:
        try:
            return sorted(each for each in folder.iterdir() if not _ignored(each))
        except OSError as error:
            self._note(folder, rules.UNREADABLE, f"the folder cannot be read: {error.strerror}")
            return []

    def _file(self, path: Path, kind: str, read: Reader) -> DataFile:
        where = printable(path.relative_to(self.root))
        try:
            if not _inside(path, self.base):
                raise UnfitError(rules.MISPLACED_FILE, _LEADS_OUT)
            return DataFile(kind, where, read(path))
        except UnfitError as error:
            self._note(path, error.rule, error.message)
        except OSError as error:
            self._note(path, rules.UNREADABLE, f"the file cannot be read: {error.strerror}")
        return DataFile(kind, where)

    def _note(self, path: Path, rule: Rule, message: str) -> None:
        self.report.note(rule, Location(printable(path.relative_to(self.root))), message)


_LEADS_OUT = "a symbolic link leads out of the data folder; put the file itself here"


def printable(path: Path) -> str:
    """Return a relative path with ``/``; what a terminal cannot show is escaped."""
    text = path.as_posix()
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode() for each in text
    )


def _ignored(path: Path) -> bool:
    return path.name.startswith((".", "#")) or path.name.endswith("~")


def _inside(path: Path, folder: Path) -> bool:
    # not Path.resolve: what it does with a loop of links depends on the version of Python
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def _record_file(path: Path) -> bytes:
    if path.suffix != ".yaml" or path.is_dir():
        return _nothing_here(path)
    if not stat.S_ISREG(path.stat().st_mode):  # a pipe would block whoever opens it
        raise UnfitError(rules.UNREADABLE, "this is not a plain file; replace it with one")
    with path.open("rb") as stream:
        return stream.read(BOUNDS.size + 1)  # one more than is allowed shows that it is too large


def _nothing_here(path: Path) -> NoReturn:
    raise UnfitError(rules.MISPLACED_FILE, why_misplaced(path, is_folder=path.is_dir()))
