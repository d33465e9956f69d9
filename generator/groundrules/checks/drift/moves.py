"""Documented jobs that are somewhere else now, as far as the configuration shows it for certain.

Certain is what leaves no second answer: a job has a new name when the old one is defined nowhere
and exactly one job that nobody documents has its place, and nobody else has that; it has moved to
another pipeline when that is the only other one that runs it.  All its dependencies, in and out,
have to be the documented ones there.  Anything less is at most a hint.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from groundrules.checks.drift.real_graphs import RealGraphs, edges_between
from groundrules.claims.claims import EdgeClaim, GraphClaim, JobClaim
from groundrules.graphs.job_graph import Job, JobGraph

Ends = frozenset[tuple[str, str, str, bool]]
"""Dependencies of a job: pipeline, 'for' or 'by' as it is waited, the other job, softness."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """What has moved, each by its documented name.

    ``names`` are new names of jobs, ``jobs`` the pipelines that jobs were taken from and put
    into, ``pipelines`` new names of pipelines.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    jobs: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    pipelines: Mapping[str, str] = field(default_factory=dict)


def moves(claim: GraphClaim, real: RealGraphs) -> Moves:
    """Return what has moved for certain; nothing is where there may be jobs that are not seen."""
    if real.unseen.more:
        return Moves()
    return Moves(
        names=dict(_renamed(claim, real)),
        jobs=dict(_moved(claim, real)),
        pipelines=dict(_pipelines(claim, real)),
    )


def _renamed(claim: GraphClaim, real: RealGraphs) -> Iterator[tuple[str, str]]:
    gone = [each for each in claim.jobs if _is_gone(each, claim, real)]
    known = {name for job in claim.jobs for name in (job.name, *job.formerly)}
    places = _places(claim, real) if gone else {}
    for job in gone:
        wanted = _documented(job, claim)
        takers = [each for each in gone if _documented(each, claim) == wanted]
        there = [name for name, place in places.items() if place == wanted]
        if wanted and len(takers) == len(there) == 1 and there[0] not in known | real.unseen.jobs:
            found = _in_all(there[0], job, real)
            if found and _is_like(job, found):
                yield job.name, found.name


def _is_gone(job: JobClaim, claim: GraphClaim, real: RealGraphs) -> bool:
    """Return whether a job is in none of its pipelines, all of them known, and defined nowhere."""
    names = {job.name, *job.formerly}
    return (
        bool(job.pipelines)
        and all(each in real.graphs for each in job.pipelines)
        and all(names.isdisjoint(graph.by_name) for graph in real.graphs.values())
        and not real.is_defined(job.name)
    )


def _is_like(job: JobClaim, real: Job) -> bool:
    """Return whether nothing else that is documented of a job speaks against this one."""
    held = {each.name for each in real.semaphores}
    return (job.parent is None or job.parent in real.parents) and (
        job.semaphores is None or {*job.semaphores} == held
    )


def _in_all(name: str, job: JobClaim, real: RealGraphs) -> Job | None:
    """Return a job that is in exactly the pipelines that are documented of another."""
    there = {each: graph.by_name[name] for each, graph in real.graphs.items() if _has(graph, name)}
    return there[job.pipelines[0]] if there.keys() == {*job.pipelines} else None


def _documented(job: JobClaim, claim: GraphClaim) -> Ends:
    """Return the dependencies that are documented of a job, both ways, but for plans."""
    found = {
        (pipeline, "for", edge.dependency, edge.soft)
        for edge in job.waits_for
        if not edge.planned
        for pipeline in claim.expected(edge)
    }
    return frozenset(
        found
        | {
            (pipeline, "by", edge.job, edge.soft)
            for edge in _waiting(job.name, claim)
            for pipeline in claim.expected(edge)
        }
    )


def _waiting(name: str, claim: GraphClaim) -> list[EdgeClaim]:
    """Return the documented dependencies on a job, but for plans."""
    edges = (edge for job in claim.jobs for edge in job.waits_for)
    return [edge for edge in edges if edge.dependency == name and not edge.planned]


def _places(claim: GraphClaim, real: RealGraphs) -> dict[str, Ends]:
    """Return the dependencies that each job really has, both ways, as far as documents reach."""
    documented = [edge for job in claim.jobs for edge in job.waits_for]
    known = {job.name for job in claim.jobs} | {edge.dependency for edge in documented}
    planned = {(edge.job, edge.dependency) for edge in documented if edge.planned}
    soft: dict[str, dict[tuple[str, str, str], bool]] = {}
    for pipeline, graph in real.graphs.items():
        for edge in graph.edges:
            if not edge.declared or (edge.job, edge.dependency) in planned:
                continue
            for name, way, other in (
                (edge.job, "for", edge.dependency),
                (edge.dependency, "by", edge.job),
            ):
                if other in known:
                    key = pipeline, way, other
                    ends = soft.setdefault(name, {})
                    ends[key] = ends.get(key, True) and edge.soft  # one hard edge makes it hard
    return {
        name: frozenset((*key, is_soft) for key, is_soft in ends.items())
        for name, ends in soft.items()
    }


def _moved(claim: GraphClaim, real: RealGraphs) -> Iterator[tuple[str, tuple[str, str]]]:
    for job in claim.jobs:
        graphs = {each: real.graphs[each] for each in job.pipelines if each in real.graphs}
        missing = [each for each, graph in graphs.items() if job.name not in graph.by_name]
        if len(missing) != 1:
            continue
        others = [each for each in real.pipelines if each not in job.pipelines]
        extra = [each for each in others if _has(real.graph(each), job.name)]
        if len(extra) == 1 and extra[0] in claim.pipelines and job.written:
            graph = real.graphs.get(extra[0])
            if graph and _fits(job, claim, graph, extra[0]):
                yield job.name, (missing[0], extra[0])


def _has(graph: JobGraph | None, name: str) -> bool:
    return graph is not None and name in graph.by_name


def _fits(job: JobClaim, claim: GraphClaim, graph: JobGraph, pipeline: str) -> bool:
    """Return whether a job has its documented dependencies in a pipeline, and some are."""
    edges = [each for each in job.waits_for if not each.planned] + _waiting(job.name, claim)
    others = [each.dependency if each.job == job.name else each.job for each in edges]
    documented = [claim.job(each) for each in others]
    return (
        bool(edges)
        and all(other is None or pipeline in other.pipelines for other in documented)
        and all(_is_there(each, graph) for each in edges)
    )


def _is_there(edge: EdgeClaim, graph: JobGraph) -> bool:
    found = edges_between(graph, edge.job, edge.dependency)
    effective = [each for each in found if graph.is_effective(each)]
    return bool(effective) and all(each.soft for each in effective) is edge.soft


def _pipelines(claim: GraphClaim, real: RealGraphs) -> Iterator[tuple[str, str]]:
    """Yield the pipelines that run nothing and of which exactly one other runs everything."""
    for pipeline in real.empty(claim):
        jobs = [each for each in claim.jobs if pipeline in each.pipelines]
        others = [each for each in real.pipelines if each not in claim.pipelines]
        fits = [each for each in others if _runs_all(jobs, claim, real.graph(each), pipeline)]
        if len(fits) == 1 and len(real.empty(claim)) == 1:
            yield pipeline, fits[0]


def _runs_all(
    jobs: list[JobClaim], claim: GraphClaim, graph: JobGraph | None, pipeline: str
) -> bool:
    """Return whether a graph has all jobs and dependencies that are documented for a pipeline."""
    if graph is None or not jobs:
        return False
    names = {job.name for job in jobs}
    edges = [
        edge
        for job in jobs
        for edge in job.waits_for
        if not edge.planned and pipeline in claim.expected(edge)
    ]
    return (
        bool(edges)
        and (names == graph.by_name.keys() if claim.complete else names <= graph.by_name.keys())
        and all(_is_there(edge, graph) for edge in edges)
    )
