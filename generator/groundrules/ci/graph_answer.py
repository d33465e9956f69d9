"""Graphs of any CI system → the text of ``groundrules graph`` in the format that is asked for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from groundrules.ci.graph_question import GraphAnswer, GraphQuestion
from groundrules.diagnostics import Diagnostic
from groundrules.graphs.job_graph import JobGraph


class LinkedJob(Protocol):
    """A job and the names of the jobs it waits for, each with whether that is soft."""

    @property
    def name(self) -> str:
        """The job's name."""

    @property
    def dependencies(self) -> Iterable[tuple[str, bool]]:
        """The jobs it waits for, also those that the graph does not have."""


class ShownGraph(Protocol):
    """One graph with its heading; ``error`` is why the CI system refuses it.

    Graphs that share their jobs return the same ``linked_jobs``, which are then written once.
    """

    @property
    def project(self) -> str:
        """The project's name."""

    @property
    def pipeline(self) -> str:
        """The pipeline's name."""

    @property
    def branch(self) -> str:
        """The branch's name."""

    @property
    def error(self) -> Diagnostic | None:
        """Why there is no graph."""

    @property
    def graph(self) -> JobGraph:
        """The graph; empty where there is an error."""

    @property
    def linked_jobs(self) -> Sequence[LinkedJob]:
        """The jobs with their dependencies, cheaper than the graph."""


@dataclass(frozen=True, slots=True)
class PlainJob:
    """A job and the names of the jobs it waits for, each with whether that is soft."""

    name: str
    dependencies: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, kw_only=True)
class HeadedGraph:
    """A `ShownGraph` of a CI system that has its graphs as `JobGraph`."""

    project: str
    pipeline: str
    branch: str
    graph: JobGraph = field(default_factory=JobGraph)
    error: Diagnostic | None = None

    @cached_property
    def linked_jobs(self) -> Sequence[PlainJob]:
        """The jobs with their dependencies."""
        waits: dict[str, list[tuple[str, bool]]] = {}
        for edge in self.graph.edges:
            waits.setdefault(edge.job, []).append((edge.dependency, edge.soft))
        return [PlainJob(job.name, tuple(waits.get(job.name, ()))) for job in self.graph.jobs]


def answer_of(
    graphs: Sequence[ShownGraph], question: GraphQuestion, findings: Iterable[Diagnostic] = ()
) -> GraphAnswer:
    """Return the answer that shows ``graphs``."""
    if question.format == "jsonl":
        text = lines_of(graphs, question)
    elif question.format == "json":
        text = _json(graphs, question)
    else:
        between = "\n" if question.format == "text" else ""
        text = between.join(_shown(graph, question) for graph in graphs)
    has_error = not question.all and any(graph.error for graph in graphs)
    return GraphAnswer(text, has_error, tuple(findings))


def title_of(graph: ShownGraph) -> str:
    """Return what a graph is called: its project, pipeline and branch."""
    return f"{graph.project} {graph.pipeline} {graph.branch}"


def lines_of(graphs: Iterable[ShownGraph], question: GraphQuestion) -> str:
    """Return a line a graph; whole graphs that share their jobs have them written once."""
    from groundrules.report.graph_jsonl import jobs_text, line_of

    texts: dict[int, str] = {}
    lines = []
    for graph in graphs:
        jobs = graph.linked_jobs
        key = id(jobs)
        if key not in texts:
            near = _part(graph, question).by_name if question.job is not None else None
            kept = [job for job in jobs if near is None or job.name in near]
            texts[key] = jobs_text((job.name, job.dependencies) for job in kept)
        error = str(graph.error) if graph.error else None
        lines.append(line_of(json.dumps(_heading(graph)), texts[key], error))
    return "".join(lines)


def _shown(graph: ShownGraph, question: GraphQuestion) -> str:
    title = title_of(graph)
    if graph.error:
        sign = {"dot": "//", "mermaid": "%%"}.get(question.format, "")
        return f"{sign}{title}: no graph\n{sign}  {graph.error}\n"
    from groundrules.report.graph_dot import graph_dot
    from groundrules.report.graph_mermaid import graph_mermaid
    from groundrules.report.graph_text import graph_text
    from groundrules.report.graph_why import graph_why

    if question.why:
        return f"{title}\n\n{graph_why(graph.graph, *question.why)}"
    formats = {"dot": graph_dot, "mermaid": graph_mermaid, "text": graph_text}
    return formats[question.format](_part(graph, question), title)


def _part(graph: ShownGraph, question: GraphQuestion) -> JobGraph:
    """Return the graph, or only the neighborhood of the job that is asked for."""
    if question.job is None or graph.error:
        return graph.graph
    return graph.graph.around(question.job)


def _json(graphs: Sequence[ShownGraph], question: GraphQuestion) -> str:
    """Return an object for one pipeline, a list where there may be any number."""
    from groundrules.report.graph_json import as_plain, graphs_json

    plain = [
        {
            **_heading(graph),
            "error": str(graph.error) if graph.error else None,
            **as_plain(_part(graph, question)),
        }
        for graph in graphs
    ]
    return graphs_json(plain if question.all or question.pipeline is None else plain[0])


def _heading(graph: ShownGraph) -> dict[str, str]:
    return {"project": graph.project, "pipeline": graph.pipeline, "branch": graph.branch}
