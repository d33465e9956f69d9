"""`Damage`: the records of a revision that may be other than they were read, because of mistakes.

A part with a mistake is left out of its record.  Such a record is not compared: what is missing
in it may be there.  Neither is one that a revision does not have, if a mistake in that revision
may have lost it.
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
from groundrules.records.files import FOLDERS, RECORDED
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
_WHOLE_FILES = rules.UNREAD | {rules.MISPLACED_FILE}
_ANY = "*"  # folder of records that can be of any kind
_WITH_PROMISES = ("platforms", "expectations")
_OTHERS = frozenset((*FOLDERS, *RECORDED)).difference(_WITH_PROMISES)


class Damage(Struct, frozen=True):
    """The damaged records by kind and name, the files with mistakes that may be in any record.

    ``lost`` are the folders of which records with unknown names are missing.
    """

    names: frozenset[Name] = frozenset()
    files: frozenset[Place] = frozenset()
    lost: frozenset[str] = frozenset()

    def touches(self, named: NamedRecord, *, is_there: bool = True) -> bool:
        """Return whether a record is damaged, or lost if the revision does not have it."""
        place = _place(named.record.path)
        if (named.kind, named.name) in self.names:
            return True
        return place in self.files if is_there else not self.lost.isdisjoint((place[0], _ANY))


def damage_of(loaded: LoadedData, mistakes: Iterable[Diagnostic]) -> Damage:
    """Return what mistakes have damaged."""
    parts = {place: part for part in loaded.parts for place in _places(part)}
    names, files, lost = set[Name](), {_place(path) for path in loaded.report.cut}, set[str]()
    lost.update(folder for folder, _ in files)
    for mistake in mistakes:
        place, part = _place(mistake.location.path), parts.get(mistake.location)
        if mistake.rule in _WHOLE_FILES:
            lost.add(_ANY if mistake.rule is rules.MISPLACED_FILE else place[0])
            continue
        if name := _name_of(part, mistake.location):
            names.add(name)
        elif part is None:
            files.add(place)
        if name is None or (part and part.holder is None):  # with all that is in it
            lost.add(place[0])
    return Damage(frozenset(names), frozenset(files), frozenset(lost))


def may_hide_promise(mistake: Diagnostic) -> bool:
    """Return whether a mistake may hide that a promise was taken away."""
    return mistake.rule is rules.MISPLACED_FILE or _place(mistake.location.path)[0] not in _OTHERS


def _place(path: str) -> Place:
    file = PurePosixPath(path)
    return file.parent.name, file.name


def _places(part: RecordPart) -> Iterator[Location]:
    """Yield where a part is written, and its keys, values and items."""
    yield part.location()
    yield from (Location(part.path, *place) for place in part.said.places())
    for key in part.said:
        yield from (place for _, place in part.values(key))


def _name_of(part: RecordPart | None, mistake: Location) -> Name | None:
    """Return the record that has a part with a mistake; None if its name cannot be read."""
    while part is not None and part.kind not in _NAMED and part.holder is not None:
        part = part.holder
    if part is None:
        return None
    kind, key = _NAMED.get(part.kind) or _root(part.kind)
    name = part.said.get(key) if key else ""
    if not isinstance(name, str) or (key and part.location(key) == mistake):
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
