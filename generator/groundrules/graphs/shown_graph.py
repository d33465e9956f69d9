"""`ShownGraph`, as ``groundrules graph`` shows it, and `ChosenGraph`, for a change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from groundrules.diagnostics import Diagnostic
from groundrules.graphs.decisions import Decision
from groundrules.graphs.job_graph import JobGraph


class LinkedJob(Protocol):
    """A job and the names of the jobs it waits for, each with whether that is soft."""

    @property
    def name(self) -> str:
        """The job's name."""

    @property
    def dependencies(self) -> Iterable[tuple[str, bool]]:
        """Its dependencies, including those that are not in the graph."""


class ShownGraph(Protocol):
    """A graph with its heading; ``error`` is the reason why the CI system refuses it.

    Graphs that share their jobs return the same ``linked_jobs``, which are then formatted once.
    """

    @property
    def project(self) -> str:
        """The project's name."""

    @property
    def pipeline(self) -> str:
        """The pipeline's name; empty if no pipeline of the project is known."""

    @property
    def branch(self) -> str:
        """The branch's name."""

    @property
    def error(self) -> Diagnostic | None:
        """The reason why there is no graph."""

    @property
    def graph(self) -> JobGraph:
        """The graph; empty if there is an error."""

    @property
    def linked_jobs(self) -> Sequence[LinkedJob]:
        """The jobs with their dependencies, cheaper than the graph."""


class ChosenGraph(ShownGraph, Protocol):
    """A graph of one pipeline whose jobs were chosen for a change."""

    @property
    def decisions(self) -> Sequence[Decision]:
        """The decision on every job of the pipeline, those that run and those that do not."""

    @property
    def refusals(self) -> Sequence[Diagnostic]:
        """The mistakes for which the CI system runs no job of the change."""

    @property
    def notes(self) -> Sequence[str]:
        """What the answer does not take into account."""


def title_of(graph: ShownGraph) -> str:
    """Return the title of a graph: its project, pipeline and branch."""
    return " ".join(filter(None, (graph.project, graph.pipeline, graph.branch)))
