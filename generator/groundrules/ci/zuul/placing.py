"""A frozen graph, or a refused one → `groundrules.graphs.definitions.PlacedGraph`."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from groundrules.ci.zuul.freezing.collecting import VanishedError
from groundrules.ci.zuul.freezing.freeze import Frozen
from groundrules.ci.zuul.freezing.mentions import Mentions
from groundrules.ci.zuul.freezing.merged import FreezeError, Merged
from groundrules.ci.zuul.freezing.provenance import graph_of
from groundrules.ci.zuul.freezing.refused_jobs import refused_jobs
from groundrules.ci.zuul.resolver import Resolver
from groundrules.graphs.definitions import PlacedGraph
from groundrules.graphs.job_graph import JobGraph


@dataclass(slots=True)
class Placing:
    """Converts graphs to plain values."""

    resolver: Resolver

    def placed(self, frozen: Frozen) -> PlacedGraph:
        """Return a graph with its project, pipeline and branch, and the mentions of its jobs."""
        mentions = frozen.mentions
        graph = frozen.graph
        if frozen.error:
            mentions, graph = self._refused(frozen)
        return PlacedGraph(
            project=frozen.project,
            pipeline=frozen.pipeline,
            branch=frozen.branch,
            graph=graph,
            mentions=MappingProxyType(
                {
                    name: tuple(filter(None, (mention.variant.location for mention in listed)))
                    for name, listed in mentions.items()
                }
            ),
            error=frozen.error,
            is_whole=self._is_whole(frozen),
            is_default=self._is_default(frozen),
            is_loaded=self._is_loaded(frozen),
        )

    def _refused(self, frozen: Frozen) -> tuple[Mentions, JobGraph]:
        """Return the known jobs and edges of a graph that Zuul refuses."""
        project = self.resolver.project(frozen.project)
        mentions, known = refused_jobs(self.resolver.freezer, project, frozen)
        jobs: list[Merged] = []
        absent: dict[str, VanishedError] = {}
        for name, job in known.items():
            if isinstance(job, FreezeError):
                return mentions, JobGraph()  # the dependencies of this job are unknown
            if isinstance(job, VanishedError):
                absent[name] = job
            else:
                jobs.append(job)
        return mentions, graph_of(jobs, absent, mentions)

    def _is_default(self, frozen: Frozen) -> bool:
        project = self.resolver.project(frozen.project)
        return project is not None and frozen.branch in project.all_branches[:1]

    def _is_loaded(self, frozen: Frozen) -> bool:
        project = self.resolver.project(frozen.project)
        if project is None or not project.includes(frozen.branch):
            return False
        return project.knows_branches or frozen.branch == project.default_branch

    def _is_whole(self, frozen: Frozen) -> bool:
        """Return whether all stanzas and templates that add jobs to a graph are known."""
        project = self.resolver.project(frozen.project)
        return not (project and self.resolver.freezer.gaps.of(project, frozen.item))
