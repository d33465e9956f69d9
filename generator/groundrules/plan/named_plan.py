"""`Plans`: the plans of several graphs, each with its title, and a day of their pipelines."""

from __future__ import annotations

from msgspec import Struct

from groundrules.plan.day_request import SimulatedDay
from groundrules.plan.graph_plan import GraphPlan


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
