"""`KnownOrder`: what is known of two jobs that no documented dependency joins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from itertools import permutations

from groundrules.claims.verdicts import Verdicts, VerdictState
from groundrules.graphs.elements import Status
from groundrules.graphs.reachability import Links, NodeSets, ends_first, reached
from groundrules.plan.documented_problem import whole_problem
from groundrules.records.graph import Coverage, Graph, IndependentJobs


@dataclass(frozen=True, slots=True)
class KnownJob:
    """What is known of a job and those that no documented dependency joins with it.

    It has to wait for the jobs ``demanded`` by rules alone, through no other job, or ``planned`` to
    be.  It is ``independent`` of others, with what says so.  ``held`` are its locks, and its
    semaphores that admit one job, as most do.  What it ``touches`` and ``shares`` are numbers that
    are the same in all jobs of a graph.
    """

    independent: Mapping[str, IndependentJobs] = field(default_factory=dict)
    demanded: tuple[str, ...] = ()
    planned: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    touches: tuple[int, ...] = ()
    shares: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownOrder:
    """Which jobs of a graph can run side by side.

    Where no dependency joins two jobs, a missing line may be the reason.  Only where the graph
    ``is_complete`` (it names every job, and the configuration says the same) is it known that
    neither waits.  That is not yet a reason why they can run side by side, as `Pairs` says.
    """

    is_complete: bool
    jobs: Mapping[str, KnownJob]

    def of(self, job: str) -> KnownJob:
        """Return what is known of a job."""
        return self.jobs.get(job, KnownJob())


def known_order(graph: Graph, verdicts: Verdicts) -> KnownOrder:
    """Return what is known of the jobs of ``graph``."""
    independent: dict[str, dict[str, IndependentJobs]] = defaultdict(dict)
    for group in graph.independent:
        for job, other in permutations(group.jobs, 2):
            independent[job].setdefault(other, group)
    demanded = _demanded(graph, graph.enforced_links, {Status.ENFORCED})
    every = _demanded(graph, graph.links, {*Status})
    numbers: dict[str, int] = {}

    def numbered(words: tuple[str, ...]) -> tuple[int, ...]:
        return tuple(numbers.setdefault(word, len(numbers)) for word in words)

    problem = whole_problem(graph)
    jobs = {
        name: KnownJob(
            independent.get(name, {}),
            tuple(demanded.get(name, ())),
            tuple(other for other in every.get(name, ()) if other not in demanded.get(name, ())),
            problem.exclusive(job),
            numbered(job.touches),
            numbered(job.shares),
        )
        for name, job in problem.by_name.items()
    }
    return KnownOrder(is_verified_whole(graph, verdicts), jobs)


def _demanded(graph: Graph, links: Links, statuses: Set[Status]) -> dict[str, dict[str, None]]:
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
        job: dict.fromkeys(name for name in waits if not before[job] & sets.bit[name])
        for job, waits in links.items()
    }


def is_verified_whole(graph: Graph, verdicts: Verdicts) -> bool:
    """Return whether a graph names every job and is as its configuration has it."""
    is_verified = verdicts.of(graph.id).state is VerdictState.VERIFIED
    return is_verified and graph.coverage is Coverage.COMPLETE
