"""The records of a manual that name an object of a configuration, or a job that uses it."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from fnmatch import fnmatchcase

from groundrules.graphs.elements import Step
from groundrules.records.catalogue import Catalogue
from groundrules.records.expectation import Expectation
from groundrules.records.graph import DocumentedJob, Graph

Used = AbstractSet[tuple[str, str, str]]
"""Jobs that use the object: configuration, project and name of each."""


def documented(catalogue: Catalogue, kind: str, name: str, used: Used) -> Iterator[Step]:
    """Yield the records that name an object, then the documented jobs that name or use it."""
    if kind == "label":
        yield from _label(catalogue, name)
    names_it = {"label": _has_label, "semaphore": _has_semaphore, "job": _names_job}.get(
        kind, _inherits if kind == "parent" else None
    )
    for graph in catalogue.graphs:
        for job in graph.jobs:
            is_used = (graph.configuration, graph.project, job.name) in used
            if is_used or (names_it and names_it(job, name)):
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
    return any(_matches(label, scope.labels) for scope in scopes)


def _matches(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def _has_label(job: DocumentedJob, name: str) -> bool:
    return _matches(name, job.labels)


def _has_semaphore(job: DocumentedJob, name: str) -> bool:
    return name in job.semaphores


def _inherits(job: DocumentedJob, name: str) -> bool:
    return job.parent == name


def _names_job(job: DocumentedJob, name: str) -> bool:
    waits = any(wait.job == name for wait in job.waits_for)
    return job.name == name or _inherits(job, name) or waits


def _rules(graph: Graph, name: str) -> Iterator[Step]:
    for rule in graph.rules:
        if rule.waits_for == name:
            yield Step(f"rule {f'{graph.id}/{rule.id}'!r}", rule.location("waits_for"))
