"""`WhatIfs`: the changes that a user asks for, made in one order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

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
        names = problem.by_name.keys()
        held = {semaphore for job in problem.jobs for semaphore in job.semaphores}
        return WhatIfs(
            removed=tuple(edge for edge in self.removed if names >= {*edge}),
            added=tuple(edge for edge in self.added if names >= {*edge}),
            durations=tuple(pair for pair in self.durations if pair[0] in names),
            splits=tuple(pair for pair in self.splits if pair[0] in names),
            merges=tuple(group for group in self.merges if names >= {*group}),
            semaphores=tuple(pair for pair in self.semaphores if pair[0] in held),
            nodes=self.nodes,
        )

    def applied(self, problem: SchedulingProblem) -> SchedulingProblem:
        """Return the changed problem: edges and durations first, then splits, merges and limits.

        Raises `WhatIfError` for a change that cannot be made.
        """
        self.check()
        for edge in self.removed:
            problem = without_edge(problem, *edge)
        for edge in self.added:
            problem = with_edge(problem, *edge)
        for duration in self.durations:
            problem = with_duration(problem, *duration)
        for part in self.splits:
            problem = split(problem, *part)
        for group in self.merges:
            problem = merged(problem, group)
        for limit in self.semaphores:
            problem = with_limit(problem, *limit)
        return problem if self.nodes is None else with_nodes(problem, self.nodes)


def _twice(names: Iterable[str]) -> str | None:
    """Return a name that is there more than once."""
    return next((name for name, count in Counter(names).items() if count > 1), None)
