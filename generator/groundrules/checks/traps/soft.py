"""Soft dependencies on missing jobs, so that the order is lost without a message.

Zuul only requires that the job of a soft dependency is defined:
https://zuul-ci.org/docs/zuul/latest/config/job.html#attr-job.dependencies.soft
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from groundrules.checks.phrases import names_or_count, related_places, where
from groundrules.checks.traps.documented_intent import DocumentedIntent
from groundrules.checks.traps.written import (
    Occurrence,
    WrittenDependency,
    is_for_other_projects,
    may_be_elsewhere,
    mentions,
    unless_elsewhere,
    written_dependencies,
)
from groundrules.diagnostics import Diagnostic, Location
from groundrules.graphs.definitions import DefinedVariant, Definitions
from groundrules.graphs.elements import Edge
from groundrules.graphs.placed_graph import PlacedGraph
from groundrules.grouping import grouped
from groundrules.rules import traps as rules


def check(definitions: Definitions, documented: DocumentedIntent) -> Iterator[Diagnostic]:
    """Yield each soft dependency that has no effect, or none in some pipelines.

    If the manual documents it, drift reports the loss at the record, with this line as a related
    place.
    """
    runs = Runs(definitions)
    for every in written_dependencies(definitions):
        # other rules report a graph that is refused
        accepted = [occurrence for occurrence in every.occurrences if not occurrence[0].error]
        written = replace(every, occurrences=accepted)
        if not written.soft or not accepted or is_for_other_projects(written, definitions):
            continue
        dangling = (graph for graph, _ in written.dangling())
        if any(may_be_elsewhere(written.dependency, graph, definitions) for graph in dangling):
            continue
        if not written.effective():
            undocumented = [
                (graph, edge)
                for graph, edge in accepted
                if not documented.compares(graph, edge.job, edge.dependency)
            ]
            if undocumented and not runs.on_another_branch(written):
                nowhere = replace(written, occurrences=undocumented)
                yield _nowhere(nowhere, runs, unless_elsewhere(definitions))
        elif not written.is_documented(documented) and (lost := runs.lost(written)):
            yield _not_here(written, lost, unless_elsewhere(definitions))


def _nowhere(written: WrittenDependency, runs: Runs, unless: str) -> Diagnostic:
    projects = dict.fromkeys(graph.project for graph in written.graphs)
    running = (runs.pipelines.get((project, written.dependency), ()) for project in projects)
    elsewhere = names_or_count(chain(*running), "other pipeline")
    reason = written.reason()
    return Diagnostic(
        written.location,
        f"the soft dependency of {written.who} on {written.dependency!r} has no effect: "
        f"{written.dependency!r} "
        + (f"runs only in {elsewhere}, not" if elsewhere else "does not run")
        + f" in {where(written.graphs)}{f' ({reason})' if reason else unless}; add "
        f"{written.dependency!r} to the pipeline or remove the dependency",
        rules.SOFT_NOWHERE,
        related_places(mentions(written.occurrences), written.location),
        key=written.key,
        because=runs.choices(written),
    )


def _not_here(written: WrittenDependency, lost: list[Occurrence], unless: str) -> Diagnostic:
    works = names_or_count((graph.pipeline for graph, _ in written.effective()), "pipeline")
    places = [*mentions(written.effective(), "waits in"), *mentions(lost, "does not wait in")]
    is_alias = written.variant is not None and written.variant.is_mention
    alias = " (the entry is the same YAML alias)" if is_alias else ""
    return Diagnostic(
        written.location,
        f"the soft dependency of {written.who} on {written.dependency!r} works in {works} but "
        f"has no effect in {where([graph for graph, _ in lost])}, where "
        f"{written.dependency!r} does not run{alias}{unless}; add {written.dependency!r} there or "
        "remove the dependency there",
        rules.SOFT_NOT_HERE,
        related_places(places, written.location),
        key=written.key,
    )


class Runs:
    """Which jobs run in which pipelines, and what else they wait for softly.

    ``pipelines`` has by project and job the pipelines that run the job, on any branch.
    """

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self.pipelines: dict[tuple[str, str], dict[str, None]] = {}
        for graph in definitions.graphs:
            for name in graph.graph.by_name:
                self.pipelines.setdefault((graph.project, name), {})[graph.pipeline] = None
        self._soft: dict[int, dict[str, list[Edge]]] = {}

    def choices(self, written: WrittenDependency) -> tuple[Location, ...]:
        """Return where it is written for which branches the missing job is."""
        variants: list[DefinedVariant | None] = []
        for graph in written.graphs:
            if absent := graph.graph.absent_job(written.dependency):
                mentioned = graph.mentions.get(absent.name, ())
                variants += self.definitions.definitions.get(absent.undefined, ())
                variants += [self.definitions.by_location.get(place) for place in mentioned]
        places = (variant.branches_at for variant in variants if variant)
        return tuple(dict.fromkeys(place for place in places if place))

    def on_another_branch(self, written: WrittenDependency) -> bool:
        """Return whether a pipeline has the other job on another branch.

        That is a normal use of a soft dependency.
        """
        return any(
            graph.pipeline in self.pipelines.get((graph.project, written.dependency), ())
            for graph in written.graphs
        )

    def lost(self, written: WrittenDependency) -> list[Occurrence]:
        """Return the occurrences without effect, if another pipeline has one with an effect.

        Only pipelines of the same project and branch are compared.  A job that is mentioned but
        has no definition for the branch is absent on purpose.
        """
        works = {(graph.project, graph.pipeline) for graph, _ in written.effective()}
        projects = {project for project, _ in works}
        return [
            (graph, edge)
            for graph, edge in written.dangling()
            if graph.project in projects
            and (graph.project, graph.pipeline) not in works
            and graph.graph.absent_job(written.dependency) is None
            and not self._has_alternative(written, (graph, edge))
        ]

    def _has_alternative(self, written: WrittenDependency, lost: Occurrence) -> bool:
        """Return whether another soft dependency replaces it.

        An example is 'build' in check and 'upload' in gate, with dependencies on both.
        """
        graph, edge = lost
        working = [graph.graph.by_name for graph, _ in written.effective()]
        return any(
            other.chain[:1] == edge.chain[:1]
            and any(other.dependency not in by_name for by_name in working)
            for other in self._soft_edges(graph).get(edge.job, ())
        )

    def _soft_edges(self, graph: PlacedGraph) -> dict[str, list[Edge]]:
        if id(graph) not in self._soft:
            soft = (edge for edge in graph.graph.effective if edge.soft)
            self._soft[id(graph)] = grouped((edge.job, edge) for edge in soft)
        return self._soft[id(graph)]
