"""`KnownOrder`: what is known of two jobs that no documented dependency joins."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field
from itertools import permutations

from groundrules.claims.verdicts import Verdicts, VerdictState
from groundrules.graphs.elements import Status
from groundrules.graphs.reachability import Links, NodeSets, ends_first, reached
from groundrules.plan.documented_problem import whole_problem
from groundrules.records.graph import Coverage, Graph, IndependentJobs


@dataclass(frozen=True, slots=True)
class JobUses:
    """What a job touches and shares, as numbers that are the same in all jobs of a graph."""

    touches: tuple[int, ...] = ()
    shares: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownOrder:
    """Which jobs of a graph can run side by side.

    Where no dependency joins two jobs, a missing line may be the reason.  Only where the graph
    ``is_complete`` (it names every job, and the configuration says the same) is it known that
    neither waits.  That is not yet a reason why they can run side by side, as `Pairs` says.
    """

    is_complete: bool = False
    _pairs: dict[str, dict[str, IndependentJobs]] = field(default_factory=dict)
    _demanded: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _planned: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _uses: dict[str, JobUses] = field(default_factory=dict)
    _held: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def independent(self, job: str) -> dict[str, IndependentJobs]:
        """Return the jobs that are declared independent of a job, with what says so."""
        return self._pairs.get(job, {})

    def demanded(self, job: str) -> tuple[str, ...]:
        """Return the jobs that a job has to wait for by rules alone, through no other job."""
        return self._demanded.get(job, ())

    def planned(self, job: str) -> tuple[str, ...]:
        """Return the same jobs as `demanded`, where the rules are only planned."""
        return self._planned.get(job, ())

    def uses(self, job: str) -> JobUses:
        """Return the numbers of what a job touches and shares."""
        return self._uses.get(job, JobUses())

    def held(self, job: str) -> tuple[str, ...]:
        """Return the locks of a job, and its semaphores that admit one job, as most do."""
        return self._held.get(job, ())


def known_order(graph: Graph, verdicts: Verdicts) -> KnownOrder:
    """Return what is known of the jobs of ``graph``."""
    pairs: dict[str, dict[str, IndependentJobs]] = {}
    for group in graph.independent:
        for job, other in permutations(group.jobs, 2):
            pairs.setdefault(job, {}).setdefault(other, group)
    demanded = _demanded(graph, graph.enforced_links, {Status.ENFORCED})
    every = _demanded(graph, graph.links, {*Status})
    planned = {
        job: tuple(name for name in names if name not in demanded.get(job, ()))
        for job, names in every.items()
    }
    problem = whole_problem(graph)
    held = {job.name: problem.exclusive(job) for job in problem.jobs}
    return KnownOrder(
        is_verified_whole(graph, verdicts), pairs, demanded, planned, _uses(graph), held
    )


def _uses(graph: Graph) -> dict[str, JobUses]:
    numbers: dict[str, int] = {}

    def numbered(words: tuple[str, ...]) -> tuple[int, ...]:
        return tuple(numbers.setdefault(word, len(numbers)) for word in words)

    return {
        job.name: JobUses(numbered(job.touches), numbered(job.shares))
        for job in graph.current
        if job.touches or job.shares
    }


def _demanded(graph: Graph, links: Links, statuses: Set[Status]) -> dict[str, tuple[str, ...]]:
    """Return what jobs have to wait for by rules and not by the documented dependencies."""
    documented: dict[str, list[str]] = {name: [] for name in graph.job_graph.by_name}
    for edge in graph.job_graph.effective:
        if edge.status in statuses:
            documented[edge.job].append(edge.dependency)
    order = ends_first(documented) if graph.rules else None
    if order is None:
        return {}
    sets = NodeSets(order)
    before = reached(sets, order, documented)
    return {
        job: tuple(name for name in waits if not before[job] & sets.bit[name])
        for job, waits in links.items()
    }


def is_verified_whole(graph: Graph, verdicts: Verdicts) -> bool:
    """Return whether a graph names every job and is as its configuration has it."""
    is_verified = verdicts.of(graph.id).state is VerdictState.VERIFIED
    return is_verified and graph.coverage is Coverage.COMPLETE
