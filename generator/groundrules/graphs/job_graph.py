"""Which job waits for which: `JobGraph`, the same type for documented and for real graphs.

Knows no CI system.  *Dependency* and *dependent* are the words of this module; *parent* and
*child* belong to inheritance and occur here only as a fact about a job.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from types import MappingProxyType
from typing import NamedTuple

from groundrules.diagnostics import Location
from groundrules.graphs.cycles import Links, elementary_cycles


class Status(StrEnum):
    """Whether an edge is enforced by the CI system today, or only meant to be."""

    ENFORCED = "enforced"
    """The real configuration has it."""
    PLANNED = "planned"
    """It is known to be needed; the configuration does not have it, or it was not checked."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way that brought something into a graph: what it was, and where it is."""

    what: str
    location: Location | None
    """None for a job that no file here defines, such as one of the CI system itself."""


@dataclass(frozen=True, slots=True)
class NameAt:
    """A name, such as of a label, at the place where it is written.

    ``chain`` is how it got to a job.  A semaphore that is held for a part of the job only is
    ``partial``.
    """

    name: str
    location: Location | None = None
    chain: tuple[Step, ...] = ()
    partial: bool = False


class FilePattern(NamedTuple):
    """An expression for paths; with ``negate`` it means those that it does not match."""

    text: str
    negate: bool = False

    def __str__(self) -> str:
        return f"not {self.text}" if self.negate else self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job of one graph, with what bears on when it runs and what it holds while it does.

    ``parents`` are the jobs it inherits from, nearest first; ``files`` the expressions of which
    one has to match a changed file.  ``has_empty_files`` says that its list of them is empty, so
    that it runs for no changed file.  ``timeout`` is in seconds.  ``inherits_dependencies`` says
    that the job waits for what its parents wait for too.
    """

    name: str
    location: Location | None = None
    chain: tuple[Step, ...] = ()
    labels: tuple[NameAt, ...] = ()
    semaphores: tuple[NameAt, ...] = ()
    tags: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    files: tuple[FilePattern, ...] = ()
    has_empty_files: bool = False
    irrelevant_files: tuple[FilePattern, ...] = ()
    voting: bool = True
    inherits_dependencies: bool = False
    timeout: int | None = None
    elsewhere: tuple[str, ...] = ()
    """The job itself, or its parents, as far as another repository defines them.

    Their definitions are unknown.  The parent that all jobs have by default is left out.
    """

    @property
    def is_elsewhere(self) -> bool:
        """Whether another repository defines the job."""
        return self.name in self.elsewhere

    @property
    def has_file_matcher(self) -> bool:
        """Whether the files of a change can keep it from running."""
        return bool(self.files or self.irrelevant_files or self.has_empty_files)


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """A name that is used here and defined in another repository: what it adds is not known.

    ``kind`` is the CI system's own word for what it is; ``jobs`` are those of the graph that are
    made from it, none where it could bring any job.
    """

    kind: str
    name: str
    location: Location | None = None
    jobs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """``job`` waits for ``dependency``.

    A ``soft`` edge counts only where its dependency is in the graph.  One that is not
    ``declared`` follows from a rule of the CI system and is written in no file.
    """

    job: str
    dependency: str
    soft: bool = False
    declared: bool = True
    status: Status = Status.ENFORCED
    why: str = ""
    location: Location | None = None
    chain: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """A job that one could expect in a graph and that is not there, and why.

    Where that is not sure, ``reason`` says what it depends on.  ``cause`` is where the CI system
    itself reports what is wrong, if it does.
    """

    name: str
    reason: str
    location: Location | None = None
    is_sure: bool = True
    cause: Location | None = None


class CycleError(ValueError):
    """A graph has no order, because of a cycle; ``cycle`` is the first one."""

    def __init__(self, cycle: tuple[str, ...]) -> None:
        super().__init__(f"the jobs wait for each other: {' → '.join((*cycle, cycle[0]))}")
        self.cycle = cycle


@dataclass(frozen=True, slots=True)
class JobGraph:
    """Jobs in the order of their first mention, and the edges between them.

    An edge is *effective* when both its jobs are in the graph, else it *dangles*.  The methods
    that follow edges see effective ones only.

    Raises `ValueError` when two jobs have one name.
    """

    jobs: tuple[Job, ...] = ()
    edges: tuple[Edge, ...] = ()
    absent: tuple[Absent, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    by_name: Mapping[str, Job] = field(init=False, repr=False, compare=False)
    effective: tuple[Edge, ...] = field(init=False, repr=False, compare=False)
    """The edges whose two jobs are both in the graph."""
    _by_job: dict[str, list[Edge]] = field(init=False, repr=False, compare=False)
    _by_pair: dict[tuple[str, str], list[Edge]] = field(init=False, repr=False, compare=False)
    _absent: dict[str, Absent] = field(init=False, repr=False, compare=False)
    _dependencies: Links = field(init=False, repr=False, compare=False)
    _dependents: Links = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_name = {job.name: job for job in self.jobs}
        if len(by_name) < len(self.jobs):
            counts = Counter(job.name for job in self.jobs)
            twice = sorted(name for name, count in counts.items() if count > 1)
            raise ValueError(f"more than one job of the name {', '.join(twice)}")
        object.__setattr__(self, "by_name", MappingProxyType(by_name))
        object.__setattr__(self, "_by_job", {})
        object.__setattr__(self, "_by_pair", {})
        object.__setattr__(self, "_absent", {})
        effective = tuple(edge for edge in self.edges if self.is_effective(edge))
        object.__setattr__(self, "effective", effective)
        pairs = dict.fromkeys((edge.job, edge.dependency) for edge in self.effective)
        object.__setattr__(self, "_dependencies", _linked(by_name, pairs))
        backwards = ((dependency, job) for job, dependency in pairs)
        object.__setattr__(self, "_dependents", _linked(by_name, backwards))

    @property
    def dangling(self) -> tuple[Edge, ...]:
        """The edges that lead to, or start at, a job that is not in the graph."""
        return tuple(edge for edge in self.edges if not self.is_effective(edge))

    def is_effective(self, edge: Edge) -> bool:
        """Return whether both jobs of ``edge`` are in the graph."""
        return edge.job in self.by_name and edge.dependency in self.by_name

    def edges_of(self, job: str) -> Sequence[Edge]:
        """Return the edges that start at a job, in the order they were declared."""
        if not self._by_job:  # few graphs need this index
            for edge in self.edges:
                self._by_job.setdefault(edge.job, []).append(edge)
        return self._by_job.get(job, ())

    def edges_between(self, job: str, dependency: str) -> Sequence[Edge]:
        """Return the edges from a job to a dependency: there may be a hard and a soft one."""
        if not self._by_pair:
            for edge in self.edges:
                self._by_pair.setdefault((edge.job, edge.dependency), []).append(edge)
        return self._by_pair.get((job, dependency), ())

    def absent_job(self, name: str) -> Absent | None:
        """Return why a job that could be expected is missing; None for other jobs."""
        if not self._absent:
            self._absent.update((job.name, job) for job in reversed(self.absent))
        return self._absent.get(name)

    def dependencies(self, job: str) -> tuple[str, ...]:
        """Return the jobs that ``job`` waits for directly, in the order they were declared."""
        return self._dependencies[job]

    def dependents(self, job: str) -> tuple[str, ...]:
        """Return the jobs that wait for ``job`` directly."""
        return self._dependents[job]

    def way(self, start: str, end: str) -> tuple[str, ...]:
        """Return the shortest way from a job to one it waits for, with both; empty for none."""
        came: dict[str, str] = {}
        todo = [start] if start in self.by_name else []
        for job in todo:
            new = [dependency for dependency in self.dependencies(job) if dependency not in came]
            came |= dict.fromkeys(new, job)
            todo += new
            if end in came:
                return (*reversed([*_back(came, start, end)]), end)
        return ()

    def ancestors(self, job: str) -> frozenset[str]:
        """Return all jobs that ``job`` waits for, directly or through others.

        A job is its own ancestor only when it is part of a cycle.
        """
        return _reached(self._dependencies, job)

    def descendants(self, job: str) -> frozenset[str]:
        """Return all jobs that wait for ``job``, directly or through others."""
        return _reached(self._dependents, job)

    def waves(self) -> tuple[tuple[str, ...], ...]:
        """Return the jobs in groups; each group can run when those before it are done.

        Raises `CycleError` when jobs wait for each other.
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
        """Return the graph without the effective edges that a longer way implies.

        Dangling edges stay.  Raises `CycleError` when jobs wait for each other.
        """
        order = [job for wave in self.waves() for job in wave]
        position = {job: index for index, job in enumerate(order)}
        behind: list[int] = []  # for each job in order: the set of its ancestors, a bit each
        kept = set()
        for job in order:
            covered = 0
            links = self._dependencies[job]
            for index in sorted((position[link] for link in links), reverse=True):
                if not covered >> index & 1:
                    kept.add((job, order[index]))
                    covered |= behind[index] | 1 << index
            behind.append(covered)
        edges = (
            edge
            for edge in self.edges
            if (edge.job, edge.dependency) in kept or not self.is_effective(edge)
        )
        return JobGraph(self.jobs, tuple(edges), self.absent, self.elsewhere)

    def cycles(self, limit: int = 100) -> tuple[tuple[str, ...], ...]:
        """Return the elementary cycles, each from its alphabetically first job, sorted.

        There can be exponentially many; the search ends after ``limit`` of them.
        """
        return tuple(sorted(islice(elementary_cycles(self._dependencies), limit)))

    def around(self, job: str) -> JobGraph:
        """Return the part of the graph that ``job`` waits for or that waits for it.

        Raises `KeyError` when the job is not in the graph.
        """
        near = {job} | self.ancestors(job) | self.descendants(job)
        return JobGraph(
            tuple(job for job in self.jobs if job.name in near),
            tuple(edge for edge in self.edges if edge.job in near),
            elsewhere=tuple(
                origin
                for origin in self.elsewhere
                if not origin.jobs or not near.isdisjoint(origin.jobs)
            ),
        )


def _back(came: Mapping[str, str], start: str, end: str) -> Iterator[str]:
    """Yield the jobs before ``end``, of which each came from the next, as far as ``start``."""
    job = came[end]
    while job != start:
        yield job
        job = came[job]
    yield start


def _linked(names: Iterable[str], pairs: Iterable[tuple[str, str]]) -> Links:
    lists: dict[str, list[str]] = {name: [] for name in names}
    for start, end in pairs:
        lists[start].append(end)
    return {name: tuple(ends) for name, ends in lists.items()}


def _reached(links: Links, start: str) -> frozenset[str]:
    reached: set[str] = set()
    todo = list(links[start])
    while todo:
        if (job := todo.pop()) not in reached:
            reached.add(job)
            todo += links[job]
    return frozenset(reached)
