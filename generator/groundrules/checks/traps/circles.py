"""Jobs that wait for each other; Zuul refuses such a graph, soft dependencies included."""

from __future__ import annotations

from groundrules.checks.traps.wording import related, told
from groundrules.diagnostics import Location, Report
from groundrules.graphs.definitions import Definitions, PlacedGraph
from groundrules.graphs.job_graph import Edge
from groundrules.rules import traps as rules

MOST = 5
Circle = tuple[Edge, ...]


def check(definitions: Definitions, report: Report) -> None:
    """Note each circle once, at the dependency of its alphabetically first job."""
    found: dict[tuple[Location, ...], tuple[Circle, list[PlacedGraph]]] = {}
    for placed in definitions.graphs:
        if not placed.error:
            continue
        for names in placed.graph.cycles(limit=MOST):
            circle = _edges(placed, names)
            key = tuple(_place(each) for each in circle)
            found.setdefault(key, (circle, []))[1].append(placed)
    for circle, places in found.values():
        _note(circle, places, report)


def _edges(placed: PlacedGraph, names: tuple[str, ...]) -> Circle:
    by_pair: dict[tuple[str, str], Edge] = {}
    for edge in placed.graph.effective:
        by_pair.setdefault((edge.job, edge.dependency), edge)
    return tuple(by_pair[pair] for pair in zip(names, (*names[1:], names[0]), strict=True))


def _place(edge: Edge) -> Location:
    return edge.location or Location("")


def _note(circle: Circle, places: list[PlacedGraph], report: Report) -> None:
    names = [edge.job for edge in circle]
    report.note(
        rules.CIRCLE,
        _place(circle[0]),
        f"the jobs wait for each other in {told(places)}: {' → '.join([*names, names[0]])}; "
        "no job runs there; remove one dependency",
        related(
            ((_place(edge), f"{edge.job} waits for {edge.dependency}") for edge in circle),
            _place(circle[0]),
        ),
        key=f"{' waits for '.join([*names, names[0]])} in {_place(circle[0]).path}",
    )
