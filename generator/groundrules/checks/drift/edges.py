"""Drift of dependencies: missing and undocumented ones, and hard or soft."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from groundrules.checks.drift.comparison import About, Comparison, Difference, Note, Remark
from groundrules.checks.phrases import UNLESS, named, path_of, related_to
from groundrules.claims.claims import EdgeClaim, JobClaim
from groundrules.claims.verdicts import VerdictState
from groundrules.diagnostics import Related
from groundrules.fix import Fix, Remove, Write
from groundrules.graphs.elements import Edge, Job
from groundrules.graphs.job_graph import JobGraph
from groundrules.rules import drift as rules

Undeclared = dict[str, dict[str, list[EdgeClaim]]]
"""By pipeline and job the documented dependencies that are missing there."""


class Loss(NamedTuple):
    """Why a job does not wait: the kind, the reason, and its place."""

    kind: str
    reason: str
    related: tuple[Related, ...]


def check(comparison: Comparison) -> Iterator[Note]:
    """Yield the dependencies that differ from their documentation."""
    for job in comparison.claim.jobs:
        for edge in job.waits_for:
            if edge.planned:
                yield from _check_planned(comparison, edge)
            else:
                yield from _check_enforced(comparison, edge)
        yield from _check_documented(comparison, job)


def undeclared(comparison: Comparison) -> Undeclared:
    """Return the documented dependencies that `check` reports as missing."""
    missing: Undeclared = {}
    edges = (edge for job in comparison.claim.jobs for edge in job.waits_for if not edge.planned)
    for edge in edges:
        for pipeline, graph in _graphs(comparison, edge).items():
            if _is_missing(comparison, pipeline, graph, edge):
                missing.setdefault(pipeline, {}).setdefault(edge.job, []).append(edge)
    return missing


def _is_missing(comparison: Comparison, pipeline: str, graph: JobGraph, edge: EdgeClaim) -> bool:
    """Return whether a dependency is certainly missing, and not because its job moved."""
    is_there = graph.effective_between(edge.job, edge.dependency)
    is_unsure = is_there or _doubt(comparison, pipeline, edge)
    return not (is_unsure or _moved(comparison, graph, edge, pipeline))


def _about(edge: EdgeClaim) -> About:
    return About(edge.job, edge.dependency)


def _graphs(comparison: Comparison, edge: EdgeClaim) -> dict[str, JobGraph]:
    """Return the graphs that must have an edge and run its job."""
    running = comparison.real.jobs(edge.job)
    expected = comparison.documented.expected(edge)
    return {at: comparison.real.graphs[at] for at in expected if at in running}


def _check_enforced(comparison: Comparison, edge: EdgeClaim) -> Iterator[Note]:
    losses: dict[Loss, list[str]] = {}
    other_softness: dict[str, tuple[Related, ...]] = {}
    graphs = _graphs(comparison, edge)
    for pipeline, graph in graphs.items():
        edges = graph.effective_between(edge.job, edge.dependency)
        if edges:
            if all(real.soft for real in edges) is not edge.soft:
                other_softness[pipeline] = _declared(edges)
        elif doubt := _doubt(comparison, pipeline, edge):
            yield comparison.not_checked(_about(edge), doubt)
        elif reason := _moved(comparison, graph, edge, pipeline):
            yield comparison.drifted(_about(edge), reason)
        else:
            losses.setdefault(_loss(comparison, pipeline, edge), []).append(pipeline)
    for loss, pipelines in losses.items():
        yield _does_not_wait(comparison, edge, loss, pipelines)
    if other_softness:
        yield _softness_differs(comparison, edge, other_softness)
    for pipeline in comparison.documented.expected(edge):
        if pipeline not in graphs and pipeline not in comparison.real.refused:
            yield _job_missing(comparison, edge, pipeline)


def _job_missing(comparison: Comparison, edge: EdgeClaim, pipeline: str) -> Note:
    if doubt := comparison.real.run_doubt(pipeline, edge.job):
        return comparison.not_checked(_about(edge), doubt)
    reason = f"job {edge.job!r} does not run in pipeline {pipeline!r}"
    return comparison.drifted(_about(edge), reason)


def _doubt(comparison: Comparison, pipeline: str, edge: EdgeClaim) -> str:
    """Return why an edge may exist although it is not known; empty if it does not."""
    graph = comparison.real.graphs[pipeline]
    if not graph.edges_between(edge.job, edge.dependency):
        return comparison.real.wait_doubt(graph, edge.job)
    return comparison.real.run_doubt(pipeline, edge.dependency)


def _moved(comparison: Comparison, graph: JobGraph, edge: EdgeClaim, pipeline: str) -> str:
    """Return why an edge is missing where a finding about its dependency explains it."""
    names = [real for real, name in comparison.renamed.items() if name == edge.dependency]
    for name in names:
        if graph.edges_between(edge.job, name):
            which = "a new" if edge.dependency in comparison.moves.names else "its former"
            return f"job {edge.dependency!r} has {which} name there"
    before, after = comparison.moves.jobs.get(edge.dependency, ("", ""))
    return f"job {edge.dependency!r} runs in {after!r} instead" if before == pipeline else ""


def _declared(edges: Sequence[Edge]) -> tuple[Related, ...]:
    """Return the place of the edge that counts: the hard one where there are two."""
    edge = min(edges, key=lambda edge: edge.soft)
    return (*related_to(edge.location, "the dependency is declared here"),)


def _loss(comparison: Comparison, pipeline: str, edge: EdgeClaim) -> Loss:
    graph = comparison.real.graphs[pipeline]
    if edges := graph.edges_between(edge.job, edge.dependency):
        unless = "" if all(map(graph.is_known, edges)) else UNLESS
        missing = f"since {edge.dependency!r} does not run there{unless}"
        reason = f"its soft dependency has no effect, {missing}"
        return Loss("no effect", reason, _declared(edges))
    job = graph.by_name[edge.job]
    related = (*related_to(job.location, f"{edge.job!r} is here"),)
    if edge.dependency not in graph.by_name:
        reason = f"no dependency is declared, and {edge.dependency!r} does not run there"
        return Loss("not there", reason, related)
    if between := comparison.between(pipeline, edge.job, edge.dependency):
        way = [edge.job, *between, edge.dependency]
        reason = f"it waits only indirectly ({path_of(way)})"
        return Loss("through others", reason, related)
    return Loss("not declared", "no dependency is declared", related)


def _does_not_wait(
    comparison: Comparison, edge: EdgeClaim, loss: Loss, pipelines: list[str]
) -> Difference:
    return comparison.differs(
        rules.DEPENDENCY_NOT_THERE,
        edge.place,
        f"{edge.job!r} does not wait for {edge.dependency!r} in "
        f"{named('pipeline', pipelines)}: {loss.reason}",
        _about(edge),
        related=loss.related,
        kind=loss.kind,
        pipelines=pipelines,
    )


def _softness_differs(
    comparison: Comparison, edge: EdgeClaim, places: dict[str, tuple[Related, ...]]
) -> Difference:
    real, documented = ("hard", "soft") if edge.soft else ("soft", "hard")
    is_everywhere = len(places) == len(comparison.documented.expected(edge))
    change = Remove((*edge.route, "soft")) if edge.soft else Write((*edge.route, "soft"), True)
    to_write = "remove 'soft: true'" if edge.soft else "soft: true"
    return comparison.differs(
        rules.SOFTNESS_DIFFERS,
        edge.softness,
        f"the dependency of {edge.job!r} on {edge.dependency!r} is {real} in "
        f"{named('pipeline', places)} but documented as {documented}",
        _about(edge),
        related=dict.fromkeys(chain(*places.values())),
        suggestion=to_write if is_everywhere else f"make it {documented} in every pipeline",
        fix=Fix(edge.place.path, (change,)) if is_everywhere else None,
        kind=real,
        pipelines=places,
    )


def _check_planned(comparison: Comparison, edge: EdgeClaim) -> Iterator[Note]:
    """Yield a planned edge that every pipeline enforces, at least as hard as planned."""
    enforced: dict[str, tuple[Related, ...]] = {}
    for pipeline, graph in _graphs(comparison, edge).items():
        edges = graph.effective_between(edge.job, edge.dependency)
        if edges and (edge.soft or not all(real.soft for real in edges)):
            enforced[pipeline] = _declared(edges)
        elif edges:
            reason = f"it is soft so far in pipeline {pipeline!r}"
            yield Remark(_about(edge), VerdictState.PLANNED, reason)
    if enforced and len(enforced) == len(comparison.documented.expected(edge)):
        yield _already_enforced(comparison, edge, enforced)
    elif enforced:
        reason = f"it is enforced so far in {named('pipeline', enforced)}"
        yield Remark(_about(edge), VerdictState.PLANNED, reason)


def _already_enforced(
    comparison: Comparison, edge: EdgeClaim, pipelines: dict[str, tuple[Related, ...]]
) -> Difference:
    return comparison.differs(
        rules.ALREADY_ENFORCED,
        edge.status,
        f"{edge.job!r} already waits for {edge.dependency!r} in {named('pipeline', pipelines)}, "
        "but the dependency is documented as planned",
        _about(edge),
        related=next(iter(pipelines.values())),
        fix=Fix(edge.place.path, (Remove((*edge.route, "status")),)),
    )


def _check_documented(comparison: Comparison, job: JobClaim) -> Iterator[Note]:
    """Yield the dependencies of a documented job that are not documented.

    Those on initializer jobs follow from a rule of the CI system and need no documentation; those
    on jobs that are not documented are reported if the graph claims to be complete.  One that a
    rule of the graph requires is documented by the rule.
    """
    known = {*(edge.dependency for edge in job.waits_for), *comparison.renamed}
    edges: dict[str, dict[str, Edge]] = {}
    for pipeline in job.pipelines:
        if graph := comparison.real.graphs.get(pipeline):
            for edge in graph.edges_of(job.name):
                is_real = edge.declared and graph.is_effective(edge)
                if is_real and edge.dependency not in known:
                    edges.setdefault(edge.dependency, {}).setdefault(pipeline, edge)
    for dependency, by_pipeline in edges.items():
        real = comparison.real.graphs
        pipelines = {
            pipeline: edge
            for pipeline, edge in by_pipeline.items()
            if not _is_documented(comparison, real[pipeline].by_name[job.name], dependency)
        }
        if pipelines:
            yield _undocumented(comparison, job, pipelines)


def _is_documented(comparison: Comparison, job: Job, dependency: str) -> bool:
    """Return whether a rule requires a dependency, it is gone, or the graph may leave it out."""
    documented = comparison.documented
    return (
        documented.is_gone(job.name, dependency)
        or documented.is_gone(dependency)
        or documented.is_ruled(job, dependency, comparison.real.is_run_for)
        or not (comparison.claim.complete or documented.job(dependency))
    )


def _undocumented(comparison: Comparison, job: JobClaim, pipelines: dict[str, Edge]) -> Difference:
    edge = next(iter(pipelines.values()))
    soft = ", soft: true" if edge.soft else ""
    return comparison.differs(
        rules.DEPENDENCY_NOT_DOCUMENTED,
        job.waits_place,
        f"the dependency of {edge.job!r} on {edge.dependency!r} in "
        f"{named('pipeline', pipelines)} is not documented",
        About(edge.job, edge.dependency),
        related=_declared([edge]),
        suggestion=f"- {{job: {edge.dependency}{soft}, why: …}}",
        pipelines=pipelines,
    )
