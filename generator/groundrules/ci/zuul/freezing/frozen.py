"""The jobs of a graph, and the graph as a checker reads it."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from groundrules.ci.zuul.freezing.collecting import VanishedError
from groundrules.ci.zuul.freezing.elsewhere import elsewhere_of
from groundrules.ci.zuul.freezing.mentions import Mentions
from groundrules.ci.zuul.freezing.merged import FreezeError, Merged
from groundrules.ci.zuul.freezing.provenance import graph_of
from groundrules.ci.zuul.layout.layout import Layout
from groundrules.ci.zuul.layout.variants import Stanza, TagRef
from groundrules.diagnostics import Diagnostic
from groundrules.graphs.job_graph import JobGraph


class Shape(Struct, eq=False):
    """The jobs of a graph; projects that mention the same jobs share one."""

    jobs: list[Merged] = []
    absent: dict[str, VanishedError] = {}
    """The jobs that are mentioned but not in the graph, with the reasons."""

    undefined: dict[str, tuple[tuple[str, bool], ...]] = {}
    """The soft dependencies of each job on a job that is not defined."""

    possible: frozenset[str] = frozenset()
    """The missing dependencies that may be in the graph, since not everything is known."""

    refusal: FreezeError | None = None
    """Why Zuul refuses the dependencies of the jobs."""

    unstable: FreezeError | None = None
    """Why Zuul refuses the graph or not, which changes with each start of its scheduler."""


class Frozen(Struct):
    """The graph of a project's pipeline on a branch, or the reason why there is none."""

    project: str
    pipeline: str
    branch: str
    item: str | TagRef = ""
    """The branch or the ref."""

    shape: Shape = msgspec.field(default_factory=Shape)
    error: Diagnostic | None = None
    merged: Shape | None = None
    """All jobs, if the error is that of their dependencies or permissions."""

    mentions: Mentions = {}
    stanzas: tuple[Stanza, ...] = ()
    """The project's stanzas that match the branch."""

    layout: Layout | None = None

    _graph: JobGraph | None = None

    @property
    def linked_jobs(self) -> list[Merged]:
        """The jobs with their dependencies; graphs with the same jobs share the list."""
        return self.shape.jobs

    @property
    def graph(self) -> JobGraph:
        """The graph, built on first use; empty if there is an error."""
        if self._graph is None:
            jobs = self.shape.jobs
            layout, stanzas, mentions = self.layout, self.stanzas, self.mentions
            elsewhere = elsewhere_of(layout, stanzas, jobs, mentions) if layout else ()
            shape = self.shape
            self._graph = graph_of(jobs, shape.absent, mentions, elsewhere, shape.possible)
        return self._graph
