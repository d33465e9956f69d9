"""What is saved if an edge of the critical path is removed, or one of its jobs takes no time.

All answers are found in one pass.  The jobs are on a line, each after all that it waits for, so a
chain of jobs crosses each gap between two neighbors once.  The longest chain that avoids an edge
of the critical path therefore crosses the gap after the edge's first job by another edge.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from groundrules.plan.critical_path import CriticalPath
from groundrules.plan.scheduling_problem import SchedulingProblem


class Saving(NamedTuple):
    """Seconds that are saved without an edge, or if a job takes no time."""

    seconds: int
    job: str
    dependency: str = ""
    """Empty for the duration of ``job``."""


class _Crossing(NamedTuple):
    """The longest chain through an edge between two positions on the line.

    ``shortness`` is the negative length, so that the longest chain comes first in a heap.  A chain
    comes from the position -1, and ends after the last position.
    """

    shortness: int
    start: int
    end: int


def savings(problem: SchedulingProblem, critical: CriticalPath) -> list[Saving]:
    """Return what removing each edge or job of the critical path saves, the most first."""
    position = {name: index for index, name in enumerate(problem.order)}
    sweep = _Sweep(_crossings(problem, critical, position))
    result: list[Saving] = []
    for job, following in zip_longest(critical.path, critical.path[1:]):
        shorter = critical.total - problem.by_name[job].least
        around = max(shorter, sweep.longest_around(position[job]))
        result.append(Saving(critical.total - around, job))
        if following:
            around = sweep.longest_beside(position[job], position[following])
            result.append(Saving(critical.total - around, following, job))
    return sorted((saving for saving in result if saving.seconds), key=lambda s: -s.seconds)


def _crossings(
    problem: SchedulingProblem, critical: CriticalPath, position: dict[str, int]
) -> Iterator[_Crossing]:
    heads, tails = critical.heads, critical.tails
    for name, job in problem.by_name.items():
        at = position[name]
        end = heads[name] + job.least
        yield _Crossing(-job.release - tails[name], -1, at)
        yield _Crossing(-end, at, len(position))
        for dependent in problem.dependents[name]:
            yield _Crossing(-end - tails[dependent], at, position[dependent])


class _Sweep:
    """Answers questions about positions that only increase."""

    def __init__(self, crossings: Iterator[_Crossing]) -> None:
        self._coming = sorted(crossings, key=lambda crossing: -crossing.start)
        self._heap: list[_Crossing] = []

    def longest_around(self, job: int) -> int:
        """Return the length of the longest chain without a job."""
        self._reach(job - 1)
        return self._longest(job)

    def longest_beside(self, job: int, following: int) -> int:
        """Return the length of the longest chain without the edge between two jobs."""
        self._reach(job)
        longest = self._longest(job)
        if not self._heap or self._heap[0][1:] != (job, following):
            return longest
        removed = heapq.heappop(self._heap)
        longest = self._longest(job)
        heapq.heappush(self._heap, removed)
        return longest

    def _reach(self, position: int) -> None:
        """Add the edges that start at a position or before."""
        while self._coming and self._coming[-1].start <= position:
            heapq.heappush(self._heap, self._coming.pop())

    def _longest(self, position: int) -> int:
        """Return the length of the longest chain that crosses the gap after a position."""
        while self._heap and self._heap[0].end <= position:
            heapq.heappop(self._heap)
        return -self._heap[0].shortness if self._heap else 0
