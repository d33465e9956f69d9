"""Names that stand for two records of one kind."""

from __future__ import annotations

from collections.abc import Iterable

from groundrules import rules
from groundrules.diagnostics import Related
from groundrules.records import Loaded
from groundrules.records.fields import Record


def check(loaded: Loaded) -> None:
    """Note every second use of an id or name."""
    catalogue = loaded.catalogue
    assert catalogue is not None  # noqa: S101 - the caller has looked
    _unique(loaded, "configuration", catalogue.manual.configurations, "id")
    _unique(loaded, "platform", catalogue.platforms, "id")
    _unique(loaded, "label", (each for p in catalogue.platforms for each in p.labels), "name")
    _unique(loaded, "topic", catalogue.topics, "topic")
    _unique(
        loaded, "expectation", (each for t in catalogue.topics for each in t.expectations), "id"
    )
    _unique(loaded, "graph", catalogue.graphs, "id")
    _unique(loaded, "session", catalogue.sessions, "id")
    for platform in catalogue.platforms:
        _unique(loaded, "provider", platform.providers, "name")
    for graph in catalogue.graphs:
        _unique(loaded, "job", graph.jobs, "name")
        _unique(loaded, "rule", graph.rules, "id")
        for job in graph.jobs:
            _unique(loaded, "dependency on", job.waits_for, "job")


def _unique(loaded: Loaded, kind: str, records: Iterable[Record], key: str) -> None:
    first: dict[str, Record] = {}
    for record in records:
        name = getattr(record, key)
        if name not in first:
            first[name] = record
            continue
        place = first[name].location(key)
        loaded.report.note(
            rules.DUPLICATE_ID,
            record.location(key),
            f"there is already a {kind} {name!r} at {place}; give this one another name",
            [Related(place, "the first one")],
        )
