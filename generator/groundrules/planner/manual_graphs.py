"""What is planned: the problems of documented graphs and of real ones, with their titles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from groundrules import ci
from groundrules.authoring.drafts.request import MistakesError, manual_data
from groundrules.checker.compare import configurations_of
from groundrules.checker.configurations import ConfigurationOptions
from groundrules.ci.graph_question import AskedError, GraphQuestion
from groundrules.ci.system import system_named
from groundrules.graphs.shown_graph import title_of
from groundrules.nearest import did_you_mean
from groundrules.plan.documented_problem import independent_groups, planned_graphs
from groundrules.plan.planned_graph import PlanError, PlannedGraph
from groundrules.plan.real import real_problem
from groundrules.systems import OTHER

if TYPE_CHECKING:
    from groundrules.graphs.definitions import Definitions
    from groundrules.graphs.shown_graph import ShownGraph
    from groundrules.records.graph import Graph

NOT_ZUUL = "Another system than Zuul starts these jobs; the plan shows how Zuul would start them."


def graphs_alone(question: GraphQuestion) -> tuple[list[PlannedGraph], Definitions]:
    """Return the real graphs of a configuration without a manual, and what it defines.

    Raises `PlanError` for a question that cannot be answered.
    """
    try:
        asked = system_named("zuul").graphs(question)
        graphs, definitions = asked.graphs(), asked.origins()
    except AskedError as error:
        raise PlanError(str(error)) from None
    return list(_alone(graphs, definitions)), definitions


def _alone(graphs: Iterable[ShownGraph], definitions: Definitions) -> Iterator[PlannedGraph]:
    for graph in graphs:
        if graph.error:
            raise MistakesError(f"there is no graph {title_of(graph)}", [graph.error])
        yield PlannedGraph(
            title=title_of(graph),
            problem=real_problem(graph.graph, definitions),
            project=graph.project,
            pipelines=(graph.pipeline,),
        )


class ManualGraphs:
    """The documented graphs of a manual, and the real ones of their configurations."""

    def __init__(self, root: Path, data: str, paths: Mapping[str, Path]) -> None:
        manual = manual_data(root, data)
        self._graphs = {graph.id: graph for graph in manual.catalogue.graphs}
        self._claims = manual.claims
        options = ConfigurationOptions(paths)
        self._configurations = configurations_of(self._claims, root, options)

    def graph(self, name: str | None) -> Graph:
        """Return a graph; without a name the only one.  Raises `PlanError`."""
        if name is None and len(self._graphs) == 1:
            return next(iter(self._graphs.values()))
        if name is None:
            raise PlanError(f"say which graph to plan{did_you_mean('', self._graphs, 'graphs')}")
        if name not in self._graphs:
            hint = did_you_mean(name, self._graphs, "graphs")
            raise PlanError(f"unknown graph {name!r}{hint}")
        return self._graphs[name]

    def documented(self, graph: Graph, pipelines: tuple[str, ...]) -> Iterator[PlannedGraph]:
        """Yield the case of each pipeline as it is documented; one for all with the same jobs.

        Raises `PlanError`.
        """
        for pipeline in pipelines:
            if pipeline not in graph.pipelines:
                hint = did_you_mean(pipeline, graph.pipelines, "pipelines")
                raise PlanError(f"graph {graph.id!r} has no pipeline {pipeline!r}{hint}")
        claim = self._configurations.claims.get(graph.configuration)
        notes = (NOT_ZUUL,) if claim and claim.system == OTHER else ()
        for case in planned_graphs(graph, pipelines):
            yield replace(case, tenant=self._tenant(graph), notes=(*case.notes, *notes))

    def _tenant(self, graph: Graph) -> str | None:
        """Return the tenant that the manual names; None too for an unknown configuration."""
        claim = self._configurations.claims.get(graph.configuration)
        return claim.tenant_name if claim else None

    def definitions(self, graph: Graph) -> Definitions:
        """Return what the configuration of a graph defines.

        Raises `PlanError` if it is not available.
        """
        try:
            return self._configurations.definitions(graph.configuration, self._claims.graphs)
        except (ci.NotAvailableError, ci.NotFoundError) as error:
            raise PlanError(f"configuration {graph.configuration!r}: {error}") from None

    def real(self, graph: Graph, pipelines: tuple[str, ...]) -> Iterator[PlannedGraph]:
        """Yield the case of each pipeline of a graph as the configuration has it.

        Raises `PlanError` if it is not available.
        """
        claim = next(claim for claim in self._claims.graphs if claim.id == graph.id)
        known, graphs = self._configurations, self._claims.graphs
        try:
            real = known.real(claim, graphs)
            definitions = known.definitions(claim.configuration, graphs)
        except ci.BrokenConfigError as error:
            raise MistakesError(str(error), error.diagnostics) from None
        except (ci.NotAvailableError, ci.NotFoundError) as error:
            raise PlanError(f"configuration {claim.configuration!r}: {error}") from None
        for pipeline in pipelines or graph.pipelines:
            if pipeline in real.refused:
                raise MistakesError(f"{pipeline} has no graph", [real.refused[pipeline]])
            if pipeline in real.graphs:
                yield PlannedGraph(
                    title=f"{graph.id}, {pipeline}, in the configuration",
                    problem=real_problem(real.graphs[pipeline], definitions, graph),
                    independent=independent_groups(graph),
                    tenant=self._tenant(graph),
                    project=graph.project,
                    pipelines=(pipeline,),
                )
