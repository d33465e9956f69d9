"""`WhatIfs`: the changes that a user asks for, made in one order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from groundrules.plan.scheduling_problem import SchedulingProblem
from groundrules.plan.what_if import (
    WhatIfError,
    merged,
    split,
    with_duration,
    with_edge,
    with_limit,
    with_nodes,
    without_edge,
)

Edge = tuple[str, str]
"""A job and the job that it waits for."""


class WhatIfs(Struct, frozen=True, kw_only=True):
    """Changes of a problem; durations are in seconds, ``splits`` are numbers of parts."""

    removed: tuple[Edge, ...] = ()
    added: tuple[Edge, ...] = ()
    durations: tuple[tuple[str, int], ...] = ()
    splits: tuple[tuple[str, int], ...] = ()
    merges: tuple[tuple[str, ...], ...] = ()
    semaphores: tuple[tuple[str, int], ...] = ()
    nodes: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is changed."""
        return self == WhatIfs()

    def check(self) -> None:
        """Raise `WhatIfError` for changes that contradict each other."""
        for edge in self.added:
            if edge in self.removed:
                raise WhatIfError(f"{edge[0]!r} cannot both wait for {edge[1]!r} and not")
        for what, pairs in (
            ("duration of", self.durations),
            ("split of", self.splits),
            ("limit of the semaphore", self.semaphores),
        ):
            if twice := _twice(name for name, _ in pairs):
                raise WhatIfError(f"the {what} {twice!r} is given twice")
        if twice := _twice(name for group in self.merges for name in set(group)):
            raise WhatIfError(f"{twice!r} is in two merges")
        for name, _ in self.splits:
            if any(name in group for group in self.merges):
                raise WhatIfError(f"{name!r} cannot be both split and merged")

    def within(self, problem: SchedulingProblem) -> WhatIfs:
        """Return the changes of jobs and semaphores that a problem has."""
        held = {semaphore for job in problem.jobs for semaphore in job.semaphores}
        kept: dict[str, tuple[Any, ...]] = {}
        for field in _CHANGES:
            known = held if field == "semaphores" else problem.by_name.keys()
            kept[field] = tuple(
                values
                for values in getattr(self, field)
                if known >= {value for value in values if isinstance(value, str)}
            )
        return replace(self, **kept)

    def applied(self, problem: SchedulingProblem) -> SchedulingProblem:
        """Return the changed problem: edges and durations first, then splits, merges and limits.

        Raises `WhatIfError` for a change that cannot be made.
        """
        self.check()
        for field, change in _CHANGES.items():
            for values in getattr(self, field):
                problem = change(problem, *values)
        return problem if self.nodes is None else with_nodes(problem, self.nodes)


_CHANGES: dict[str, Callable[..., SchedulingProblem]] = {
    "removed": without_edge,
    "added": with_edge,
    "durations": with_duration,
    "splits": split,
    "merges": merged,
    "semaphores": with_limit,
}
"""What makes the changes of each field, in their order."""


def _twice(names: Iterable[str]) -> str | None:
    """Return a name that is there more than once."""
    return next((name for name, count in Counter(names).items() if count > 1), None)
