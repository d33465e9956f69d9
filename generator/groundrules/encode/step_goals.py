"""`StepGoals`: what the jobs of a pipeline wait for after each step of a large change.

Dependencies are added from the first job of the graph on: those on jobs that wait for nothing,
then those on the jobs after them, then all others.  Where the new order is the opposite of the old
one, dependencies for the time between keep the rest of the order; then the old dependencies are
removed, and the new ones added.  What is not documented is removed at last.  So a step adds or
removes only: each part of it, in whatever order, has no cycle and keeps the order that stays.
"""

from __future__ import annotations

from enum import IntEnum

from groundrules.ci.wish import Wait
from groundrules.encode.kept_order import KeptOrder
from groundrules.encode.wanted import JobWaits, graph_with
from groundrules.graphs.cycles import cyclic_components
from groundrules.graphs.job_graph import JobGraph


class StepStage(IntEnum):
    """The steps, in their order."""

    FIRST = 0
    SECOND = 1
    REST = 2
    """The dependencies on jobs this deep in the graph, or deeper, are added together."""
    BRIDGES = 3
    OPPOSITES = 4
    REPLACEMENTS = 5
    LAST = 6


class StepGoals:
    """The steps of one pipeline, whose ``graph`` gets the ``wanted`` dependencies."""

    def __init__(self, graph: JobGraph, before: JobWaits, wanted: JobWaits) -> None:
        self._wanted = wanted
        self.kept = KeptOrder(graph, before, wanted)
        waves = graph_with(graph, wanted).waves()
        self._depth = {
            job: min(at, StepStage.REST) for at, wave in enumerate(waves) for job in wave
        }
        both = graph_with(graph, {job: (*before[job], *waits) for job, waits in wanted.items()})
        circles = cyclic_components({job: both.dependencies(job) for job in both.by_name})
        self._circle = {job: at for at, jobs in enumerate(circles) for job in jobs}
        self._opposites = {
            (job, wait.job)
            for job, waits in before.items()
            for wait in waits
            if self._is_in_circle(job, wait.job) and not self.kept.has(job, wait.job)
        }

    def after(self, stage: StepStage, before: JobWaits) -> JobWaits:
        """Return the dependencies after a step."""
        match stage:
            case StepStage.LAST:
                return self._wanted
            case StepStage.BRIDGES:
                bridges = self.kept.bridges(self._without_opposites(before))
                return {job: (*waits, *bridges.get(job, ())) for job, waits in before.items()}
            case StepStage.OPPOSITES:
                return self._without_opposites(before)
        return {job: self._with_new(stage, job, waits) for job, waits in before.items()}

    def _without_opposites(self, before: JobWaits) -> JobWaits:
        """Return the dependencies without those that cannot be there with the wanted ones."""
        return {
            job: tuple(wait for wait in waits if (job, wait.job) not in self._opposites)
            for job, waits in before.items()
        }

    def _with_new(self, stage: StepStage, job: str, before: tuple[Wait, ...]) -> tuple[Wait, ...]:
        known = {wait.job for wait in before}
        added = (
            wait
            for wait in self._wanted[job]
            if wait.job not in known and self._is_added(stage, job, wait.job)
        )
        if stage < StepStage.REST:
            return (*before, *added)
        softness = {wait.job: wait.soft for wait in self._wanted[job]}
        present = (
            wait if wait in self._wanted[job] else Wait(wait.job, softness.get(wait.job, wait.soft))
            for wait in before
        )
        return (*dict.fromkeys(present), *added)

    def _is_added(self, stage: StepStage, job: str, dependency: str) -> bool:
        if stage is StepStage.REPLACEMENTS:
            return True
        depth = self._depth.get(dependency, StepStage.REST)
        return depth <= stage and not self._is_in_circle(job, dependency)

    def _is_in_circle(self, job: str, other: str) -> bool:
        """Return whether two jobs wait for each other if old and new dependencies are there."""
        return job in self._circle and self._circle[job] == self._circle.get(other)
