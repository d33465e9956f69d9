"""Drift of dependencies: which there are, and how hard."""

from __future__ import annotations

from typing import NamedTuple

from groundrules.checks.drift.comparison import Comparison
from groundrules.checks.drift.real_graphs import edges_between
from groundrules.checks.phrases import named as names
from groundrules.checks.phrases import path_of as arrows
from groundrules.claims.claims import EdgeClaim, JobClaim
from groundrules.diagnostics import Fix, Related, Remove, Write
from groundrules.graphs.job_graph import Edge, JobGraph
from groundrules.rules import drift as rules


class Loss(NamedTuple):
    """How a job comes not to wait: the kind in few words, all of them, where it can be seen."""

    kind: str
    reason: str
    related: Related | None


def check(found: Comparison) -> None:
    """Note the dependencies that differ from what is documented of them."""
    for job in found.claim.jobs:
        for edge in job.waits_for:
            (_check_planned if edge.planned else _check_enforced)(found, edge)
        _check_documented(found, job)


def _graphs(found: Comparison, edge: EdgeClaim) -> dict[str, JobGraph]:
    """Return the graphs that an edge has to be in, as far as its job is there."""
    return {
        pipeline: graph
        for pipeline in found.claim.expected(edge)
        if (graph := found.real.graphs.get(pipeline)) and edge.job in graph.by_name
    }


def _effective(graph: JobGraph, edge: EdgeClaim) -> list[Edge]:
    there = edges_between(graph, edge.job, edge.dependency)
    return [each for each in there if graph.is_effective(each)]


def _is_soft(edges: list[Edge]) -> bool:
    """Return whether a job waits softly; one hard edge makes it wait in any case."""
    return all(each.soft for each in edges)


def _check_enforced(found: Comparison, edge: EdgeClaim) -> None:
    graphs = _graphs(found, edge)
    lost: dict[Loss, list[str]] = {}
    softness: dict[Related | None, list[str]] = {}
    for pipeline, graph in graphs.items():
        there = _effective(graph, edge)
        if not there and (doubt := _doubt(found, pipeline, edge)):
            found.miss(doubt, job=edge.job, dependency=edge.dependency)
        elif not there and (why := _moved(found, graph, edge, pipeline)):
            found.drift(why, job=edge.job, dependency=edge.dependency)
        elif not there:
            lost.setdefault(_loss(graph, edge), []).append(pipeline)
        elif _is_soft(there) is not edge.soft:
            softness.setdefault(_declared(there), []).append(pipeline)
    for loss, pipelines in lost.items():
        _note_lost(found, edge, loss, pipelines)
    for related, pipelines in softness.items():
        _note_softness(found, edge, related, pipelines)
    for pipeline in found.claim.expected(edge):
        if pipeline not in graphs and pipeline not in found.real.refused:
            doubt = found.real.doubt(pipeline, edge.job)
            why = f"the job {edge.job!r} is not in the pipeline {pipeline!r}"
            say = found.miss if doubt else found.drift
            say(f"{why}: {doubt}" if doubt else why, job=edge.job, dependency=edge.dependency)


def _doubt(found: Comparison, pipeline: str, edge: EdgeClaim) -> str:
    """Return why an edge that is not seen may be there; empty if it is not."""
    graph = found.real.graphs[pipeline]
    if not edges_between(graph, edge.job, edge.dependency):
        return found.real.wait_doubt(graph, edge.job)
    doubt = found.real.doubt(pipeline, edge.dependency)
    return f"the job {edge.dependency!r} is not seen in {pipeline!r}: {doubt}" if doubt else ""


def _moved(found: Comparison, graph: JobGraph, edge: EdgeClaim, pipeline: str) -> str:
    """Return why the edge is not there where that is told of the job that is waited for."""
    names = [real for real, documented in found.renamed().items() if documented == edge.dependency]
    for name in names:
        if edges_between(graph, edge.job, name):
            which = "a new" if edge.dependency in found.moves.names else "its former"
            return f"the job {edge.dependency!r} has {which} name there"
    before, after = found.moves.jobs.get(edge.dependency, ("", ""))
    return f"the job {edge.dependency!r} is in {after!r} now" if before == pipeline else ""


def _declared(edges: list[Edge]) -> Related | None:
    """Return the place of the edge that counts: the hard one where there are two."""
    edge = min(edges, key=lambda each: each.soft)
    return Related(edge.location, "the dependency is declared here") if edge.location else None


def _loss(graph: JobGraph, edge: EdgeClaim) -> Loss:
    there = edges_between(graph, edge.job, edge.dependency)
    if there:
        return Loss(
            "no effect",
            f"its soft dependency counts only where {edge.dependency!r} runs, "
            "and that job is not there",
            _declared(there),
        )
    job = graph.by_name[edge.job]
    related = Related(job.location, f"{edge.job!r} is here") if job.location else None
    if edge.dependency not in graph.by_name:
        return Loss("not there", "no dependency is declared, and that job is not there", related)
    if through := graph.way(edge.job, edge.dependency):
        return Loss("through others", f"it waits through others only ({arrows(through)})", related)
    return Loss("not declared", "no dependency is declared", related)


def _note_lost(found: Comparison, edge: EdgeClaim, loss: Loss, pipelines: list[str]) -> None:
    for each in pipelines:
        found.undeclared.setdefault(each, {}).setdefault(edge.job, []).append(edge)
    found.note(
        rules.DEPENDENCY_NOT_THERE,
        edge.place,
        f"{edge.job!r} does not wait for {edge.dependency!r} in "
        f"{names('pipeline', pipelines)}: {loss.reason}",
        [loss.related],
        job=edge.job,
        dependency=edge.dependency,
        of=loss.kind,
        pipelines=pipelines,
    )


def _note_softness(
    found: Comparison, edge: EdgeClaim, related: Related | None, pipelines: list[str]
) -> None:
    real, said = ("hard", "soft") if edge.soft else ("soft", "hard")
    everywhere = len(pipelines) == len(found.claim.expected(edge))
    change = Remove((*edge.route, "soft")) if edge.soft else Write((*edge.route, "soft"), True)
    found.note(
        rules.SOFTNESS_DIFFERS,
        edge.softness,
        f"the dependency of {edge.job!r} on {edge.dependency!r} is {real} in "
        f"{names('pipeline', pipelines)}, and documented as {said}",
        [related],
        suggestion="" if everywhere else "make it the same in every pipeline",
        fix=Fix(edge.place.path, (change,)) if everywhere else None,
        job=edge.job,
        dependency=edge.dependency,
        of=real,
        pipelines=pipelines,
    )


def _check_planned(found: Comparison, edge: EdgeClaim) -> None:
    """Note a planned edge that every pipeline enforces, at least as hard as planned."""
    places: list[Related | None] = []
    encoded = []
    for pipeline, graph in _graphs(found, edge).items():
        there = _effective(graph, edge)
        if there and (edge.soft or not _is_soft(there)):
            encoded.append(pipeline)
            places.append(_declared(there))
        elif there:
            found.plan(
                f"it is soft so far in the pipeline {pipeline!r}",
                job=edge.job,
                dependency=edge.dependency,
            )
    if encoded and len(encoded) == len(found.claim.expected(edge)):
        found.note(
            rules.ALREADY_ENFORCED,
            edge.status,
            f"{edge.job!r} waits for {edge.dependency!r} in {names('pipeline', encoded)} already, "
            "and that is documented as planned",
            places[:1],
            fix=Fix(edge.place.path, (Remove((*edge.route, "status")),)),
            job=edge.job,
            dependency=edge.dependency,
        )
    elif encoded:
        found.plan(
            f"it is enforced so far in {names('pipeline', encoded)}",
            job=edge.job,
            dependency=edge.dependency,
        )


def _check_documented(found: Comparison, job: JobClaim) -> None:
    """Note the dependencies of a documented job that nobody tells of.

    Those on initializer jobs follow from a rule of the CI system and need no telling; those on
    jobs that are not documented are told of where the graph claims to be complete.
    """
    known = {*(each.dependency for each in job.waits_for), *found.renamed()}
    extra: dict[str, list[str]] = {}
    edges: dict[str, Edge] = {}
    for pipeline in job.pipelines:
        graph = found.real.graphs.get(pipeline)
        for edge in graph.effective if graph else ():
            if edge.job != job.name or not edge.declared or edge.dependency in known:
                continue
            if found.claim.complete or found.claim.job(edge.dependency):
                if pipeline not in extra.setdefault(edge.dependency, []):
                    extra[edge.dependency].append(pipeline)
                edges.setdefault(edge.dependency, edge)
    for dependency, pipelines in extra.items():
        _note_extra(found, job, edges[dependency], pipelines)


def _note_extra(found: Comparison, job: JobClaim, edge: Edge, pipelines: list[str]) -> None:
    soft = ", soft: true" if edge.soft else ""
    found.note(
        rules.DEPENDENCY_NOT_DOCUMENTED,
        job.waits_place,
        f"{edge.job!r} waits for {edge.dependency!r} in {names('pipeline', pipelines)}, "
        "which is not documented",
        [_declared([edge])],
        suggestion=f"- {{job: {edge.dependency}{soft}, why: …}}",
        job=edge.job,
        dependency=edge.dependency,
        pipelines=pipelines,
    )
