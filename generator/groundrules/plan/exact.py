"""The shortest schedule, found by OR-Tools' solver CP-SAT; needs the extra ``plan``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundrules.plan.schedule import Run, Schedule
from groundrules.plan.scheduling_problem import SchedulingProblem

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

SEED = 0


@dataclass(frozen=True, slots=True)
class Exact:
    """The best schedule that was found, and the seconds that every schedule takes at least.

    The schedule is a shortest one if its total is ``bound``.
    """

    schedule: Schedule
    bound: int


def exact(problem: SchedulingProblem, known: Schedule, seconds: float) -> Exact:
    """Return the best schedule that is found in a time of ``seconds``.

    It is not longer than ``known``, a schedule of all jobs of the problem.

    Raises `ImportError` without OR-Tools.
    """
    from ortools.sat.python import cp_model

    model = _Model(problem, known, cp_model.CpModel())
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.random_seed = SEED
    status = solver.solve(model.model)
    bound = max(0, round(solver.best_objective_bound))
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Exact(known, min(bound, known.total))
    return Exact(model.schedule(solver), bound)


class _Model:
    """The variables and constraints of a problem."""

    def __init__(
        self, problem: SchedulingProblem, known: Schedule, model: cp_model.CpModel
    ) -> None:
        self.model = model
        self._problem = problem
        self._horizon = known.total
        self._start = {
            job.name: model.new_int_var(job.release, known.total, "") for job in problem.jobs
        }
        self._end = {job.name: self._ends(job.name) for job in problem.jobs}
        self._order()
        self._share()
        self._total = model.new_int_var(0, known.total, "")
        for end in self._end.values():
            model.add(self._total >= end)
        model.minimize(self._total)
        for run in known.runs:
            model.add_hint(self._start[run.job], run.start)

    def _done(self, name: str) -> cp_model.LinearExprT:
        return self._start[name] + self._problem.by_name[name].least

    def _ends(self, name: str) -> cp_model.LinearExprT:
        if not self._problem.by_name[name].pauses:
            return self._done(name)
        return self.model.new_int_var(0, self._horizon, "")

    def _order(self) -> None:
        """Let each job start after all that it waits for, and paused jobs end last."""
        settled: dict[str, cp_model.LinearExprT] = {}
        for name in reversed(self._problem.order):
            settled[name] = end = self._end[name]
            dependents = self._problem.dependents[name]
            if self._problem.by_name[name].pauses:
                self.model.add(end >= self._done(name))
            elif dependents:  # the end of the last descendant
                settled[name] = end = self.model.new_int_var(0, self._horizon, "")
                self.model.add(end >= self._end[name])
            for dependent in dependents:
                self.model.add(self._start[dependent] >= self._done(name))
                self.model.add(end >= settled[dependent])

    def _share(self) -> None:
        """Let no more jobs hold a resource at the same time than there is of it."""
        uses: dict[str, list[tuple[cp_model.IntervalVar, int]]] = {}
        for job in self._problem.jobs:
            needs = self._problem.needs(job)
            if not needs:
                continue
            start, end = self._start[job.name], self._end[job.name]
            length = self.model.new_int_var(0, self._horizon, "") if job.pauses else job.least
            interval = self.model.new_interval_var(start, length, end, "")
            for resource, count in needs.items():
                uses.setdefault(resource, []).append((interval, count))
        for resource, pairs in uses.items():
            intervals, counts = zip(*pairs, strict=True)
            self.model.add_cumulative(intervals, counts, self._problem.limit(resource))

    def schedule(self, solver: cp_model.CpSolver) -> Schedule:
        """Return the solution of a solver.

        The model lets a paused job end later than it has to, which is never of use; so ends follow
        from the starts here.
        """
        starts = {name: solver.value(start) for name, start in self._start.items()}
        runs = _runs(self._problem, starts)
        return Schedule(tuple(sorted(runs, key=lambda run: run.start)))


def _runs(problem: SchedulingProblem, starts: Mapping[str, int]) -> list[Run]:
    """Return the runs of jobs with these starts; paused jobs end with their last descendant."""
    runs: dict[str, Run] = {}
    settled: dict[str, int] = {}
    for name in reversed(problem.order):
        job, start = problem.by_name[name], starts[name]
        done = start + job.least
        settled[name] = max([done, *(settled[other] for other in problem.dependents[name])])
        runs[name] = Run(name, start, done, settled[name] if job.pauses else done)
    return [runs[job.name] for job in problem.jobs]
