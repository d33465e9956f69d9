"""Semaphores with limit 1 that make independent jobs run one after the other.

A semaphore of a playbook is not reported: the jobs run in parallel, and only that playbook waits,
which protects a resource.  Dependencies would make whole jobs wait for each other instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from groundrules.checks.phrases import related_places, where
from groundrules.checks.traps.documented_intent import DocumentedIntent
from groundrules.diagnostics import Diagnostic, Location
from groundrules.graphs.definitions import Definitions, Semaphore
from groundrules.graphs.elements import Job
from groundrules.graphs.job_graph import JobGraph
from groundrules.graphs.placed_graph import PlacedGraph
from groundrules.graphs.reachability import NodeSets, backwards, ends_first, reached
from groundrules.grouping import grouped
from groundrules.rules import traps as rules
from groundrules.text import counted

MOST_BRANCHES = 3
"""The places of one object on other branches that are listed one by one."""

Serialized = list[tuple[PlacedGraph, list[Job]]]


def check(definitions: Definitions, documented: DocumentedIntent) -> Iterator[Diagnostic]:
    """Yield each semaphore with limit 1 that two independent jobs of a graph hold.

    One that the manual documents for jobs of the project is intended there.
    """
    serialized: dict[str, Serialized] = {}
    for graph in definitions.graphs:
        order = _Order(graph.graph)
        for name, jobs in _holders(graph.graph).items():
            if (graph.project, name) in documented.semaphores:
                continue
            semaphore = definitions.semaphores.get(name)
            if semaphore is None and not definitions.is_complete:
                continue  # another repository may define it with a higher limit
            limit = semaphore.limit if semaphore else 1
            if limit == 1 and (independent := order.independent(jobs)):
                serialized.setdefault(name, []).append((graph, independent))
    for name, graphs in serialized.items():
        semaphore = definitions.semaphores.get(name, Semaphore(name=name))
        yield _serializes(semaphore, graphs, definitions.words.limit)


def _holders(graph: JobGraph) -> dict[str, list[Job]]:
    held = ((job, semaphore) for job in graph.jobs for semaphore in job.semaphores)
    holders = grouped((use.name, job) for job, use in held if not use.partial)
    return {name: jobs for name, jobs in holders.items() if len(jobs) > 1}


@dataclass(slots=True)
class _Order:
    """The order of the jobs of a graph, computed on first use."""

    graph: JobGraph
    _sets: NodeSets | None = field(init=False, default=None)
    _related: dict[str, int] = field(init=False, default_factory=dict)

    def independent(self, jobs: list[Job]) -> list[Job]:
        """Return the jobs that have no order with at least one other of them.

        No job runs in a graph with a cycle, so there are none.
        """
        if self._sets is None:
            self._work_out()
        if self._sets is None:
            return []
        bits = self._sets.of(job.name for job in jobs)
        return [job for job in jobs if bits & ~self._related[job.name]]

    def _work_out(self) -> None:
        links = {job.name: self.graph.dependencies(job.name) for job in self.graph.jobs}
        if (order := ends_first(links)) is None:
            return
        self._sets = sets = NodeSets(order)
        before, after = reached(sets, order, links), reached(sets, order[::-1], backwards(links))
        self._related = {name: before[name] | after[name] | sets.bit[name] for name in order}


def _serializes(semaphore: Semaphore, graphs: Serialized, key: str) -> Diagnostic:
    most = max(len(jobs) for _, jobs in graphs)
    held = [
        (job, use)
        for _, jobs in graphs
        for job in jobs
        for use in job.semaphores
        if use.name == semaphore.name and not use.partial
    ]
    places = sorted(use.location or Location("") for _, use in held)
    primary = semaphore.place_for({graph.branch for graph, _ in graphs}) or places[0]
    on_all = " on every branch that defines it" if len(semaphore.by_branch) > 1 else ""
    limit = "limit 1" if semaphore.location else "not defined, so its limit is 1"
    raised = (
        f"raise its {key!r}{on_all}" if semaphore.location else f"define it with a higher {key!r}"
    )
    holders = grouped((job.name, job.location or primary) for job, _ in held)
    return Diagnostic(
        primary,
        f"semaphore {semaphore.name!r} ({limit}) serializes {counted(most, 'independent job')} in "
        f"{where([graph for graph, _ in graphs])}; {raised} or add dependencies",
        rules.SERIALIZED,
        related_places(
            [
                *(
                    place
                    for name in holders
                    for place in _few(holders[name], f"{name!r} holds it", primary)
                ),
                *_few(semaphore.by_branch.values(), "it is defined here too", primary),
            ],
            primary,
        ),
        key=f"semaphore {semaphore.name}",
    )


def _few(
    places: Iterable[Location], words: str, primary: Location
) -> Iterator[tuple[Location, str]]:
    """Yield the places other than the primary one; of many, the first with the number of others.

    A repository can have hundreds of branches with equal definitions.  Of those, the first is in
    the file of the primary place if one is there.
    """
    others = sorted({*places} - {primary}, key=lambda place: (place.path != primary.path, place))
    if len(others) > MOST_BRANCHES:
        yield others[0], f"{words}, and in {counted(len(others) - 1, 'other place')}"
        return
    for place in others:
        yield place, words
