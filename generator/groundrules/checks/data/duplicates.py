"""Names that stand for two records of one kind."""

from __future__ import annotations

from typing import NamedTuple

from groundrules.diagnostics import Related
from groundrules.records import Catalogue, LoadedData
from groundrules.records.expectation import Expectation, Topic
from groundrules.records.fields import Record
from groundrules.records.graph import DocumentedJob, DocumentedWait, Graph, GraphRule
from groundrules.records.manual import NamedConfiguration
from groundrules.records.parts import RecordPart
from groundrules.records.platform import Label, Platform, Provider
from groundrules.records.session import Session
from groundrules.rules import records as rules


class _Named(NamedTuple):
    """What a kind of record is called, the key of its name, and where no other may have that.

    That is everywhere, or ``inside`` one record; ``listed`` kinds have a page of all records.
    Two of one name are two where their value of ``apart`` is another.
    """

    kind: str
    key: str = "id"
    inside: bool = False
    listed: bool = False
    apart: str = ""


_NAMED: dict[type[Record], _Named] = {
    NamedConfiguration: _Named("configuration"),
    Platform: _Named("platform", listed=True),
    Label: _Named("label", "name"),
    Topic: _Named("topic", "topic"),
    Expectation: _Named("expectation", listed=True),
    Graph: _Named("graph", listed=True),
    Session: _Named("session", listed=True),
    Provider: _Named("provider", "name", inside=True, apart="region"),
    DocumentedJob: _Named("job", "name", inside=True),
    GraphRule: _Named("rule", inside=True),
    DocumentedWait: _Named("dependency", "job", inside=True),
}


def check(_: Catalogue, loaded: LoadedData) -> None:
    """Note every second use of an id or name, and every use of one that a list's page has."""
    first: dict[tuple[str, RecordPart | None, str, str], RecordPart] = {}
    for part in loaded.parts:
        named = _NAMED.get(part.kind)
        name = part.said.get(named.key) if named else None
        if named is None or not isinstance(name, str):
            continue
        if named.listed and name == "index":
            message = f"'index' is the list of every {named.kind}; give this one another name"
            loaded.report.note(rules.DUPLICATE_ID, part.location(named.key), message)
        apart = str(part.said.get(named.apart, ""))
        key = named.kind, part.holder if named.inside else None, name, apart
        if first.setdefault(key, part) is not part:
            _note(loaded, named, name, first[key], part)


def _note(
    loaded: LoadedData, named: _Named, name: str, first: RecordPart, part: RecordPart
) -> None:
    place, here = first.location(named.key), part.location(named.key)
    loaded.report.note(
        rules.DUPLICATE_ID,
        part.location() if here == place else here,  # a name that '<<' brought in
        f"{name!r} is already the {named.kind} at {place}; give this one another name",
        [Related(place, "the first one")],
    )
