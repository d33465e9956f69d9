"""`Plans`: all that is computed of graphs, and of a day of their pipelines, for the reports."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from groundrules.plan.bounds import lower_bound
from groundrules.plan.critical_path import CriticalPath, critical_path
from groundrules.plan.day_request import SimulatedDay
from groundrules.plan.exact import Exact, exact
from groundrules.plan.holdbacks import Holdbacks, holdbacks
from groundrules.plan.pairs import Pairs, pairs
from groundrules.plan.schedule import Schedule
from groundrules.plan.scheduling_problem import SchedulingProblem
from groundrules.plan.simulation import simulated


class GraphPlan(Struct, frozen=True):
    """A problem and what was computed of it; times are in seconds.

    Unknown durations count as 0, so with some all times but those of schedules are lower bounds.
    ``most`` is the serial time if every unknown duration is as long as it can be; None if that is
    unknown too.  Each of the ``waves`` can run after the ones before it.  No schedule is shorter
    than ``bound``.
    """

    problem: SchedulingProblem
    serial: int
    most: int | None
    waves: tuple[tuple[str, ...], ...]
    critical: CriticalPath
    schedule: Schedule
    bound: int
    holdbacks: Holdbacks
    pairs: Pairs
    exact: Exact | None = None


class NamedPlan(Struct, frozen=True):
    """A plan with its title, what it becomes by the what-ifs, and what was assumed."""

    title: str
    current: GraphPlan
    changed: GraphPlan | None = None
    notes: tuple[str, ...] = ()


class Plans(Struct, frozen=True):
    """The plans, and the day if one was asked for."""

    named: tuple[NamedPlan, ...]
    day: SimulatedDay | None = None


def plan(problem: SchedulingProblem, independent: Iterable[tuple[str, ...]] = ()) -> GraphPlan:
    """Return the plan of a problem; ``independent`` are groups of jobs declared so.

    Raises `CycleError` if jobs wait for each other.
    """
    critical, schedule = critical_path(problem), simulated(problem)
    longest = [job.longest if job.duration is None else job.duration for job in problem.jobs]
    return GraphPlan(
        problem=problem,
        serial=sum(job.least for job in problem.jobs),
        most=None if None in longest else sum(seconds or 0 for seconds in longest),
        waves=waves(problem),
        critical=critical,
        schedule=schedule,
        bound=lower_bound(problem, critical),
        holdbacks=holdbacks(problem, critical, schedule) if schedule.ends else Holdbacks(),
        pairs=pairs(problem, independent),
    )


def waves(problem: SchedulingProblem) -> tuple[tuple[str, ...], ...]:
    """Return groups of jobs; each group can run after the groups before it."""
    wave: dict[str, int] = {}
    for name in problem.order:
        wave[name] = max((wave[job] + 1 for job in problem.dependencies[name]), default=0)
    groups: list[list[str]] = [[] for _ in range(max(wave.values(), default=-1) + 1)]
    for job in problem.jobs:
        groups[wave[job.name]].append(job.name)
    return tuple(map(tuple, groups))


def with_exact(plan: GraphPlan, seconds: float) -> GraphPlan:
    """Return a plan with the best schedule that is found in a time of ``seconds``.

    Raises `ImportError` without OR-Tools.
    """
    if not plan.schedule.ends:
        return plan
    best = exact(plan.problem, plan.schedule, seconds)
    return replace(plan, exact=best, bound=max(plan.bound, best.bound))
