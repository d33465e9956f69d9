"""What-ifs: changes of a problem, to compare with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from groundrules.plan.scheduling_problem import PlannedJob, SchedulingProblem


class WhatIfError(ValueError):
    """A change that cannot be made, such as one of an unknown job."""


class UnknownJobError(WhatIfError):
    """A change of a job that the problem does not have; ``name`` is its name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"unknown job {name!r}")
        self.name = name


def with_limit(problem: SchedulingProblem, semaphore: str, limit: int) -> SchedulingProblem:
    """Return the problem with another limit of a semaphore that jobs hold."""
    if not any(semaphore in job.semaphores for job in problem.jobs):
        raise WhatIfError(f"no job holds the semaphore {semaphore!r}")
    return SchedulingProblem(problem.jobs, {**problem.limits, semaphore: limit}, problem.nodes)


def with_nodes(problem: SchedulingProblem, nodes: int) -> SchedulingProblem:
    """Return the problem with a number of nodes for all jobs."""
    return SchedulingProblem(problem.jobs, problem.limits, nodes)


def with_duration(problem: SchedulingProblem, name: str, seconds: int) -> SchedulingProblem:
    """Return the problem with another duration of a job."""
    _known(problem, name)
    return _with_job(problem, replace(problem.by_name[name], duration=seconds))


def with_edge(problem: SchedulingProblem, name: str, dependency: str) -> SchedulingProblem:
    """Return the problem with a job that waits for another one too."""
    _known(problem, name, dependency)
    if dependency in problem.dependencies[name]:
        raise WhatIfError(f"{name!r} already depends on {dependency!r}")
    job = problem.by_name[name]
    return _with_job(problem, replace(job, dependencies=(*job.dependencies, dependency)))


def without_edge(problem: SchedulingProblem, name: str, dependency: str) -> SchedulingProblem:
    """Return the problem with a job that no longer waits for another one."""
    _known(problem, name, dependency)
    if dependency not in problem.dependencies[name]:
        raise WhatIfError(f"{name!r} does not depend on {dependency!r}")
    job = problem.by_name[name]
    left = tuple(other for other in job.dependencies if other != dependency)
    return _with_job(problem, replace(job, dependencies=left))


def merged(problem: SchedulingProblem, *names: str) -> SchedulingProblem:
    """Return the problem with one job in place of several.

    It takes as long as all of them one after another, waits for all that they wait for, and holds
    all that they hold.  It has the place of the first of them.
    """
    _known(problem, *names)
    if len(set(names)) < 2:
        raise WhatIfError("a merge needs two different jobs")
    parts = [problem.by_name[name] for name in dict.fromkeys(names)]
    whole = PlannedJob(
        name="+".join(job.name for job in parts),
        duration=_sum(job.duration for job in parts),
        longest=_sum(job.longest for job in parts),
        dependencies=_union(job.dependencies for job in parts),
        semaphores=_union(job.semaphores for job in parts),
        nodes=max((job.nodes for job in parts if job.nodes is not None), default=None),
        pauses=any(job.pauses for job in parts),
        release=max(job.release for job in parts),
        touches=_union(job.touches for job in parts),
        shares=_union(job.shares for job in parts),
    )
    return _in_place(problem, {job.name: (whole,) for job in parts})


def split(problem: SchedulingProblem, name: str, count: int) -> SchedulingProblem:
    """Return the problem with several jobs side by side, each with a part of a job's work."""
    _known(problem, name)
    if count < 2:
        raise WhatIfError(f"a split of {name!r} needs at least two parts")
    job = problem.by_name[name]
    parts = tuple(
        replace(
            job,
            name=f"{name}-{number}",
            duration=_part(job.duration, count),
            longest=_part(job.longest, count),
        )
        for number in range(1, count + 1)
    )
    return _in_place(problem, {name: parts})


def _in_place(
    problem: SchedulingProblem, new: Mapping[str, tuple[PlannedJob, ...]]
) -> SchedulingProblem:
    """Return the problem with other jobs in the place of some; dependents wait for all of them."""
    taken = problem.by_name.keys() - new.keys()
    for job in (job for jobs in new.values() for job in jobs if job.name in taken):
        raise WhatIfError(f"there is a job {job.name!r} already")
    names = {old: tuple(job.name for job in jobs) for old, jobs in new.items()}
    result: dict[str, PlannedJob] = {}
    for old in problem.jobs:
        for job in new.get(old.name, (old,)):
            waits = _union(names.get(name, (name,)) for name in job.dependencies)
            own = names.get(old.name, ())
            waits = tuple(name for name in waits if name not in own)
            result.setdefault(job.name, replace(job, dependencies=waits))
    return SchedulingProblem(tuple(result.values()), problem.limits, problem.nodes)


def _with_job(problem: SchedulingProblem, new: PlannedJob) -> SchedulingProblem:
    """Return the problem with a job in the place of the one with its name."""
    jobs = tuple(new if job.name == new.name else job for job in problem.jobs)
    return SchedulingProblem(jobs, problem.limits, problem.nodes)


def _known(problem: SchedulingProblem, *names: str) -> None:
    for name in names:
        if name not in problem.by_name:
            raise UnknownJobError(name)


def _sum(durations: Iterable[int | None]) -> int | None:
    """Return the sum of durations; None if one is unknown."""
    known = list(durations)
    return None if None in known else sum(seconds or 0 for seconds in known)


def _part(seconds: int | None, count: int) -> int | None:
    return None if seconds is None else -(-seconds // count)


def _union(tuples: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for names in tuples for name in names))
