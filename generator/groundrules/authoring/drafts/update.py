"""What a draft adds to a documented graph, and what of it is gone, as edits of its file."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct, field

from groundrules.authoring.drafts.draft import GraphDraft
from groundrules.authoring.insertion import Insertion, appended
from groundrules.checks.drift.comparison import Comparison
from groundrules.checks.drift.edges import undeclared
from groundrules.claims.claims import JobClaim
from groundrules.fix import Remove, Route
from groundrules.records.graph import DocumentedJob, DocumentedWait, Graph
from groundrules.records.shape import ordered_keys

FACTS = ("purpose", "files", "labels", "semaphores")
"""The keys that are added to a job that has none."""

JOB_KEYS, WAIT_KEYS = ordered_keys(DocumentedJob), ordered_keys(DocumentedWait)


class GraphUpdate(Struct):
    """The edits of a graph's file: ``new`` values, marks of what is ``gone``, and marks to remove.

    ``renamed`` are the jobs that have another name now, which ``check --fix`` follows.
    """

    new: list[Insertion] = field(default_factory=list)
    gone: list[Insertion] = field(default_factory=list)
    back: list[Remove] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)


def update_of(
    graph: Graph, comparison: Comparison, draft: GraphDraft, today: datetime.date
) -> GraphUpdate:
    """Return what to change; values that differ stay, because a person may have written them.

    ``check`` reports those.
    """
    renamed = {name: new for new, name in comparison.renamed.items()}
    update = GraphUpdate(renamed=renamed)
    _add_jobs(graph, draft, comparison, update)
    _add_limits(graph, draft, update)
    _mark_gone(graph, comparison, today, update)
    return update


def _add_jobs(graph: Graph, draft: GraphDraft, comparison: Comparison, update: GraphUpdate) -> None:
    known = {job.name: (at, job) for at, job in reversed([*enumerate(graph.jobs)])}
    for name, drafted in draft.jobs.items():
        values = _without_waits_for(drafted, comparison.renamed)
        if name in known:
            at, job = known[name]
            update.new += _additions(job, ("jobs", at), values)
            update.back += _returned(job, ("jobs", at), values)
        elif name not in comparison.renamed:
            update.new.append(Insertion(("jobs", len(graph.jobs)), values))


def limits_of(limits: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return limits of semaphores as values of a record."""
    return [{"semaphore": name, "limit": limit} for name, limit in limits.items()]


def _add_limits(graph: Graph, draft: GraphDraft, update: GraphUpdate) -> None:
    """Add the limits that the record does not have, of the semaphores that its jobs hold."""
    documented = {limit.semaphore for limit in graph.limits}
    new = {name: limit for name, limit in draft.limits.items() if name not in documented}
    update.new += appended(graph, "limits", limits_of(new))


def _without_waits_for(values: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Return the values of a job without its dependencies on jobs that are documented otherwise."""
    waits = [wait for wait in values.get("waits_for", ()) if wait["job"] not in names]
    others = {key: value for key, value in values.items() if key != "waits_for"}
    return {**others, "waits_for": waits} if waits else others


def _additions(job: DocumentedJob, route: Route, values: Mapping[str, Any]) -> Iterator[Insertion]:
    """Yield the facts and dependencies that a job's record does not have."""
    given = job.model_fields_set
    for key in FACTS:
        if key in values and key not in given:
            yield Insertion((*route, key), values[key], JOB_KEYS)
    for key in ("semaphores", "pipelines"):
        names = getattr(job, key)
        new_names = [name for name in values.get(key, ()) if name not in names]
        for name in new_names if key in given else ():
            yield Insertion((*route, key, len(names)), name)
    waits = {wait.job for wait in job.waits_for}
    new = [wait for wait in values.get("waits_for", ()) if wait["job"] not in waits]
    yield from appended(job, "waits_for", new, route)


def _returned(job: DocumentedJob, route: Route, values: Mapping[str, Any]) -> Iterator[Remove]:
    """Yield the marks of what is in the configuration again."""
    if job.gone:
        yield Remove((*route, "gone"))
    real = {wait["job"] for wait in values.get("waits_for", ())}
    for at, wait in enumerate(job.waits_for):
        if wait.gone and wait.job in real:
            yield Remove((*route, "waits_for", at, "gone"))


def _mark_gone(
    graph: Graph, comparison: Comparison, today: datetime.date, update: GraphUpdate
) -> None:
    moved = {*comparison.moves.jobs, *comparison.renamed.values()}
    jobs = (job for job in comparison.claim.jobs if job.name not in moved)
    gone_jobs = {job.name for job in jobs if _is_gone(comparison, job)}
    gone_waits = set(_gone_waits(comparison))
    for at, job in enumerate(graph.jobs):
        route = ("jobs", at)
        if job.name in gone_jobs and not job.gone:
            update.gone.append(Insertion((*route, "gone"), today, JOB_KEYS))
            continue
        for index, wait in enumerate(job.waits_for):
            if (job.name, wait.job) in gone_waits and wait.job not in gone_jobs and not wait.gone:
                place = (*route, "waits_for", index, "gone")
                update.gone.append(Insertion(place, today, WAIT_KEYS))


def _is_gone(comparison: Comparison, job: JobClaim) -> bool:
    """Return whether a job certainly runs in no pipeline of the graph."""
    real = comparison.real
    if comparison.moves.pipelines or any(
        job.name in graph.by_name for graph in real.graphs.values()
    ):
        return False
    return not real.refused and not any(
        real.doubt(pipeline, job.name) for pipeline in job.pipelines
    )


def _gone_waits(comparison: Comparison) -> Iterator[tuple[str, str]]:
    """Yield the dependencies that are certainly in none of the pipelines that should have them."""
    missing = undeclared(comparison)
    for job in comparison.claim.jobs:
        for edge in job.waits_for:
            expected = comparison.documented.expected(edge)
            lacking = [
                pipeline
                for pipeline in expected
                if edge in missing.get(pipeline, {}).get(job.name, ())
            ]
            if lacking and lacking == _running(comparison, job.name, expected):
                yield job.name, edge.dependency


def _running(comparison: Comparison, job: str, pipelines: Iterable[str]) -> list[str]:
    graphs = comparison.real.graphs
    return [each for each in pipelines if each in graphs and job in graphs[each].by_name]
