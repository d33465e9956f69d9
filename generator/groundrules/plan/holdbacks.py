"""What makes a schedule long: the edges, jobs and limits without which it would be shorter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from groundrules.plan.critical_path import CriticalPath
from groundrules.plan.savings import savings
from groundrules.plan.schedule import Schedule
from groundrules.plan.scheduling_problem import SchedulingProblem
from groundrules.plan.simulation import simulated
from groundrules.plan.what_if import with_duration, with_limit, without_edge

MOST_STEPS = 20_000
"""How many jobs and edges are simulated in all to find out what each candidate saves."""


class HoldbackCause(StrEnum):
    """What a schedule would be shorter without."""

    EDGE = "edge"
    JOB = "job"
    SEMAPHORE = "semaphore"
    NODES = "nodes"


class Holdback(Struct, frozen=True):
    """Seconds that are saved without an edge or a limit, or if a job takes no time.

    ``name`` is the job or semaphore, ``dependency`` the job that it would not wait for.
    """

    seconds: int
    cause: HoldbackCause
    name: str = ""
    dependency: str = ""


class Holdbacks(Struct, frozen=True):
    """What holds a schedule back, the most first, and how many candidates were not tried."""

    found: tuple[Holdback, ...] = ()
    untried: int = 0


def holdbacks(problem: SchedulingProblem, critical: CriticalPath, schedule: Schedule) -> Holdbacks:
    """Return what holds a schedule of a problem back.

    Where no job waits for a limit, the answer follows from the critical path.  Otherwise each
    candidate is removed and the rest simulated, as far as `MOST_STEPS` goes.
    """
    if schedule.total == critical.total:
        return Holdbacks(
            tuple(
                Holdback(saving.seconds, _cause(saving.dependency), saving.job, saving.dependency)
                for saving in savings(problem, critical)
            )
        )
    candidates = list(_candidates(problem, critical))
    steps = len(problem.jobs) + sum(map(len, problem.dependencies.values()))
    tried = candidates[: max(1, MOST_STEPS // steps)]
    found = [
        replace(candidate, seconds=schedule.total - shorter.total)
        for candidate in tried
        if (shorter := simulated(_without(problem, candidate))).total < schedule.total
    ]
    found.sort(key=lambda holdback: -holdback.seconds)
    return Holdbacks(tuple(found), len(candidates) - len(tried))


def _cause(dependency: str) -> HoldbackCause:
    return HoldbackCause.EDGE if dependency else HoldbackCause.JOB


def _candidates(problem: SchedulingProblem, critical: CriticalPath) -> Iterator[Holdback]:
    """Yield limits that jobs share, then the critical path, then all other jobs and edges."""
    if problem.nodes is not None:
        yield Holdback(0, HoldbackCause.NODES)
    holders = Counter(semaphore for job in problem.jobs for semaphore in set(job.semaphores))
    for semaphore, count in holders.most_common():
        if count > problem.limit(semaphore):
            yield Holdback(0, HoldbackCause.SEMAPHORE, semaphore)
    first = [(saving.job, saving.dependency) for saving in savings(problem, critical)]
    rest = [(job.name, "") for job in problem.jobs if job.duration]
    rest += [(job, name) for job, names in problem.dependencies.items() for name in names]
    for name, dependency in dict.fromkeys([*first, *rest]):
        yield Holdback(0, _cause(dependency), name, dependency)


def _without(problem: SchedulingProblem, holdback: Holdback) -> SchedulingProblem:
    """Return the problem without what holds it back."""
    match holdback.cause:
        case HoldbackCause.NODES:
            return SchedulingProblem(problem.jobs, problem.limits)
        case HoldbackCause.SEMAPHORE:
            return with_limit(problem, holdback.name, len(problem.jobs))
        case HoldbackCause.EDGE:
            return without_edge(problem, holdback.name, holdback.dependency)
        case HoldbackCause.JOB:
            return with_duration(problem, holdback.name, 0)
