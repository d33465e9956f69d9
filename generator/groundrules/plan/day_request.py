"""`DayRequest`: when buildsets come in a day, and what the simulation of it answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice

from msgspec import Struct
from msgspec.structs import replace

from groundrules.nearest import did_you_mean
from groundrules.plan.arrivals import at_random, timer
from groundrules.plan.day import Buildsets, Day, Locking, StuckError, relaxed, simulated_day
from groundrules.plan.planned_graph import PlanError, PlannedGraph
from groundrules.plan.scheduling_problem import SchedulingProblem

MOST_JOBS = 200_000
"""Jobs of all buildsets of a day; a simulation of them takes about ten seconds."""


class DayRequest(Struct, frozen=True, kw_only=True):
    """When buildsets come: ``timers`` as Zuul writes them, ``rates`` per hour, at random.

    The ``serial`` pipelines run one buildset after another.  With ``is_read``, the configuration
    says it of pipelines without a timer and a rate here.  ``notes`` say what it says.
    """

    timers: tuple[tuple[str, str], ...] = ()
    rates: tuple[tuple[str, float], ...] = ()
    serial: tuple[str, ...] = ()
    seed: int = 0
    is_read: bool = False
    notes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether no day is asked for."""
        return not self.timers and not self.rates and not self.is_read

    @property
    def given(self) -> frozenset[str]:
        """The pipelines with a timer or a rate."""
        return frozenset(name for name, _ in (*self.timers, *self.rates))


class SimulatedDay(Struct, frozen=True):
    """The day under each way to keep buildsets apart, and what pipelines share."""

    days: dict[Locking, Day]
    shared: tuple[tuple[str, str, tuple[str, ...]], ...]
    """Two pipelines, and the semaphores, locks and other things that jobs of both use."""
    notes: tuple[str, ...] = ()
    """What the configuration says of arrivals, and what is not known."""


def day_of(request: DayRequest, cases: Sequence[PlannedGraph], nodes: int | None) -> SimulatedDay:
    """Return the day of the pipelines of some cases, each with one pipeline.

    Raises `PlanError` for a pipeline or time that is unknown, or a buildset that never ends.
    """
    if not request.given:
        reasons = "; ".join(note.rstrip(".") for note in request.notes)
        raise PlanError(f"no buildset comes in the day: {reasons}")
    by_pipeline = {case.pipelines[0]: case for case in cases}
    asked = [*(name for name, _ in request.timers), *(name for name, _ in request.rates)]
    for name in (*asked, *request.serial):
        if name not in by_pipeline:
            hint = did_you_mean(name, by_pipeline, "pipelines")
            raise PlanError(f"unknown pipeline {name!r}{hint}")
    coming = [_buildsets(request, name, by_pipeline[name]) for name in dict.fromkeys(asked)]
    if sum(len(b.arrivals) * len(b.problem.jobs) for b in coming) > MOST_JOBS:
        raise PlanError(f"the day has more than {MOST_JOBS} jobs; use lower rates")
    try:
        days = {locking: _day(coming, locking, nodes) for locking in Locking}
    except StuckError as error:
        raise PlanError(f"a buildset never ends: {error}") from None
    notes = (*request.notes, *_never(request))
    return SimulatedDay(days, tuple(_shared(coming)), notes)


def _never(request: DayRequest) -> Iterator[str]:
    """Yield the timers that never fire on the day."""
    for name, spec in request.timers:
        if next(timer(spec), None) is None:
            yield f"{name}: the timer {spec!r} does not fire on the simulated day, a Monday."


def _buildsets(request: DayRequest, name: str, case: PlannedGraph) -> Buildsets:
    try:
        specs = [spec for key, spec in request.timers if key == name]
        fixed = [*islice(chain.from_iterable(map(timer, specs)), MOST_JOBS + 1)]
    except ValueError as error:
        raise PlanError(str(error)) from None
    drawn = [
        second
        for key, rate in request.rates
        if key == name
        for second in at_random(rate, (request.seed, name))
    ]
    arrivals = tuple(sorted([*fixed, *drawn]))
    return Buildsets(name, case.problem, arrivals, name in request.serial)


def _day(coming: Sequence[Buildsets], locking: Locking, nodes: int | None) -> Day:
    changed = [replace(each, problem=relaxed(each.problem, locking)) for each in coming]
    return simulated_day(changed, nodes)


def _shared(coming: Sequence[Buildsets]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for at, one in enumerate(coming):
        for other in coming[at + 1 :]:
            common = _used(one.problem) & _used(other.problem)
            yield one.pipeline, other.pipeline, tuple(sorted(common))


def _used(problem: SchedulingProblem) -> frozenset[str]:
    return frozenset(
        name for job in problem.jobs for name in (*job.semaphores, *job.touches, *job.shares)
    )
