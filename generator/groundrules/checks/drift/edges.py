"""Drift of dependencies: missing and undocumented ones, and hard or soft."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from groundrules.checks.drift.comparison import About, Comparison, Difference, Note
from groundrules.checks.phrases import UNLESS, named, path_of
from groundrules.claims.claims import EdgeClaim, JobClaim
from groundrules.diagnostics import Related
from groundrules.fix import Fix, Remove, Write
from groundrules.graphs.elements import Edge
from groundrules.graphs.job_graph import JobGraph
from groundrules.rules import drift as rules

Undeclared = dict[str, dict[str, list[EdgeClaim]]]
"""By pipeline and job the documented dependencies that are missing there."""


class Loss(NamedTuple):
    """Why a job does not wait: the kind, the reason, and its places."""

    kind: str
    reason: str
    related: Related | None


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
    return not (
        graph.effective_between(edge.job, edge.dependency)
        or _doubt(comparison, pipeline, edge)
        or _moved(comparison, graph, edge, pipeline)
    )


def _about(edge: EdgeClaim) -> About:
    return About(edge.job, edge.dependency)


def _graphs(comparison: Comparison, edge: EdgeClaim) -> dict[str, JobGraph]:
    """Return the graphs that must have an edge and run its job."""
    return {
        pipeline: graph
        for pipeline in comparison.documented.expected(edge)
        if (graph := comparison.real.graphs.get(pipeline)) and edge.job in graph.by_name
    }


def _check_enforced(comparison: Comparison, edge: EdgeClaim) -> Iterator[Note]:
    losses: dict[Loss, list[str]] = {}
    other_softness: dict[str, Related | None] = {}
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
    if doubt := comparison.real.doubt(pipeline, edge.job):
        reason = f"it is not known whether {edge.job!r} runs in {pipeline!r}: {doubt}"
        return comparison.not_checked(_about(edge), reason)
    reason = f"job {edge.job!r} does not run in pipeline {pipeline!r}"
    return comparison.drifted(_about(edge), reason)


def _doubt(comparison: Comparison, pipeline: str, edge: EdgeClaim) -> str:
    """Return why an edge may exist although it is not known; empty if it does not."""
    graph = comparison.real.graphs[pipeline]
    if not graph.edges_between(edge.job, edge.dependency):
        return comparison.real.wait_doubt(graph, edge.job)
    doubt = comparison.real.doubt(pipeline, edge.dependency)
    return (
        f"it is not known whether {edge.dependency!r} runs in {pipeline!r}: {doubt}"
        if (doubt)
        else ""
    )


def _moved(comparison: Comparison, graph: JobGraph, edge: EdgeClaim, pipeline: str) -> str:
    """Return why an edge is missing where a finding about its dependency explains it."""
    names = [real for real, name in comparison.renamed.items() if name == edge.dependency]
    for name in names:
        if graph.edges_between(edge.job, name):
            which = "a new" if edge.dependency in comparison.moves.names else "its former"
            return f"job {edge.dependency!r} has {which} name there"
    before, after = comparison.moves.jobs.get(edge.dependency, ("", ""))
    return f"job {edge.dependency!r} runs in {after!r} instead" if before == pipeline else ""


def _declared(edges: Sequence[Edge]) -> Related | None:
    """Return the place of the edge that counts: the hard one where there are two."""
    edge = min(edges, key=lambda edge: edge.soft)
    return Related(edge.location, "the dependency is declared here") if edge.location else None


def _loss(comparison: Comparison, pipeline: str, edge: EdgeClaim) -> Loss:
    graph = comparison.real.graphs[pipeline]
    if edges := graph.edges_between(edge.job, edge.dependency):
        unless = "" if all(map(graph.is_known, edges)) else UNLESS
        missing = f"since {edge.dependency!r} does not run there{unless}"
        reason = f"its soft dependency has no effect, {missing}"
        return Loss("no effect", reason, _declared(edges))
    job = graph.by_name[edge.job]
    related = Related(job.location, f"{edge.job!r} is here") if job.location else None
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
        related=[loss.related],
        kind=loss.kind,
        pipelines=pipelines,
    )


def _softness_differs(
    comparison: Comparison, edge: EdgeClaim, places: dict[str, Related | None]
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
        related=dict.fromkeys(places.values()),
        suggestion=to_write if is_everywhere else f"make it {documented} in every pipeline",
        fix=Fix(edge.place.path, (change,)) if is_everywhere else None,
        kind=real,
        pipelines=places,
    )


def _check_planned(comparison: Comparison, edge: EdgeClaim) -> Iterator[Note]:
    """Yield a planned edge that every pipeline enforces, at least as hard as planned."""
    places: list[Related | None] = []
    enforced = []
    for pipeline, graph in _graphs(comparison, edge).items():
        edges = graph.effective_between(edge.job, edge.dependency)
        if edges and (edge.soft or not all(real.soft for real in edges)):
            enforced.append(pipeline)
            places.append(_declared(edges))
        elif edges:
            yield comparison.planned(_about(edge), f"it is soft so far in pipeline {pipeline!r}")
    if enforced and len(enforced) == len(comparison.documented.expected(edge)):
        yield _already_enforced(comparison, edge, enforced, places[0])
    elif enforced:
        reason = f"it is enforced so far in {named('pipeline', enforced)}"
        yield comparison.planned(_about(edge), reason)


def _already_enforced(
    comparison: Comparison, edge: EdgeClaim, pipelines: list[str], related: Related | None
) -> Difference:
    return comparison.differs(
        rules.ALREADY_ENFORCED,
        edge.status,
        f"{edge.job!r} already waits for {edge.dependency!r} in {named('pipeline', pipelines)}, "
        "but the dependency is documented as planned",
        _about(edge),
        related=[related],
        fix=Fix(edge.place.path, (Remove((*edge.route, "status")),)),
    )


def _check_documented(comparison: Comparison, job: JobClaim) -> Iterator[Note]:
    """Yield the dependencies of a documented job that are not documented.

    Those on initializer jobs follow from a rule of the CI system and need no documentation; those
    on jobs that are not documented are reported if the graph claims to be complete.  One that a
    rule of the graph requires is documented by the rule.
    """
    known = {*(edge.dependency for edge in job.waits_for), *comparison.renamed}
    pipelines: dict[str, list[str]] = {}
    first: dict[str, Edge] = {}
    for pipeline in job.pipelines:
        graph = comparison.real.graphs.get(pipeline)
        for edge in graph.edges_of(job.name) if graph else ():
            if graph is None or not (edge.declared and graph.is_effective(edge)):
                continue
            if edge.dependency in known:
                continue
            is_gone = comparison.documented.is_gone
            if is_gone(job.name, edge.dependency) or is_gone(edge.dependency):
                continue
            real, is_run_for = graph.by_name[job.name], comparison.real.is_run_for
            if comparison.documented.is_ruled(real, edge.dependency, is_run_for):
                continue
            if comparison.claim.complete or comparison.documented.job(edge.dependency):
                if pipeline not in pipelines.setdefault(edge.dependency, []):
                    pipelines[edge.dependency].append(pipeline)
                first.setdefault(edge.dependency, edge)
    for dependency, edge in first.items():
        yield _undocumented(comparison, job, edge, pipelines[dependency])


def _undocumented(
    comparison: Comparison, job: JobClaim, edge: Edge, pipelines: list[str]
) -> Difference:
    soft = ", soft: true" if edge.soft else ""
    return comparison.differs(
        rules.DEPENDENCY_NOT_DOCUMENTED,
        job.waits_place,
        f"the dependency of {edge.job!r} on {edge.dependency!r} in "
        f"{named('pipeline', pipelines)} is not documented",
        About(edge.job, edge.dependency),
        related=[_declared([edge])],
        suggestion=f"- {{job: {edge.dependency}{soft}, why: …}}",
        pipelines=pipelines,
    )
