"""A run through a problem: jobs start as soon as Zuul's scheduler would start them.

A job starts once all that it waits for is done or paused, all its semaphores are free at the same
time, and there are enough nodes for it (``findJobsToRun`` in Zuul's ``model.py`` and ``acquire`` in
its ``zk/semaphore.py``).  Of several jobs, the first in the order of the configuration starts
first.  A paused job ends once all its descendants have ended, whether they depend softly or not
(``_resumeBuilds`` in ``manager/__init__.py``).
"""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from operator import itemgetter

import simpy

from groundrules.plan.schedule import Run, Schedule, Stuck
from groundrules.plan.scheduling_problem import PlannedJob, SchedulingProblem


def simulated(problem: SchedulingProblem) -> Schedule:
    """Return when each job runs.

    Raises `CycleError` if jobs wait for each other.
    """
    if problem.order:  # raises the error of a cycle
        return _Simulation(problem).run()
    return Schedule(())


class _Simulation:
    """The state of a run; simpy keeps the clock.

    A job that cannot start is put in the queue of the first resource that it lacks, and is looked
    at again once some of that resource is released.
    """

    def __init__(self, problem: SchedulingProblem) -> None:
        self._problem = problem
        self._clock = simpy.Environment()
        self._place = {job.name: place for place, job in enumerate(problem.jobs)}
        self._waits = {name: len(jobs) + 1 for name, jobs in problem.dependencies.items()}
        self._open = {name: len(jobs) for name, jobs in problem.dependents.items()}
        self._used: Counter[str] = Counter()
        self._released: set[str] = set()
        self._ready: list[int] = []  # places; this and those below are heaps
        self._lacking: dict[str, list[int]] = defaultdict(list)
        self._start: dict[str, int] = {}
        self._done: dict[str, int] = {}
        self._end: dict[str, int] = {}
        self._now = 0

    def run(self) -> Schedule:
        """Run all jobs that can run."""
        for job in self._problem.jobs:
            self._after(job.release, self._free, job.name)
        while (now := self._clock.peek()) < math.inf:
            self._now = int(now)
            while self._clock.peek() == now:  # so that all that ends now is released
                self._clock.step()
            self._start_jobs()
        runs = sorted(self._end, key=lambda job: (self._start[job], self._place[job]))
        return Schedule(
            tuple(Run(job, self._start[job], self._done[job], self._end[job]) for job in runs),
            tuple(self._stuck()),
            tuple(name for name, count in self._waits.items() if count),
        )

    def _after(self, seconds: int, act: Callable[[str], None], job: str) -> None:
        event = self._clock.timeout(seconds)
        event.callbacks.append(lambda _: act(job))

    def _free(self, name: str) -> None:
        """Note that one of the things that a job waits for has come."""
        self._waits[name] -= 1
        if not self._waits[name]:
            heapq.heappush(self._ready, self._place[name])

    def _start_jobs(self) -> None:
        """Start all jobs that can start now."""
        while (place := self._next()) is not None:
            job = self._problem.jobs[place]
            if (resource := self._lacked(job)) is not None:
                heapq.heappush(self._lacking[resource], place)
                self._released.discard(resource)
                continue
            self._used.update(self._problem.needs(job))
            self._start[job.name] = self._now
            self._after(job.least, self._finish, job.name)
        self._released.clear()

    def _next(self) -> int | None:
        """Return the place of the first job that may be able to start."""
        queues = [self._ready, *(self._lacking[resource] for resource in self._released)]
        first = min((queue for queue in queues if queue), key=itemgetter(0), default=None)
        return heapq.heappop(first) if first else None

    def _lacked(self, job: PlannedJob) -> str | None:
        """Return the first resource of which a job needs more than is left."""
        limit, needs = self._problem.limit, self._problem.needs(job).items()
        lacked = (name for name, count in needs if self._used[name] + count > limit(name))
        return next(lacked, None)

    def _finish(self, name: str) -> None:
        """Free the dependents of a job that is done; it ends unless it pauses for them."""
        self._done[name] = self._now
        for dependent in self._problem.dependents[name]:
            self._free(dependent)
        if not self._problem.by_name[name].pauses:
            self._release(name)
        self._settle(name)

    def _release(self, name: str) -> None:
        self._end[name] = self._now
        needs = self._problem.needs(self._problem.by_name[name])
        self._used.subtract(needs)
        self._released.update(needs)

    def _settle(self, name: str) -> None:
        """End a job if it is paused and all its descendants have ended, and so on upwards."""
        settled = [] if self._open[name] else [name]
        for job in settled:  # it grows
            if job not in self._end:
                self._release(job)
            for dependency in self._problem.dependencies[job]:
                self._open[dependency] -= 1
                if not self._open[dependency]:
                    settled.append(dependency)

    def _stuck(self) -> Iterator[Stuck]:
        """Yield the jobs that lack a resource for ever, with the paused jobs that hold it."""
        paused = [job for job in self._done if job not in self._end]
        for resource, places in self._lacking.items():
            holders = tuple(
                name
                for name in paused
                if resource in self._problem.needs(self._problem.by_name[name])
            )
            for place in sorted(places):
                yield Stuck(self._problem.jobs[place].name, resource, holders)
