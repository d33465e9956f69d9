"""`CommonUse`: which jobs touch the same things, as far as that is documented."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from groundrules.graphs.reachability import NodeSets
from groundrules.plan.scheduling_problem import PlannedJob


class CommonUse:
    """Sets of jobs by what they touch and share."""

    def __init__(self, jobs: Sequence[PlannedJob], sets: NodeSets) -> None:
        self._touching = by_word(sets, ((job.name, job.touches) for job in jobs))
        self._sharing = by_word(sets, ((job.name, job.shares) for job in jobs))
        self._documented = sets.of(job.name for job in jobs if job.touches or job.shares)

    def common(self, job: PlannedJob) -> int:
        """Return the jobs that touch something that a job uses, or use something it touches."""
        touched = any_of(self._touching, (*job.touches, *job.shares))
        return touched | any_of(self._sharing, job.touches)

    def disjoint(self, job: PlannedJob) -> int:
        """Return the jobs that have nothing in common with a job, where both are documented."""
        if not (job.touches or job.shares):
            return 0
        return self._documented & ~self.common(job)


def by_word(sets: NodeSets, words: Iterable[tuple[str, Iterable[str]]]) -> dict[str, int]:
    """Return the set of the jobs of each word."""
    result: dict[str, int] = {}
    for job, of_job in words:
        for word in of_job:
            result[word] = result.get(word, 0) | sets.bit[job]
    return result


def any_of(jobs: dict[str, int], words: Iterable[str]) -> int:
    """Return the jobs of any of some words."""
    result = 0
    for word in words:
        result |= jobs.get(word, 0)
    return result
