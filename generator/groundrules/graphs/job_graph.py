"""`JobGraph`: jobs and their dependencies, for documented and real graphs.

It does not depend on a CI system. *Dependency* and *dependent* describe the graph; *parent* and
*child* describe inheritance, which is only an attribute of jobs here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from types import MappingProxyType

from groundrules.graphs.cycles import Links, elementary_cycles
from groundrules.graphs.elements import Absent, Edge, Elsewhere, Job
from groundrules.grouping import grouped


class CycleError(ValueError):
    """A graph has a cycle and so no order; ``cycle`` is the first cycle."""

    def __init__(self, cycle: tuple[str, ...]) -> None:
        super().__init__(f"the jobs wait for each other: {' → '.join((*cycle, cycle[0]))}")
        self.cycle = cycle


@dataclass(frozen=True)
class JobGraph:
    """Jobs in the order of their first mention, and the edges between them.

    An edge is *effective* if both its jobs are in the graph, otherwise it is *dangling*. The
    methods that follow edges use only effective ones.

    Raises `ValueError` if two jobs have the same name.
    """

    jobs: tuple[Job, ...] = ()
    edges: tuple[Edge, ...] = ()
    absent: tuple[Absent, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    possible: frozenset[str] = frozenset()
    """The dependencies that are not in the graph but may be, since not everything is known."""

    def __post_init__(self) -> None:
        if len(self.by_name) < len(self.jobs):
            counts = Counter(job.name for job in self.jobs)
            twice = sorted(name for name, count in counts.items() if count > 1)
            raise ValueError(f"more than one job of the name {', '.join(twice)}")

    @cached_property
    def by_name(self) -> Mapping[str, Job]:
        """The jobs by their names."""
        return MappingProxyType({job.name: job for job in self.jobs})

    @cached_property
    def effective(self) -> tuple[Edge, ...]:
        """The edges whose two jobs are both in the graph."""
        return tuple(edge for edge in self.edges if self.is_effective(edge))

    @cached_property
    def _by_job(self) -> Mapping[str, Sequence[Edge]]:
        return grouped((edge.job, edge) for edge in self.edges)

    @cached_property
    def _by_pair(self) -> Mapping[tuple[str, str], Sequence[Edge]]:
        return grouped(((edge.job, edge.dependency), edge) for edge in self.edges)

    @cached_property
    def _absent(self) -> Mapping[str, Absent]:
        return {job.name: job for job in reversed(self.absent)}

    @cached_property
    def _dependencies(self) -> Links:
        links = grouped((edge.job, edge.dependency) for edge in self.effective)
        return {job: tuple(dict.fromkeys(links.get(job, ()))) for job in self.by_name}

    @cached_property
    def _dependents(self) -> Links:
        links = grouped((edge.dependency, edge.job) for edge in self.effective)
        return {job: tuple(dict.fromkeys(links.get(job, ()))) for job in self.by_name}

    @property
    def dangling(self) -> tuple[Edge, ...]:
        """The edges to or from a job that is not in the graph."""
        return tuple(edge for edge in self.edges if not self.is_effective(edge))

    def is_known(self, edge: Edge) -> bool:
        """Return whether it is known if an edge is effective.

        A graph with a hard edge to a missing job is refused, so an accepted one is unknown.
        """
        return self.is_effective(edge) or (edge.soft and edge.dependency not in self.possible)

    def is_effective(self, edge: Edge) -> bool:
        """Return whether both jobs of ``edge`` are in the graph."""
        return edge.job in self.by_name and edge.dependency in self.by_name

    def edges_of(self, job: str) -> Sequence[Edge]:
        """Return the edges that start at a job, in the order they were declared."""
        return self._by_job.get(job, ())

    def edges_between(self, job: str, dependency: str) -> Sequence[Edge]:
        """Return the edges from a job to a dependency; there can be a hard and a soft one."""
        return self._by_pair.get((job, dependency), ())

    def effective_between(self, job: str, dependency: str) -> Sequence[Edge]:
        """Return the edges from a job to a dependency, if both are in the graph."""
        is_effective = job in self.by_name and dependency in self.by_name
        return self.edges_between(job, dependency) if is_effective else ()

    def absent_job(self, name: str) -> Absent | None:
        """Return the reason why a job is missing; None for other jobs."""
        return self._absent.get(name)

    def dependencies(self, job: str) -> tuple[str, ...]:
        """Return the jobs that ``job`` waits for directly, in the order they were declared."""
        return self._dependencies[job]

    def dependents(self, job: str) -> tuple[str, ...]:
        """Return the jobs that wait for ``job`` directly."""
        return self._dependents[job]

    def way(self, start: str, end: str) -> tuple[str, ...]:
        """Return the shortest path from a job to a dependency, with both, or nothing."""
        came: dict[str, str] = {}
        todo = [start] if start in self.by_name else []
        for job in todo:
            new = [dependency for dependency in self.dependencies(job) if dependency not in came]
            came |= dict.fromkeys(new, job)
            todo += new
            if end in came:
                way = [end, came[end]]
                while way[-1] != start:
                    way.append(came[way[-1]])
                return (*reversed(way),)
        return ()

    def ancestors(self, job: str) -> frozenset[str]:
        """Return all jobs that ``job`` waits for, directly or through others.

        A job is its own ancestor only if it is part of a cycle.
        """
        return _reached(self._dependencies, job)

    def descendants(self, job: str) -> frozenset[str]:
        """Return all jobs that wait for ``job``, directly or through others."""
        return _reached(self._dependents, job)

    def waves(self) -> tuple[tuple[str, ...], ...]:
        """Return groups of jobs; each group can run after the groups before it.

        Raises `CycleError` if jobs wait for each other.
        """
        waiting = {job: len(links) for job, links in self._dependencies.items()}
        wave = [job for job, count in waiting.items() if count == 0]
        waves, done = [], 0
        while wave:
            waves.append(tuple(wave))
            done += len(wave)
            freed: list[str] = []
            for dependent in (dependent for job in wave for dependent in self._dependents[job]):
                waiting[dependent] -= 1
                if waiting[dependent] == 0:
                    freed.append(dependent)
            wave = freed
        if done < len(self.jobs):
            raise CycleError(self.cycles(limit=1)[0])
        return tuple(waves)

    def reduced(self) -> JobGraph:
        """Return the graph without the effective edges that a longer path implies.

        Dangling edges stay.  Raises `CycleError` if jobs wait for each other.
        """
        order = [job for wave in self.waves() for job in wave]
        position = {job: index for index, job in enumerate(order)}
        behind: list[int] = []  # for each job, in order: its ancestors, a bit each
        kept = set()
        for job in order:
            covered = 0
            links = self._dependencies[job]
            for index in sorted((position[link] for link in links), reverse=True):
                if not covered >> index & 1:
                    kept.add((job, order[index]))
                    covered |= behind[index] | 1 << index
            behind.append(covered)
        kept |= {(edge.job, edge.dependency) for edge in self.dangling}
        edges = (edge for edge in self.edges if (edge.job, edge.dependency) in kept)
        return replace(self, edges=tuple(edges))

    def cycles(self, limit: int = 100) -> tuple[tuple[str, ...], ...]:
        """Return the elementary cycles, each from its alphabetically first job, sorted.

        There can be exponentially many; the search stops after ``limit`` of them.
        """
        return tuple(sorted(islice(elementary_cycles(self._dependencies), limit)))

    def around(self, job: str) -> JobGraph:
        """Return ``job`` with its ancestors and descendants.

        Raises `KeyError` if the job is not in the graph.
        """
        near = {job} | self.ancestors(job) | self.descendants(job)
        return JobGraph(
            tuple(job for job in self.jobs if job.name in near),
            tuple(edge for edge in self.edges if edge.job in near),
            elsewhere=tuple(
                one for one in self.elsewhere if not one.jobs or not near.isdisjoint(one.jobs)
            ),
            possible=self.possible,
        )


def _reached(links: Links, start: str) -> frozenset[str]:
    reached: set[str] = set()
    todo = list(links[start])
    while todo:
        if (job := todo.pop()) not in reached:
            reached.add(job)
            todo += links[job]
    return frozenset(reached)
