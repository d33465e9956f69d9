"""A day of several pipelines, whose buildsets share semaphores, locks and nodes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from groundrules.plan.schedule import Schedule
from groundrules.plan.scheduling_problem import PlannedJob, SchedulingProblem
from groundrules.plan.simulation import simulated


class StuckError(ValueError):
    """A buildset never ends, since paused jobs hold what the job ``job`` needs."""

    def __init__(self, job: str) -> None:
        super().__init__(f"{job!r} can never start")
        self.job = job


class Locking(StrEnum):
    """What keeps the buildsets apart."""

    LOCK = "lock"
    """As documented: a job that pauses holds what it holds for the whole buildset."""
    SEMAPHORE = "semaphore"
    """No job pauses; each job that waited for a paused one holds its semaphores itself."""
    NOTHING = "nothing"
    """No job pauses, and nothing that a paused job held is held any more."""


class Buildsets(Struct, frozen=True):
    """The buildsets of a pipeline in a day: their jobs, and the seconds at which they come.

    With ``is_serial``, the pipeline runs one buildset after another, as Zuul's serial manager
    does for the changes of a shared queue.
    """

    pipeline: str
    problem: SchedulingProblem
    arrivals: tuple[int, ...]
    is_serial: bool = False


class Waiting(Struct, frozen=True):
    """For how many seconds the buildsets of a pipeline wait for others; by nearest rank."""

    buildsets: int
    median: int
    long: int
    """The 95th percentile."""


class Day(Struct, frozen=True):
    """What happened: the waiting of each pipeline, and which pipelines ran at the same time."""

    waiting: dict[str, Waiting]
    met: tuple[tuple[str, str], ...]


def relaxed(problem: SchedulingProblem, locking: Locking) -> SchedulingProblem:
    """Return a problem with another way to keep buildsets apart."""
    if locking is Locking.LOCK:
        return problem
    held: dict[str, tuple[str, ...]] = {}
    for name in problem.order:
        job = problem.by_name[name]
        own = job.semaphores if job.pauses else ()
        above = (resource for before in problem.dependencies[name] for resource in held[before])
        held[name] = tuple(dict.fromkeys((*own, *above)))
    jobs = tuple(_relaxed(job, held[job.name], locking) for job in problem.jobs)
    return SchedulingProblem(jobs, problem.limits, problem.nodes)


def _relaxed(job: PlannedJob, held: tuple[str, ...], locking: Locking) -> PlannedJob:
    """Return a job that does not pause; ``held`` is what it or a paused job above it holds."""
    if locking is Locking.SEMAPHORE:
        return replace(job, pauses=False, semaphores=tuple(dict.fromkeys((*job.semaphores, *held))))
    return replace(job, pauses=False, semaphores=() if job.pauses else job.semaphores)


def simulated_day(pipelines: Sequence[Buildsets], nodes: int | None = None) -> Day:
    """Return how long the buildsets of a day wait for each other.

    Buildsets start in the order in which they come.  Semaphores of one name are the same one.

    Raises `CycleError`, and `StuckError` if a buildset never ends.
    """
    coming = sorted(
        (second, place, number)
        for place, buildsets in enumerate(pipelines)
        for number, second in enumerate(buildsets.arrivals)
    )
    limits = {name: limit for p in pipelines for name, limit in p.problem.limits.items()}
    jobs = tuple(
        job for second, place, number in coming for job in _jobs(pipelines[place], number, second)
    )
    whole = simulated(SchedulingProblem(jobs, limits, nodes))
    if whole.stuck:
        raise StuckError(whole.stuck[0].job.split("\0")[-1])
    spans = _spans(whole)
    waiting = {buildsets.pipeline: _waiting(buildsets, nodes, spans) for buildsets in pipelines}
    return Day(waiting, tuple(_met(spans)))


def _jobs(buildsets: Buildsets, number: int, second: int) -> Iterator[PlannedJob]:
    """Yield the jobs of a buildset; a serial pipeline has a job of its own that holds it."""
    key = f"{buildsets.pipeline}\0{number}"
    queue = (f"{key}\0",) if buildsets.is_serial else ()
    for name in queue:
        held = (f"\0{buildsets.pipeline}",)
        yield PlannedJob(name=name, semaphores=held, nodes=0, pauses=True, release=second)
    for job in buildsets.problem.jobs:
        waits = tuple(
            f"{key}\0{name}" for name in job.dependencies if name in buildsets.problem.by_name
        )
        yield replace(job, name=f"{key}\0{job.name}", dependencies=waits or queue, release=second)


Span = tuple[int, int]


def _spans(schedule: Schedule) -> dict[tuple[str, int], Span]:
    """Return when the first job of each buildset starts and its last one ends."""
    spans: dict[tuple[str, int], Span] = {}
    for run in schedule.runs:
        pipeline, number, job = run.job.split("\0")
        if job:
            start, end = spans.get(key := (pipeline, int(number)), (run.start, run.end))
            spans[key] = (min(start, run.start), max(end, run.end))
    return spans


def _waiting(
    buildsets: Buildsets, nodes: int | None, spans: Mapping[tuple[str, int], Span]
) -> Waiting:
    problem = buildsets.problem
    alone = simulated(SchedulingProblem(problem.jobs, problem.limits, nodes)).total
    waits = sorted(
        max(0, spans[buildsets.pipeline, number][1] - second - alone)
        for number, second in enumerate(buildsets.arrivals)
    )
    return Waiting(len(waits), _percentile(waits, 50), _percentile(waits, 95))


def _percentile(ordered: Sequence[int], percent: int) -> int:
    """Return a percentile of sorted values by nearest rank; 0 if there are none."""
    return ordered[math.ceil(len(ordered) * percent / 100) - 1] if ordered else 0


def _met(spans: Mapping[tuple[str, int], Span]) -> list[tuple[str, str]]:
    """Return the pairs of pipelines of which buildsets ran at the same time."""
    running: dict[str, int] = {}  # pipeline → the latest end of its buildsets so far
    met: dict[tuple[str, str], None] = {}
    for (pipeline, _), (start, end) in sorted(spans.items(), key=lambda item: item[1]):
        for other in (other for other, latest in running.items() if latest > start):
            met[min(pipeline, other), max(pipeline, other)] = None
        running[pipeline] = max(end, running.get(pipeline, 0))
    return sorted(met)
