"""Documented jobs that have moved, as far as the configuration shows it for certain.

A move is certain if there is no other explanation.  A job has a new name if the old one is not
defined and exactly one undocumented job has its place, which could not belong to another job.  It
has moved to another pipeline if that is the only other one that runs it.  All its dependencies,
in both directions, must be the documented ones there.  Otherwise there is at most a hint.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from groundrules.checks.drift.documented import Documented
from groundrules.checks.drift.real_graphs import RealGraphs
from groundrules.claims.claims import EdgeClaim, GraphClaim, JobClaim
from groundrules.graphs.elements import Job
from groundrules.graphs.job_graph import JobGraph
from groundrules.grouping import grouped

Ends = frozenset[tuple[str, str, str, bool]]
"""Dependencies of a job: pipeline, direction ('for' or 'by'), the other job, softness."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """What has moved, by its documented name.

    ``names`` are new names of jobs, ``jobs`` the pipelines that jobs were taken from and put
    into, ``pipelines`` new names of pipelines.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    jobs: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    pipelines: Mapping[str, str] = field(default_factory=dict)


def moves(documented: Documented, real: RealGraphs) -> Moves:
    """Return certain moves; nothing if there may be unknown jobs."""
    if real.unseen.more:
        return Moves()
    return Moves(
        names=dict(_renamed(documented, real)),
        jobs=dict(_moved(documented, real)),
        pipelines=dict(_pipelines(documented, real)),
    )


def _renamed(documented: Documented, real: RealGraphs) -> Iterator[tuple[str, str]]:
    claim = documented.claim
    gone = [job for job in claim.jobs if _is_gone(job, real)]
    known = {name for job in claim.jobs for name in (job.name, *job.formerly)}
    places = _places(claim, real) if gone else {}
    by_ends = grouped((ends, name) for name, ends in places.items())
    wanted = {job.name: _documented_ends(job, documented) for job in gone}
    takers = Counter(wanted.values())
    for job in gone:
        ends = wanted[job.name]
        names = by_ends.get(ends, [])
        if ends and takers[ends] == len(names) == 1 and names[0] not in known | real.unseen.jobs:
            successor = _in_all(names[0], job, real)
            if successor and _is_like(job, successor):
                yield job.name, successor.name


def _is_gone(job: JobClaim, real: RealGraphs) -> bool:
    """Return whether a job runs in none of its pipelines, all known, and is not defined."""
    return (
        bool(job.pipelines)
        and all(pipeline in real.graphs for pipeline in job.pipelines)
        and not any(map(real.jobs, (job.name, *job.formerly)))
        and not real.is_defined(job.name)
    )


def _is_like(job: JobClaim, real: Job) -> bool:
    """Return whether the documented parent and semaphores of a job fit this one."""
    held = {semaphore.name for semaphore in real.semaphores}
    return (job.parent is None or job.parent in real.parents) and (
        job.semaphores is None or {*job.semaphores} == held
    )


def _in_all(name: str, job: JobClaim, real: RealGraphs) -> Job | None:
    """Return a job that runs in exactly the documented pipelines of another."""
    jobs = real.jobs(name)
    return jobs[job.pipelines[0]] if jobs.keys() == {*job.pipelines} else None


def _documented_ends(job: JobClaim, documented: Documented) -> Ends:
    """Return the documented dependencies of a job in both directions, without plans."""
    edges = (
        *((edge, "for", edge.dependency) for edge in documented.waited_for(job)),
        *((edge, "by", edge.job) for edge in documented.waiting(job.name)),
    )
    return frozenset(
        (pipeline, direction, other, edge.soft)
        for edge, direction, other in edges
        for pipeline in documented.expected(edge)
    )


def _places(claim: GraphClaim, real: RealGraphs) -> dict[str, Ends]:
    """Return the real dependencies of each job in both directions, on documented jobs."""
    edges = [edge for job in claim.jobs for edge in job.waits_for]
    known = {job.name for job in claim.jobs} | {edge.dependency for edge in edges}
    planned = {(edge.job, edge.dependency) for edge in edges if edge.planned}
    places: dict[str, dict[tuple[str, str, str], bool]] = {}
    for pipeline, graph in real.graphs.items():
        for edge in graph.edges:
            if not edge.declared or (edge.job, edge.dependency) in planned:
                continue
            ends_of_edge = (edge.job, "for", edge.dependency), (edge.dependency, "by", edge.job)
            for name, direction, other in ends_of_edge:
                if other in known:
                    key = pipeline, direction, other
                    ends = places.setdefault(name, {})
                    ends[key] = ends.get(key, True) and edge.soft  # one hard edge makes it hard
    return {
        name: frozenset((*key, soft) for key, soft in of.items()) for name, of in places.items()
    }


def _moved(documented: Documented, real: RealGraphs) -> Iterator[tuple[str, tuple[str, str]]]:
    for job in documented.claim.jobs:
        runs = real.jobs(job.name)
        known = [pipeline for pipeline in job.pipelines if pipeline in real.graphs]
        missing = [pipeline for pipeline in known if pipeline not in runs]
        if len(missing) != 1:
            continue
        others = [pipeline for pipeline in real.pipelines if pipeline not in job.pipelines]
        graphs = {pipeline: graph for pipeline in others if (graph := real.graph(pipeline))}
        extra = [pipeline for pipeline, graph in graphs.items() if job.name in graph.by_name]
        is_documented = len(extra) == 1 and extra[0] in runs and bool(job.written)
        if is_documented and _fits(job, documented, graphs[extra[0]], extra[0]):
            yield job.name, (missing[0], extra[0])


def _fits(job: JobClaim, documented: Documented, graph: JobGraph, pipeline: str) -> bool:
    """Return whether a job has its documented dependencies in a pipeline, and has any."""
    edges = documented.waited_for(job) + documented.waiting(job.name)
    names = [edge.dependency if edge.job == job.name else edge.job for edge in edges]
    are_meant = all(documented.is_meant_for(name, pipeline) for name in names)
    return bool(edges) and are_meant and all(_is_enforced(edge, graph) for edge in edges)


def _is_enforced(edge: EdgeClaim, graph: JobGraph) -> bool:
    effective = graph.effective_between(edge.job, edge.dependency)
    return bool(effective) and all(real.soft for real in effective) is edge.soft


def _pipelines(documented: Documented, real: RealGraphs) -> Iterator[tuple[str, str]]:
    """Yield a pipeline that runs nothing, where exactly one other runs all that it should."""
    claim = documented.claim
    empty = real.empty(claim)
    if len(empty) != 1:
        return
    [pipeline] = empty
    jobs = [job for job in claim.jobs if pipeline in job.pipelines]
    others = [other for other in real.pipelines if other not in claim.pipelines]
    fits = [other for other in others if _runs_all(jobs, documented, real.graph(other), pipeline)]
    if len(fits) == 1:
        yield pipeline, fits[0]


def _runs_all(
    jobs: Iterable[JobClaim], documented: Documented, graph: JobGraph | None, pipeline: str
) -> bool:
    """Return whether a graph has all jobs and dependencies that are documented for a pipeline."""
    names = {job.name for job in jobs}
    if graph is None or not names:
        return False
    waits = (edge for job in jobs for edge in documented.waited_for(job))
    edges = [edge for edge in waits if pipeline in documented.expected(edge)]
    real = graph.by_name.keys()
    has_all = names == real if documented.claim.complete else names <= real
    return bool(edges) and has_all and all(_is_enforced(edge, graph) for edge in edges)
