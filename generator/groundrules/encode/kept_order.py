"""`KeptOrder`: the order of jobs that a change keeps, and that no step to it may lose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from groundrules.ci.wish import Wait
from groundrules.encode.wanted import JobWaits, graph_with
from groundrules.graphs.job_graph import JobGraph
from groundrules.graphs.reachability import NodeSets, ends_first, reached


class KeptOrder:
    """Which jobs of a pipeline wait for which before a change and after it.

    Directly or through others.  The intersection of both orders is an order itself, so adding a
    part of it to either makes no cycle.
    """

    def __init__(self, graph: JobGraph, before: JobWaits, after: JobWaits) -> None:
        self._graph = graph
        self._sets = NodeSets(tuple(graph.by_name))
        old, new = self._reached(before), self._reached(after)
        self._kept = {job: bits & new[job] for job, bits in old.items() if new}

    def has(self, job: str, other: str) -> bool:
        """Return whether a job waits for another one before the change and after it."""
        return bool(self._kept.get(job, 0) & self._sets.bit.get(other, 0))

    def lost(self, waits: JobWaits) -> tuple[str, str] | None:
        """Return the first job that does not wait for another one that it has to wait for.

        A graph with a cycle has no order that could be compared; the encoder refuses it.
        """
        now = self._reached(waits)
        for job, bits in self._kept.items() if now else ():
            if missing := bits & ~now[job]:
                return job, self._sets.first(missing)
        return None

    def bridges(self, waits: JobWaits) -> dict[str, tuple[Wait, ...]]:
        """Return dependencies that give a graph without a cycle all of the order.

        They are soft, so that no graph needs a job that does not run.
        """
        links = self._links(waits)
        reach: dict[str, int] = {}
        bridges: dict[str, tuple[Wait, ...]] = {}
        for job in ends_first(links) or ():
            reach[job] = 0
            for other in links[job]:
                reach[job] |= self._sets.bit[other] | reach[other]
            if missing := self._kept.get(job, 0) & ~reach[job]:
                bridges[job] = tuple(Wait(other, True) for other in self._nearest(missing))
                reach[job] |= missing
        return bridges

    def _nearest(self, jobs: int) -> Iterator[str]:
        """Yield those of some jobs that no other one of them waits for."""
        behind = 0
        for job in self._sets.nodes(jobs):
            behind |= self._kept.get(job, 0)
        yield from self._sets.nodes(jobs & ~behind)

    def _links(self, waits: JobWaits) -> dict[str, tuple[str, ...]]:
        graph = graph_with(self._graph, waits)
        return {job: graph.dependencies(job) for job in graph.by_name}

    def _reached(self, waits: JobWaits) -> Mapping[str, int]:
        """Return the jobs that each job waits for; nothing for a graph with a cycle."""
        links = self._links(waits)
        order = ends_first(links)
        return reached(self._sets, order, links) if order is not None else {}
