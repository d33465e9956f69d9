"""A time that no schedule can be shorter than."""

from __future__ import annotations

from groundrules.grouping import grouped
from groundrules.plan.critical_path import CriticalPath
from groundrules.plan.scheduling_problem import PlannedJob, SchedulingProblem


def lower_bound(problem: SchedulingProblem, critical: CriticalPath) -> int:
    """Return seconds that every schedule takes at least.

    It is the critical path, or the longest use of a resource: the time for which jobs hold it,
    divided by how much there is, after the earliest start of one and before the end of all.
    """
    holders = grouped((name, job) for job in problem.jobs for name in problem.needs(job))
    uses = (_use(problem, critical, resource, jobs) for resource, jobs in holders.items())
    return max((critical.total, *uses))


def _use(
    problem: SchedulingProblem, critical: CriticalPath, resource: str, jobs: list[PlannedJob]
) -> int:
    """Return how long a resource is in use at least, with what has to come before and after."""
    limit = problem.limit(resource)
    if not limit:
        return 0  # nothing can run, so there is no schedule
    held = {job.name: _held(critical, job) for job in jobs}
    work = sum(held[job.name] * problem.needs(job)[resource] for job in jobs)
    first = min(critical.heads[job] for job in held)
    rest = min(critical.tails[job] - time for job, time in held.items())
    return first + -(-work // limit) + rest


def _held(critical: CriticalPath, job: PlannedJob) -> int:
    """Return for how many seconds a job holds its semaphores and nodes at least."""
    return critical.tails[job.name] if job.pauses else job.least
