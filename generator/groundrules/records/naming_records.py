"""The records of a manual that name an object of a configuration, or a job that uses it."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from groundrules.graphs.elements import Step
from groundrules.records.catalogue import Catalogue
from groundrules.records.expectation import Expectation
from groundrules.records.fields import fits
from groundrules.records.graph import DocumentedJob, Graph

Used = AbstractSet[tuple[str, str, str]]
"""Jobs that use the object: configuration, project and name of each."""


def documented(catalogue: Catalogue, kind: str, name: str, used: Used) -> Iterator[Step]:
    """Yield the records that name an object, then the documented jobs that name or use it."""
    if kind == "label":
        yield from _label(catalogue, name)
    for graph in catalogue.graphs:
        for job in graph.jobs:
            is_used = (graph.configuration, graph.project, job.name) in used
            if is_used or _names(job, kind, name):
                yield Step(f"job {f'{graph.id}/{job.name}'!r}", job.location("name"))
        yield from _rules(graph, name) if kind == "job" else ()


def _label(catalogue: Catalogue, name: str) -> Iterator[Step]:
    known = catalogue.labels.get(name)
    if known:
        yield Step(f"label {name!r}", known[1].location("name"))
    for _, label in catalogue.labels.values():
        if label.replaced_by == name:
            yield Step(f"label {label.name!r}", label.location("replaced_by"))
    for expectation in catalogue.expectations.values():
        if _is_about(expectation, name):
            yield Step(f"expectation {expectation.id!r}", expectation.location("id"))


def _is_about(expectation: Expectation, label: str) -> bool:
    """Return whether an expectation or an exception of it names a label, or a pattern for it."""
    scopes = (expectation.applies_to, *expectation.exceptions)
    return any(fits(label, scope.labels) for scope in scopes)


def _names(job: DocumentedJob, kind: str, name: str) -> bool:
    """Return whether a job names an object, or is the object."""
    match kind:
        case "label":
            return fits(name, job.labels)
        case "semaphore":
            return name in job.semaphores
        case "parent":
            return job.parent == name
        case "job":
            return name in (job.name, job.parent, *(wait.job for wait in job.waits_for))
    return False


def _rules(graph: Graph, name: str) -> Iterator[Step]:
    for rule in graph.rules:
        if rule.waits_for == name:
            yield Step(f"rule {f'{graph.id}/{rule.id}'!r}", rule.location("waits_for"))
