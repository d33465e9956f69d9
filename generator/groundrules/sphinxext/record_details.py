"""A few words on a record, which the search shows beside its title."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import starmap

from groundrules.pages.lifecycle import platform_word, stage_word
from groundrules.records import Catalogue
from groundrules.records.expectation import Expectation
from groundrules.records.graph import DocumentedJob, Graph
from groundrules.records.platform import Platform, has_come
from groundrules.records.session import Session
from groundrules.sphinxext.manual_records import ManualRecords
from groundrules.sphinxext.roles import BADGES
from groundrules.sphinxext.translation import word


def details_of(records: ManualRecords, kind: str, name: str) -> str:
    """Return what a record is and its state, such as ``Ubuntu 24.04 · 8 GB · seen in use``."""
    catalogue = records.catalogue
    if kind == "label" and name in catalogue.labels:
        platform, label = catalogue.labels[name]
        size = f"{label.memory_gb} GB" if label.memory_gb else ""
        stage = "example"
        if not platform.example:
            stage = stage_word(platform.dated(label), catalogue.today)
        parts = [label.operating_system or "", size, _badge(stage)]
        return " · ".join(filter(None, parts))
    if kind == "job":
        return ", ".join(starmap(_job, catalogue.jobs.get(name, ())))
    record = records.record(kind, name)
    if isinstance(record, Expectation):
        return " · ".join(_expectation(records, record))
    if isinstance(record, Platform):
        return _badge(platform_word(record, catalogue.today))
    return str(record.date) if isinstance(record, Session) else ""


def _job(graph: Graph, job: DocumentedJob) -> str:
    return " · ".join((graph.title, *([word("gone")] if job.gone else [])))


def _expectation(records: ManualRecords, expectation: Expectation) -> Iterator[str]:
    """Yield the standing, if it is that of today, and what was measured; else since or until when.

    A plan and what was withdrawn promise nothing.
    """
    catalogue = records.catalogue
    if catalogue.is_example(expectation):
        yield _badge("example")
    elif has_come(expectation.withdrawn, catalogue.today):
        yield word("withdrawn on {day}").format(day=expectation.withdrawn)
    elif expectation.is_planned_on(catalogue.today):
        yield word("planned from {day}").format(day=expectation.since)
    else:
        yield _badge(expectation.standing)
        if expectation.withdrawn:
            yield word("will be withdrawn on {day}").format(day=expectation.withdrawn)
        if records.outline.measurements.broken_labels(expectation):
            yield _badge("broken")


def names_of(catalogue: Catalogue, kind: str, name: str) -> tuple[str, ...]:
    """Return what a record is called too: the system of a label that jobs have by default."""
    if kind != "label" or name not in catalogue.labels:
        return ()
    _, label = catalogue.labels[name]
    return (label.operating_system,) if label.default and label.operating_system else ()


def _badge(state: str) -> str:
    return word(BADGES[state][1])
