"""`PlannedGraph`: a graph that is planned, with its title and what was assumed of it."""

from __future__ import annotations

from msgspec import Struct

from groundrules.plan.scheduling_problem import SchedulingProblem


class PlanError(ValueError):
    """A request that cannot be answered; the message says why."""


class PlannedGraph(Struct, frozen=True, kw_only=True):
    """A problem with its title, what is declared independent, and what was assumed.

    ``tenant`` is the tenant in Zuul that the manual names for it.  With ``has_planned``, it has
    dependencies that nothing enforces yet.
    """

    title: str
    problem: SchedulingProblem
    independent: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()
    tenant: str | None = None
    project: str = ""
    pipelines: tuple[str, ...] = ()
    has_planned: bool = False
