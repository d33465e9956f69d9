"""`SchedulingProblem`: jobs with durations and dependencies, and what they share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from msgspec import Struct

from groundrules.graphs.cycles import elementary_cycles
from groundrules.graphs.job_graph import CycleError
from groundrules.graphs.reachability import backwards, ends_first

NODES = ""
"""The name of the nodes among the resources; no semaphore has it."""


class PlannedJob(Struct, frozen=True, kw_only=True):
    """A job of a plan.

    ``duration`` is in seconds; None if it is unknown.  ``longest`` is its maximum or its timeout,
    in which Zuul counts neither post-run playbooks nor further attempts (``runPlaybooks``
    in its ``executor/server.py``).  ``nodes`` is None if their number is
    unknown; it counts as 1.  A job that ``pauses`` lets its dependents start once it is done,
    and keeps its semaphores and nodes until the last of its descendants has finished.  The job
    starts at ``release`` at the earliest, in seconds.

    It ``touches`` what no other job may touch or share at the same time, and ``shares`` what others
    may share too.  A job with neither is one of which that is unknown.
    """

    name: str
    duration: int | None = None
    longest: int | None = None
    dependencies: tuple[str, ...] = ()
    semaphores: tuple[str, ...] = ()
    nodes: int | None = None
    pauses: bool = False
    release: int = 0
    touches: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()

    @property
    def counted_nodes(self) -> int:
        """The number of its nodes; 1 if it is unknown."""
        return 1 if self.nodes is None else self.nodes

    @property
    def least(self) -> int:
        """The duration in seconds; 0 if it is unknown."""
        return self.duration or 0


@dataclass(frozen=True)
class SchedulingProblem:
    """Jobs, and the limits of what they share.

    The jobs are in the order in which the CI system starts them.  A semaphore without a limit
    admits one job, as in Zuul.  ``nodes`` is None where their number does not matter.
    Dependencies on jobs that are not part of the problem are ignored.
    """

    jobs: tuple[PlannedJob, ...]
    limits: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    nodes: int | None = None

    @cached_property
    def by_name(self) -> dict[str, PlannedJob]:
        """The jobs by their names."""
        return {job.name: job for job in self.jobs}

    @cached_property
    def dependencies(self) -> dict[str, tuple[str, ...]]:
        """The jobs of this problem that each job waits for."""
        names = self.by_name
        return {
            job.name: tuple(dict.fromkeys(name for name in job.dependencies if name in names))
            for job in self.jobs
        }

    @cached_property
    def dependents(self) -> dict[str, list[str]]:
        """The jobs that wait for each job directly."""
        return backwards(self.dependencies)

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The jobs, each after all that it waits for.

        Raises `CycleError` if jobs wait for each other.
        """
        order = ends_first(self.dependencies)
        if order is None:
            raise CycleError(next(elementary_cycles(self.dependencies)))
        return order

    @cached_property
    def unknown(self) -> tuple[str, ...]:
        """The jobs whose duration is unknown."""
        return tuple(job.name for job in self.jobs if job.duration is None)

    def needs(self, job: PlannedJob) -> dict[str, int]:
        """Return how much a job takes of each resource that is limited."""
        needs = dict.fromkeys(job.semaphores, 1)
        if self.nodes is not None and job.counted_nodes:
            needs[NODES] = job.counted_nodes
        return needs

    def exclusive(self, job: PlannedJob) -> tuple[str, ...]:
        """Return the semaphores of a job that no other job can hold at the same time."""
        return tuple(name for name in job.semaphores if self.limit(name) == 1)

    def limit(self, resource: str) -> int:
        """Return how much there is of a resource."""
        return (self.nodes or 0) if resource == NODES else self.limits.get(resource, 1)
