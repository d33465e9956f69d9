"""Cycles of jobs; Zuul refuses such a graph, even if the dependencies are soft."""

from __future__ import annotations

from collections.abc import Iterator

from groundrules.checks.phrases import path_of, related_places, where
from groundrules.checks.traps.documented_intent import DocumentedIntent
from groundrules.diagnostics import Diagnostic, Location
from groundrules.graphs.definitions import Definitions
from groundrules.graphs.elements import Edge
from groundrules.graphs.placed_graph import PlacedGraph
from groundrules.rules import traps as rules

MOST = 5
"""The maximum number of reported cycles of a graph: there can be exponentially many."""

Circle = tuple[Edge, ...]


def check(definitions: Definitions, _: DocumentedIntent) -> Iterator[Diagnostic]:
    """Yield each cycle once, at the dependency of its alphabetically first job."""
    circles: dict[tuple[Location, ...], tuple[Circle, list[PlacedGraph]]] = {}
    for graph in definitions.graphs:
        if not graph.error:
            continue
        for names in graph.graph.cycles(limit=MOST):
            pairs = zip(names, (*names[1:], names[0]), strict=True)
            circle = tuple(graph.graph.effective_between(*pair)[0] for pair in pairs)
            key = tuple(_place(edge) for edge in circle)
            circles.setdefault(key, (circle, []))[1].append(graph)
    for circle, graphs in circles.values():
        yield _circular(circle, graphs, definitions)


def _place(edge: Edge) -> Location:
    return edge.location or Location("")


def _circular(circle: Circle, graphs: list[PlacedGraph], definitions: Definitions) -> Diagnostic:
    names = [edge.job for edge in circle]
    primary = _place(circle[0])
    places = ((_place(edge), f"{edge.job!r} waits for {edge.dependency!r}") for edge in circle)
    return Diagnostic(
        primary,
        f"circular dependency in {where(graphs)}: {path_of([*names, names[0]])}; no job runs "
        "there; remove one of these dependencies",
        rules.CIRCLE,
        related_places(places, primary),
        key=f"{' waits for '.join([*names, names[0]])} in {definitions.file_of(primary)}",
    )
