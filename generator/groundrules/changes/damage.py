"""`Damage`: the records of a revision that may be other than they were read, because of mistakes.

A part with a mistake is left out of its record.  Such a record is not compared: what is missing
in it may be there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from msgspec import Struct

from groundrules.changes.named_records import (
    MEASUREMENT,
    VERIFICATION,
    NamedRecord,
    name_of,
    named_records,
)
from groundrules.diagnostics import Diagnostic, Location
from groundrules.records import LoadedData
from groundrules.records.expectation import Expectation
from groundrules.records.fields import Record
from groundrules.records.graph import DocumentedJob
from groundrules.records.kinds import KINDS, MANUAL
from groundrules.records.measured import MeasuredLabel
from groundrules.records.parts import RecordPart
from groundrules.records.platform import Label
from groundrules.records.verified import VerifiedGraph
from groundrules.rules import reading as rules
from groundrules.rules import records as record_rules
from groundrules.text import verbatim

Name = tuple[str, str]
Place = tuple[str, str]
"""The folder of a file below the data folder, and the name of the file."""

_NAMED: dict[type[Record], tuple[str, str]] = {
    Expectation: ("expectation", "id"),
    Label: ("label", "name"),
    DocumentedJob: ("job", "name"),
    VerifiedGraph: (VERIFICATION, "graph"),
    MeasuredLabel: (MEASUREMENT, "label"),
}
_HARMLESS = frozenset((rules.UNKNOWN_KEY,))
_WHOLE_FILES = rules.UNREAD | {rules.MISPLACED_FILE}


class Damage(Struct, frozen=True):
    """The damaged records by kind and name, and files and folders of which records are lost."""

    names: frozenset[Name] = frozenset()
    files: frozenset[Place] = frozenset()
    folders: frozenset[str] = frozenset()

    def touches(self, named: NamedRecord) -> bool:
        """Return whether a record, or one of its name in another revision, may be damaged."""
        place = _place(named.record.path)
        known = (named.kind, named.name) in self.names or place in self.files
        return known or place[0] in self.folders


def damage_of(loaded: LoadedData, mistakes: Iterable[Diagnostic]) -> Damage:
    """Return what mistakes have damaged."""
    parts = {place: part for part in loaded.parts for place in _places(part)}
    names, files, folders = set[Name](), set[Place](), set[str]()
    for mistake in mistakes:
        place = _place(mistake.location.path)
        name = _name_of(parts.get(mistake.location))
        if mistake.rule in _HARMLESS:
            continue
        if mistake.rule in _WHOLE_FILES:
            folders.add(place[0])
        elif name:
            names.add(name)
        else:
            files.add(place)
    return Damage(frozenset(names), frozenset(files), frozenset(folders))


def _place(path: str) -> Place:
    file = PurePosixPath(path)
    return file.parent.name, file.name


def _places(part: RecordPart) -> Iterator[Location]:
    """Yield where a part is written, and its keys, values and items."""
    yield part.location()
    for key in part.said:
        yield Location(part.path, *part.said.key_place(key))
        yield part.location(key)
        yield from (place for _, place in part.values(key))


def _name_of(part: RecordPart | None) -> Name | None:
    """Return the record that has a part; None if its name cannot be read."""
    while part is not None and part.kind not in _NAMED and part.holder is not None:
        part = part.holder
    if part is None:
        return None
    kind, key = _NAMED.get(part.kind) or _root(part.kind)
    name = part.said.get(key) if key else ""
    if not isinstance(name, str):
        return None
    if part.kind is DocumentedJob and part.holder:
        return kind, f"{part.holder.said.get('id')}/{name}"
    return kind, name


def _root(model: type[Record]) -> tuple[str, str]:
    for kind in KINDS:
        if kind.load() is model:
            return name_of(kind), kind.key
    return MANUAL, ""


def twice(loaded: LoadedData) -> Iterator[Diagnostic]:
    """Yield the records whose name another record has too."""
    seen: dict[Name, NamedRecord] = {}
    for named in named_records(loaded.catalogue) if loaded.catalogue else ():
        name = (named.kind, named.name)
        if name in seen:
            what = f"{named.kind} {verbatim(named.name)}"
            message = f"the {what} is written twice, so it was not compared"
            yield Diagnostic(named.record.location(), message, record_rules.DUPLICATE_ID)
        seen[name] = named
