"""The files of a data folder: their names and bytes, never from outside the folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NoReturn

from msgspec import Struct

from groundrules.confined import Confined, EntryKind, LinkError, NotPlainError
from groundrules.diagnostics import Location, Report, Rule
from groundrules.manual_search import instead_of
from groundrules.nearest import nearest
from groundrules.records.kinds import MANUAL, RECORDED_KINDS, folders
from groundrules.records.misplaced import why_misplaced
from groundrules.rules import reading as rules
from groundrules.text import escaped
from groundrules.yamlsource import Limits

FOLDERS = folders()
RECORDED = tuple(kind.folder for kind in RECORDED_KINDS)
SCHEMAS = "schemas"
BOUNDS = Limits()
MOST_MISTAKES = 1000  # maximum number of reported mistakes of a file

Reader = Callable[[Confined, str], bytes]


class DataFile(Struct, frozen=True):
    """A file: its kind of record, its path relative to the root, and its bytes.

    ``data`` is ``None`` for a file that was not read; the report has the reason.  ``kind`` is
    empty if unknown.
    """

    kind: str
    path: str
    data: bytes | None = None


class UnfitError(Exception):
    """A file cannot be read; it has the rule and the message."""

    def __init__(self, rule: Rule, message: str) -> None:
        super().__init__(message)
        self.rule, self.message = rule, message


class DataFolder(Struct, frozen=True):
    """A data folder below ``root``; ``report`` collects the findings about its files."""

    root: Path
    name: str
    report: Report

    @property
    def base(self) -> Confined:
        """The folder; links in it can lead to other files in it."""
        return Confined(self.root, follow=True).below(self.name, follow=True)

    def files(self) -> Iterator[DataFile]:
        """Yield the files, sorted by their names."""
        above = Confined(self.root, follow=True)
        if above.kind(self.name) is EntryKind.FOLDER:
            for name in self._names(""):
                yield from self._entry(name)
        elif _is_link(Confined(self.root), self.name):
            self._note("", rules.MISPLACED_FILE, _LEADS_OUT)
        else:
            instead = instead_of(self.root, _WITHOUT)
            self._note("", rules.NO_DATA, f"there is no folder {self.name}/ here; {instead}")

    def _entry(self, name: str) -> Iterator[DataFile]:
        is_folder = self.base.kind(name) is EntryKind.FOLDER
        stem = name.removesuffix(Path(name).suffix)
        if name in (*FOLDERS, *RECORDED) and is_folder:
            for path in self._names(name):
                yield self._file(f"{name}/{path}", name, _record_file)
        elif stem == MANUAL:
            yield self._file(name, MANUAL, _record_file)
        elif name != SCHEMAS:
            meant = nearest(name, FOLDERS) if is_folder else None
            yield self._file(name, meant or "", _nothing_here)

    def _names(self, folder: str) -> list[str]:
        """Return the names in a folder, without those of editors and version control."""
        try:
            names = [entry.path.rpartition("/")[2] for entry in self.base.entries(folder)]
        except OSError as error:
            self._note(folder, rules.UNREADABLE, f"the folder cannot be read: {error.strerror}")
            return []
        return [name for name in names if not is_ignored(name)]

    def _file(self, path: str, kind: str, read: Reader) -> DataFile:
        where = printable(Path(self.name, path))
        try:
            return DataFile(kind, where, read(self.base, path))
        except UnfitError as error:
            self._note(path, error.rule, error.message)
        except LinkError:
            self._note(path, rules.MISPLACED_FILE, _LEADS_OUT)
        except NotPlainError:
            message = "this is not a plain file; replace it with one"
            self._note(path, rules.UNREADABLE, message)
        except OSError as error:
            self._note(path, rules.UNREADABLE, f"the file cannot be read: {error.strerror}")
        return DataFile(kind, where)

    def _note(self, path: str, rule: Rule, message: str) -> None:
        self.report.note(rule, Location(printable(Path(self.name, path))), message)


def with_drafts(files: Iterable[DataFile], drafts: Mapping[str, bytes]) -> list[DataFile]:
    """Return files with those of ``drafts``, by path, which are not written yet."""
    by_path = {file.path: file for file in files}
    for path, data in drafts.items():
        kind = by_path[path].kind if path in by_path else Path(path).parent.name
        by_path[path] = DataFile(kind, path, data)
    return [by_path[path] for path in (sorted(by_path) if drafts else by_path)]


_WITHOUT = "'groundrules init' writes a manual, and a Zuul configuration is checked without one too"
_LEADS_OUT = "a symbolic link leads out of the data folder; put the file itself here"


def printable(path: Path) -> str:
    """Return a relative path with ``/`` and unprintable characters escaped."""
    return escaped(path.as_posix())


def is_ignored(name: str) -> bool:
    """Return whether a name is one of editors or version control."""
    return name.startswith((".", "#")) or name.endswith("~")


def _is_link(folder: Confined, path: str) -> bool:
    return folder.kind(path) is EntryKind.LINK


def _record_file(folder: Confined, path: str) -> bytes:
    if Path(path).suffix != ".yaml" or folder.kind(path) is EntryKind.FOLDER:
        return _nothing_here(folder, path)
    return folder.read(path, BOUNDS.size)  # one more byte shows that it is too large


def _nothing_here(folder: Confined, path: str) -> NoReturn:
    """Raise `UnfitError` for a file that is not a record, `LinkError` for a link that leads out."""
    kind, name = folder.kind(path), Path(path)
    if kind is None and _is_link(Confined(folder.folder), path):
        raise LinkError
    message = why_misplaced(name, is_folder=kind is EntryKind.FOLDER)
    raise UnfitError(rules.MISPLACED_FILE, message)
