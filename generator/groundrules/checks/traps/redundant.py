"""Dependencies that a longer path implies already (the transitive reduction of a graph)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from groundrules.checks.phrases import path_of, related_places, where
from groundrules.checks.traps.documented_intent import DocumentedIntent
from groundrules.checks.traps.written import Occurrence, WrittenDependency, written_dependencies
from groundrules.diagnostics import Diagnostic, Location
from groundrules.graphs.definitions import Definitions
from groundrules.graphs.elements import Edge
from groundrules.graphs.job_graph import JobGraph
from groundrules.graphs.placed_graph import PlacedGraph
from groundrules.graphs.reachability import Ways, ends_first
from groundrules.grouping import grouped
from groundrules.rules import traps as rules
from groundrules.text import listed

MOST_STEPS = 6
"""The jobs in between that a message names."""

MOST_NAMED = 5
"""The dependencies of one job that a message names."""

Implied = tuple[WrittenDependency, list[Occurrence]]


def check(definitions: Definitions, documented: DocumentedIntent) -> Iterator[Diagnostic]:
    """Yield, once a job, the dependencies that are implied in every graph they are part of.

    One that the manual documents, plans or requires by a rule is not reported.
    """
    ways = _LongerWays()
    by_job: dict[tuple[str, Location | None, str, str], list[Implied]] = {}
    for written in written_dependencies(definitions):
        if written.is_documented(documented):
            continue
        occurrences = written.effective()
        if any(documented.requires(*occurrence) for occurrence in occurrences):
            continue
        if occurrences and all(ways.is_implied(occurrence) for occurrence in occurrences):
            graphs = where([graph for graph, _ in occurrences])
            start = written.variant.location if written.variant else None
            job = (written.file, start, written.who, graphs)
            by_job.setdefault(job, []).append((written, occurrences))
    for (_, _, who, graphs), implied in by_job.items():
        yield _redundant(who, graphs, implied, ways)


def _redundant(who: str, graphs: str, implied: list[Implied], ways: _LongerWays) -> Diagnostic:
    written, occurrences = implied[0]
    way = ways.way(occurrences[0])
    message = (
        f"the dependency of {who} on {written.dependency!r} is redundant in {graphs}: it is "
        f"implied through {_through(way)}; remove it"
    )
    places, key = _places(occurrences[0][0].graph, way), written.key
    if len(implied) > 1:
        named = [
            f"{dependency.dependency!r} (implied through {_through(ways.way(first))})"
            for dependency, (first, *_) in implied[:MOST_NAMED]
        ]
        more = [f"{len(implied) - MOST_NAMED} more"] if len(implied) > MOST_NAMED else []
        message = (
            f"{len(implied)} dependencies of {who} are redundant in {graphs}: "
            f"{listed([*named, *more])}; remove them"
        )
        places = ((other.location, "redundant too") for other, _ in implied[1:])
        key = "; ".join(dict.fromkeys(other.key for other, _ in implied))
    related = related_places(places, written.location)
    return Diagnostic(written.location, message, rules.REDUNDANT, related, key=key)


def _through(way: list[str]) -> str:
    between = [*map(repr, way[1:-1])]
    return path_of([*between[:MOST_STEPS], *(["…"] if len(between) > MOST_STEPS else [])])


def _places(graph: JobGraph, way: list[str]) -> Iterator[tuple[Location, str]]:
    """Yield where the first steps of a way are declared."""
    for job, dependency in pairwise(way[: MOST_STEPS + 2]):
        edge = min(graph.edges_between(job, dependency), key=lambda edge: edge.soft)
        yield edge.location or Location(""), f"{job!r} waits for {dependency!r}"


@dataclass(slots=True)
class _LongerWays:
    """The longer ways beside edges, computed once for each graph."""

    _known: dict[tuple[int, bool], Ways | None] = field(init=False, default_factory=dict)

    def is_implied(self, occurrence: Occurrence) -> bool:
        """Return whether a longer path exists whenever both jobs run.

        No job runs in a graph with a cycle, so nothing is implied there.
        """
        graph, edge = occurrence
        ways = self._of(graph, edge)
        return ways is not None and bool(ways.following(edge.job, edge.dependency))

    def way(self, occurrence: Occurrence) -> list[str]:
        """Return the first jobs of a longer path that a message needs, and the last one."""
        graph, edge = occurrence
        ways = self._of(graph, edge)
        between = ways.between(edge.job, edge.dependency, MOST_STEPS + 1) if ways else []
        return [edge.job, *between, edge.dependency]

    def _of(self, graph: PlacedGraph, edge: Edge) -> Ways | None:
        key = id(graph), edge.soft
        if key not in self._known:
            self._known[key] = _sure_ways(graph.graph, soft=edge.soft)
        return self._known[key]


def _sure_ways(graph: JobGraph, *, soft: bool) -> Ways | None:
    """Return the ways that hold whenever the jobs at both ends run; None for a cyclic graph.

    If a job in between is skipped because of its files, its edges are lost.  So it must always
    run: it has no file matcher, or the edge to it is hard.  A hard edge also makes its job run,
    so only a path of hard edges replaces it.
    """
    edges = [edge for edge in graph.effective if soft or not edge.soft]
    links = _linked(graph, edges)
    order = ends_first(links)
    onward = [edge for edge in edges if _surely_runs(edge, graph)]
    return Ways(order, links, _linked(graph, onward)) if order is not None else None


def _linked(graph: JobGraph, edges: list[Edge]) -> dict[str, list[str]]:
    links = grouped((edge.job, edge.dependency) for edge in edges)
    return {job: [*dict.fromkeys(links.get(job, ()))] for job in graph.by_name}


def _surely_runs(edge: Edge, graph: JobGraph) -> bool:
    job = graph.by_name[edge.dependency]
    return not edge.soft or not (job.has_file_matcher or job.elsewhere)
