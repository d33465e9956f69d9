"""Graphs that the CI system refuses, of which no job runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from groundrules.checks.branches import best_place
from groundrules.checks.phrases import related_places, where
from groundrules.checks.traps.documented_intent import DocumentedIntent
from groundrules.diagnostics import Diagnostic, Location
from groundrules.graphs.definitions import Definitions
from groundrules.graphs.placed_graph import PlacedGraph
from groundrules.grouping import grouped

Refusal = tuple[Diagnostic, PlacedGraph]


def check(definitions: Definitions, _: DocumentedIntent) -> Iterator[Diagnostic]:
    """Yield each reason once for all graphs that are refused for it.

    Another finding at the place is the cause, such as a hard dependency that is missing.  A
    pipeline that is not defined has a finding of its own.
    """
    refusals = grouped(
        ((definitions.file_of(graph.error.location), graph.error.message), (graph.error, graph))
        for graph in definitions.graphs
        if graph.error
        if graph.pipeline in definitions.pipelines or not definitions.is_complete
    )
    for (file, message), refused in refusals.items():
        yield _refused(refused, f"{message} in {file}", definitions)


def _refused(refused: list[Refusal], key: str, definitions: Definitions) -> Diagnostic:
    primary = best_place((error.location for error, _ in refused), definitions)
    error = next(error for error, _ in refused if error.location == primary)
    graphs = where([graph for _, graph in refused])
    places = ((other.location, _same(other.location, primary)) for other, _ in refused)
    causes = (place for other, _ in refused for place in (other.location, *other.because))
    return replace(
        error,
        message=f"no job runs in {graphs}: {error.message}",
        related=related_places(places, primary),
        key=key,
        because=tuple(dict.fromkeys(causes)),
    )


def _same(place: Location, primary: Location) -> str:
    return "the same here" if place.path == primary.path else "the same on another branch"
