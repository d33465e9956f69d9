"""`Gantt`: the picture of a plan, with a bar for each job over a common time.

Places along the time are shares of the width in percent, so the picture fits every screen without
being scaled, and its text stays as large as that of the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from groundrules.pages.diagram import MOST_JOBS
from groundrules.pages.diagram_layout import width_of
from groundrules.pages.graph_plans import PlanOnPage
from groundrules.plan.schedule import Run
from groundrules.text import duration

TOP, ROW = 26, 34
MOST_TICKS = 4
STEPS = (1, 5, 15, 30, 60, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 86400)
"""Seconds between two ticks; of longer times, a number of days."""


@dataclass(frozen=True, slots=True)
class GanttBar:
    """When a job runs: from ``start`` to ``done``, and paused until ``end``, in percent."""

    job: str
    y: int
    start: float
    done: float
    end: float
    is_critical: bool
    is_known: bool


@dataclass(frozen=True, slots=True)
class Gantt:
    """The picture: its ticks with their places, and its bars."""

    ticks: tuple[tuple[str, float], ...]
    bars: tuple[GanttBar, ...]

    @property
    def height(self) -> int:
        """The height in pixels."""
        return TOP + ROW * len(self.bars)

    @property
    def least_width(self) -> float:
        """The width of the longest name."""
        return max(width_of(bar.job) for bar in self.bars)


def gantt(plan: PlanOnPage) -> Gantt | None:
    """Return the picture of a plan; None if it never ends or is too large."""
    total = plan.schedule.total
    if not plan.schedule.ends or not total or len(plan.schedule.runs) > MOST_JOBS:
        return None
    bars = (_bar(plan, run, TOP + ROW * at) for at, run in enumerate(plan.schedule.runs))
    return Gantt(tuple(_ticks(total)), tuple(bars))


def _bar(plan: PlanOnPage, run: Run, y: int) -> GanttBar:
    start, done, end = (
        _share(time, plan.schedule.total) for time in (run.start, run.done, run.end)
    )
    is_known = plan.problem.by_name[run.job].duration is not None
    return GanttBar(run.job, y, start, done, end, not plan.critical.slack(run.job), is_known)


def _ticks(total: int) -> Iterator[tuple[str, float]]:
    fitting = (step for step in STEPS if total <= step * MOST_TICKS)
    step = next(fitting, -(-total // (MOST_TICKS * STEPS[-1])) * STEPS[-1])
    for time in range(0, total, step):
        yield duration(time), _share(time, total)


def _share(time: int, total: int) -> float:
    return round(100 * time / total, 2)
