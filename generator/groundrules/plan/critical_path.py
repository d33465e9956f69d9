"""The critical path: how long the jobs take if as many run at once as their order allows."""

from __future__ import annotations

from dataclasses import dataclass

from groundrules.plan.scheduling_problem import SchedulingProblem


@dataclass(frozen=True, slots=True)
class CriticalPath:
    """When each job can start and must start; times are in seconds.

    ``heads`` is the earliest start of each job, and ``tails`` the time from the start of each job
    to the end of the last job that depends on it.  ``path`` is one longest chain of jobs.
    """

    total: int
    heads: dict[str, int]
    tails: dict[str, int]
    path: tuple[str, ...]

    def slack(self, job: str) -> int:
        """Return how much later a job can start without delaying the end."""
        return self.total - self.heads[job] - self.tails[job]


def critical_path(problem: SchedulingProblem) -> CriticalPath:
    """Return the critical path of a problem, without semaphores and nodes.

    Raises `CycleError` if jobs wait for each other.
    """
    heads, tails = _heads(problem), _tails(problem)
    total = max((heads[job] + tails[job] for job in heads), default=0)
    return CriticalPath(total, heads, tails, tuple(_path(problem, total, heads, tails)))


def _heads(problem: SchedulingProblem) -> dict[str, int]:
    """Return the earliest start of each job."""
    heads: dict[str, int] = {}
    for name in problem.order:
        ends = (heads[job] + problem.by_name[job].least for job in problem.dependencies[name])
        heads[name] = max(problem.by_name[name].release, *ends, 0)
    return heads


def _tails(problem: SchedulingProblem) -> dict[str, int]:
    """Return the time from the start of each job to the end of the last one after it."""
    tails: dict[str, int] = {}
    for name in reversed(problem.order):
        after = max((tails[dependent] for dependent in problem.dependents[name]), default=0)
        tails[name] = problem.by_name[name].least + after
    return tails


def _path(
    problem: SchedulingProblem, total: int, heads: dict[str, int], tails: dict[str, int]
) -> list[str]:
    """Return a longest chain, at each step by the first job that is on one."""
    critical = [job.name for job in problem.jobs if heads[job.name] + tails[job.name] == total]
    starts = [name for name in critical if heads[name] == problem.by_name[name].release]
    starts.sort(key=lambda name: len(problem.dependencies[name]) > 0)  # the order is kept
    path = starts[:1]
    while path:
        end = heads[path[-1]] + problem.by_name[path[-1]].least
        following = [
            name
            for name in problem.dependents[path[-1]]
            if heads[name] == end and end + tails[name] == total
        ]
        if not following:
            break
        path.append(following[0])
    return path
