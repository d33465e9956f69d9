"""Semaphores with limit 1 that make independent jobs run one after the other.

A semaphore of a playbook is not reported: the jobs run in parallel, and only that playbook waits,
which protects a resource.  Dependencies would make whole jobs wait for each other instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from groundrules.checks.phrases import related_places, where
from groundrules.checks.traps.documented_intent import DocumentedIntent
from groundrules.diagnostics import Diagnostic, Location
from groundrules.graphs.definitions import Definitions, Semaphore
from groundrules.graphs.elements import Job
from groundrules.graphs.job_graph import JobGraph
from groundrules.graphs.placed_graph import PlacedGraph
from groundrules.graphs.reachability import NodeSets, ends_first, related
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
    serialized = grouped(
        (name, (graph, jobs))
        for graph in definitions.graphs
        for name, jobs in _independent(graph, definitions, documented)
    )
    for name, graphs in serialized.items():
        semaphore = definitions.semaphores.get(name, Semaphore(name=name))
        yield _serializes(semaphore, graphs, definitions.words.limit)


def _independent(
    graph: PlacedGraph, definitions: Definitions, documented: DocumentedIntent
) -> Iterator[tuple[str, list[Job]]]:
    """Yield semaphores with limit 1, and the holders that are in no order with another holder.

    No job runs in a graph with a cycle, so there are none.  A semaphore that is not defined here
    may have a higher limit in another repository.
    """
    unknown = Semaphore(name="", limit=1 if definitions.is_complete else 2)
    holders = {
        name: jobs
        for name, jobs in _holders(graph.graph).items()
        if definitions.semaphores.get(name, unknown).limit == 1
        and (graph.project, name) not in documented.semaphores
    }
    jobs = graph.graph.by_name if holders else ()
    links = {name: graph.graph.dependencies(name) for name in jobs}
    if (order := ends_first(links)) is None:
        return
    sets = NodeSets(order)
    near = related(sets, order, links)
    for name, holding in holders.items():
        bits = sets.of(job.name for job in holding)
        if independent := [job for job in holding if bits & ~near[job.name]]:
            yield name, independent


def _holders(graph: JobGraph) -> dict[str, list[Job]]:
    held = ((job, semaphore) for job in graph.jobs for semaphore in job.semaphores)
    holders = grouped((use.name, job) for job, use in held if not use.partial)
    return {name: jobs for name, jobs in holders.items() if len(jobs) > 1}


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
    limit, raised = "limit 1", f"raise its {key!r}{on_all}"
    if not semaphore.location:
        limit, raised = "not defined, so its limit is 1", f"define it with a higher {key!r}"
    holders = grouped((job.name, job.location or primary) for job, _ in held)
    holding = (_few(at, f"{name!r} holds it", primary) for name, at in holders.items())
    defining = _few(semaphore.by_branch.values(), "it is defined here too", primary)
    return Diagnostic(
        primary,
        f"semaphore {semaphore.name!r} ({limit}) serializes {counted(most, 'independent job')} in "
        f"{where([graph for graph, _ in graphs])}; {raised} or add dependencies",
        rules.SERIALIZED,
        related_places(chain(*holding, defining), primary),
        key=f"semaphore {semaphore.name}",
        because=() if semaphore.location else tuple(places),
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
