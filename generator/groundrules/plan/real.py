"""A real graph → the problem that its plan is about."""

from __future__ import annotations

from msgspec.structs import replace

from groundrules.graphs.definitions import Definitions
from groundrules.graphs.elements import Job
from groundrules.graphs.job_graph import JobGraph
from groundrules.plan.documented_problem import seconds
from groundrules.plan.scheduling_problem import PlannedJob, SchedulingProblem
from groundrules.records.graph import DocumentedJob, Graph


def real_problem(
    real: JobGraph, definitions: Definitions, documented: Graph | None = None
) -> SchedulingProblem:
    """Return the jobs of a real graph.

    Its configuration says what waits, which semaphores jobs hold and when a job times out.  How
    long jobs take, which ones pause, and their locks are known from a documented graph only.  A job
    without labels may get its nodes from a nodeset or parent that is not in a part of a tenant.
    """
    limits = {name: semaphore.limit for name, semaphore in definitions.semaphores.items()}
    least = 0 if definitions.is_complete else None
    known = {job.name: job for job in documented.current} if documented else {}
    jobs = (
        _planned(job, len(job.labels) or least, real.dependencies(job.name), known.get(job.name))
        for job in real.jobs
    )
    return SchedulingProblem(tuple(jobs), limits)


def _planned(
    job: Job, nodes: int | None, dependencies: tuple[str, ...], documented: DocumentedJob | None
) -> PlannedJob:
    semaphores = [semaphore.name for semaphore in job.semaphores]
    planned = PlannedJob(
        name=job.name,
        longest=job.timeout,
        dependencies=dependencies,
        semaphores=tuple(dict.fromkeys(semaphores)),
        nodes=nodes,
    )
    if documented is None:
        return planned
    return replace(
        planned,
        duration=seconds(documented, "typical"),
        longest=seconds(documented, "maximum") or job.timeout,
        semaphores=tuple(dict.fromkeys((*semaphores, *documented.locks))),
        pauses=documented.pauses,
        touches=documented.touches,
        shares=documented.shares,
    )
