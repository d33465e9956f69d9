"""Names that stand for two records of one kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from groundrules.diagnostics import Related
from groundrules.records import Catalogue, Loaded
from groundrules.records.fields import Record
from groundrules.rules import records as rules

LISTED = ("expectation", "graph", "platform", "session")  # the kinds with a page of all records
Group = tuple[str, str, Iterable[Record]]


def check(catalogue: Catalogue, loaded: Loaded) -> None:
    """Note every second use of an id or name, and every use of one that a list's page has."""
    for kind, key, records in _groups(catalogue):
        _unique(loaded, kind, key, records)
    for kind, key, records in _groups(catalogue):
        _free(loaded, kind, key, records)


def _groups(catalogue: Catalogue) -> Iterator[Group]:
    """Yield records that need different names: the kind, the key of the name, the records."""
    platforms, topics, graphs = catalogue.platforms, catalogue.topics, catalogue.graphs
    yield "configuration", "id", catalogue.manual.configurations
    yield "platform", "id", platforms
    yield "label", "name", (label for each in platforms for label in each.labels)
    yield "topic", "topic", topics
    yield "expectation", "id", (found for each in topics for found in each.expectations)
    yield "graph", "id", graphs
    yield "session", "id", catalogue.sessions
    yield from (("provider", "name", each.providers) for each in platforms)
    yield from (("job", "name", each.jobs) for each in graphs)
    yield from (("rule", "id", each.rules) for each in graphs)
    yield from (("dependency", "job", job.waits_for) for each in graphs for job in each.jobs)


def _free(loaded: Loaded, kind: str, key: str, records: Iterable[Record]) -> None:
    """Note an id that would be the address of the page that lists all records of its kind."""
    for record in records if kind in LISTED else ():
        if getattr(record, key) == "index":
            message = f"'index' is the list of every {kind}; give this one another name"
            loaded.report.note(rules.DUPLICATE_ID, record.location(key), message)


def _unique(loaded: Loaded, kind: str, key: str, records: Iterable[Record]) -> None:
    first: dict[str, Record] = {}
    for record in records:
        name = getattr(record, key)
        if name not in first:
            first[name] = record
            continue
        place, here = first[name].location(key), record.location(key)
        loaded.report.note(
            rules.DUPLICATE_ID,
            record.location() if here == place else here,  # a name that '<<' brought in
            f"{name!r} is already the {kind} at {place}; give this one another name",
            [Related(place, "the first one")],
        )
