"""`PlanOnPage`: how long the jobs of a graph take, for its page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from groundrules.graphs.reachability import ends_first
from groundrules.plan.critical_path import CriticalPath, critical_path
from groundrules.plan.documented_problem import assumed_limits, planned_graphs
from groundrules.plan.pairs import Pairs, pairs
from groundrules.plan.planned_graph import PlannedGraph
from groundrules.plan.schedule import Run, Schedule
from groundrules.plan.scheduling_problem import SchedulingProblem
from groundrules.plan.simulation import simulated
from groundrules.records.graph import Graph

MOST_PLANS = 3
"""Pipelines with different jobs that are planned; else a page would have jobs times pipelines."""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A job in the table of a plan; times are in seconds, ``takes`` is None if it is unknown."""

    job: str
    takes: int | None
    start: int
    end: int
    slack: int
    pauses: bool


@dataclass(frozen=True, slots=True)
class PlanOnPage:
    """The plan of pipelines with the same jobs; ``assumed`` are semaphores of unknown limit.

    With ``has_planned``, there are dependencies that are not enforced yet.
    """

    pipelines: tuple[str, ...]
    problem: SchedulingProblem
    schedule: Schedule
    critical: CriticalPath
    pairs: Pairs
    assumed: tuple[str, ...]
    has_planned: bool

    @property
    def serial(self) -> int:
        """The seconds that the jobs take one after another."""
        return sum(job.least for job in self.problem.jobs)

    @property
    def limits(self) -> tuple[tuple[str, int], ...]:
        """The semaphores and locks that jobs hold, each with its limit."""
        held = dict.fromkeys(name for job in self.problem.jobs for name in job.semaphores)
        return tuple((name, self.problem.limit(name)) for name in held)

    @property
    def rows(self) -> tuple[PlanRow, ...]:
        """The jobs in the order in which they start."""
        return tuple(map(self._row, self.schedule.runs))

    def _row(self, run: Run) -> PlanRow:
        takes = self.problem.by_name[run.job].duration
        slack = self.critical.slack(run.job)
        return PlanRow(run.job, takes, run.start, run.end, slack, run.end > run.done)


def plans_on_page(graph: Graph) -> tuple[PlanOnPage, ...]:
    """Return the plans of pipelines with a job whose duration is known."""
    if not any(job.duration.typical for job in graph.current) or ends_first(graph.links) is None:
        return ()
    return tuple(_plans(graph))


def _plans(graph: Graph) -> Iterator[PlanOnPage]:
    for planned in islice(planned_graphs(graph), MOST_PLANS):
        if any(job.least for job in planned.problem.jobs):
            yield _plan(graph, planned)


def plan_of(graph: Graph, pipeline: str) -> PlanOnPage | None:
    """Return the plan of a pipeline; None if its page has none."""
    return next((plan for plan in plans_on_page(graph) if pipeline in plan.pipelines), None)


def _plan(graph: Graph, planned: PlannedGraph) -> PlanOnPage:
    problem = planned.problem
    return PlanOnPage(
        pipelines=planned.pipelines,
        problem=problem,
        schedule=simulated(problem),
        critical=critical_path(problem),
        pairs=pairs(problem, planned.independent),
        assumed=assumed_limits(problem, graph),
        has_planned=planned.has_planned,
    )
