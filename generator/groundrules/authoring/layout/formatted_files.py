"""The files that ``groundrules fmt`` formats, and the result for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from groundrules.atomic import write_bytes
from groundrules.authoring.layout.formatting import formatted
from groundrules.authoring.layout.record_layouts import RecordLayout, RecordLayouts
from groundrules.confined import Confined, EntryKind, LinkError, read_named
from groundrules.manual_folder import DATA
from groundrules.records.files import SCHEMAS
from groundrules.records.kinds import MANUAL, RECORDED_KINDS, folders
from groundrules.text import escaped
from groundrules.unified_diff import unified
from groundrules.yamlsource import Place, Problem
from groundrules.yamlsource.reader import decoded

_FOLDERS = (*folders(), *(kind.folder for kind in RECORDED_KINDS))
_SKIPPED = frozenset((".git", "node_modules", SCHEMAS))


class FormattedFile(Struct):
    """A file, its bytes, and its text in the house style.

    ``problem`` is the reason why the file is left as it is, and ``place`` its place.
    """

    path: Path
    before: bytes
    after: bytes
    problem: str = ""
    place: Place = Place(1, 1)

    @property
    def changes(self) -> bool:
        """Whether the file is not in the house style."""
        return self.before != self.after

    @property
    def name(self) -> str:
        """The path for messages."""
        return escaped(self.path.as_posix())

    @property
    def first_change(self) -> int:
        """The number of the first line that is not in the house style."""
        old, new = self.before.split(b"\n"), self.after.split(b"\n")
        pairs = enumerate(zip(old, new, strict=False), 1)
        shorter = min(len(old), len(new))
        return next((number for number, (one, other) in pairs if one != other), shorter)

    @property
    def diff(self) -> str:
        """The change as a unified diff."""
        return unified(self.before.decode("utf-8"), self.after.decode("utf-8"), self.name)

    def write(self) -> None:
        """Write the file.  Raises `OSError`, and `Problem` if it has changed meanwhile."""
        if _read(self.path) != self.before:
            raise Problem("the file has changed meanwhile; run the command again", 1, 1)
        write_bytes(self.path.resolve(), self.after)


def data_files(named: Iterable[Path]) -> Iterator[Path]:
    """Yield the named files, and the files of records in the named folders.

    Raises `OSError` for a folder that cannot be read.
    """
    for path in named:
        if not path.is_dir():
            yield path
            continue
        for entry in Confined(path).walk(without=_SKIPPED):
            if entry.kind in (EntryKind.FILE, EntryKind.LINK) and kind_of_file(path / entry.path):
                yield path / entry.path


def kind_of_file(path: Path) -> str:
    """Return the folder of the kind of record in a file; empty for another file."""
    if path.suffix != ".yaml" or path.name.startswith((".", "#")):
        return ""
    place = path.absolute()
    data = place.parents[1] if len(place.parents) > 1 else place.parent
    if place.stem == MANUAL and place.parent.name not in _FOLDERS:
        return MANUAL
    is_data = data.name == DATA or (data / f"{MANUAL}.yaml").is_file()
    return place.parent.name if is_data and place.parent.name in _FOLDERS else ""


def format_file(path: Path, layouts: RecordLayouts) -> FormattedFile:
    """Return a file with its text in the house style.

    A file with a mistake is left as it is.  Raises `OSError` for one that cannot be read.
    """
    try:
        data = _read(path)
    except LinkError:
        return FormattedFile(path, b"", b"", "a symbolic link leads out of the repository")
    try:
        text = decoded(data)
        after = formatted(text, layouts.get(kind_of_file(path), RecordLayout()), layouts)
    except Problem as problem:
        return FormattedFile(path, data, data, problem.message, problem.place)
    return FormattedFile(path, data, after.encode("utf-8"))


def _read(path: Path) -> bytes:
    return read_named(path, path.parent)
