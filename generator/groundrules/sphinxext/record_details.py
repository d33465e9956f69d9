"""A few words on a record, which the search shows beside its title."""

from __future__ import annotations

from groundrules.pages.lifecycle import stage_word
from groundrules.records import Catalogue
from groundrules.records.expectation import Expectation
from groundrules.records.platform import Platform
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
        return ", ".join(graph.title for graph, _ in catalogue.jobs.get(name, ()))
    record = records.record(kind, name)
    if isinstance(record, Expectation):
        is_broken = bool(records.outline.measurements.broken_labels(record))
        return " · ".join(map(_badge, (record.standing, *(["broken"] if is_broken else []))))
    if isinstance(record, Platform):
        return _badge(catalogue.stage(record))
    return str(record.date) if isinstance(record, Session) else ""


def names_of(catalogue: Catalogue, kind: str, name: str) -> tuple[str, ...]:
    """Return what a record is called too: the system of a label that jobs have by default."""
    if kind != "label" or name not in catalogue.labels:
        return ()
    _, label = catalogue.labels[name]
    return (label.operating_system,) if label.default and label.operating_system else ()


def _badge(state: str) -> str:
    return word(BADGES[state][1])
