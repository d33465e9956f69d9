"""A frozen graph → `groundrules.definitions.PlacedGraph`, refused ones included."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType

from groundrules.ci.zuul.collecting import VanishedError
from groundrules.ci.zuul.freeze import Frozen
from groundrules.ci.zuul.mentions import Mentions
from groundrules.ci.zuul.merged import FreezeError, Merged
from groundrules.ci.zuul.provenance import graph_of
from groundrules.ci.zuul.resolver import Resolver
from groundrules.definitions import PlacedGraph
from groundrules.graph import JobGraph


@dataclass(slots=True)
class Placing:
    """Makes plain values of graphs."""

    resolver: Resolver
    _unknown: dict[str, bool] = field(init=False, default_factory=dict)

    def placed(self, frozen: Frozen) -> PlacedGraph:
        """Return a graph with where it runs and what mentions its jobs."""
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
                    name: tuple(filter(None, (each.variant.location for each in listed)))
                    for name, listed in mentions.items()
                }
            ),
            error=frozen.error.message if frozen.error else None,
            is_whole=self._is_whole(frozen.project),
        )

    def _refused(self, frozen: Frozen) -> tuple[Mentions, JobGraph]:
        """Return what can be told of a graph that Zuul refuses."""
        freezer = self.resolver.freezer
        project = self.resolver.project(frozen.project)
        jobs: list[Merged] = []
        absent: dict[str, VanishedError] = {}
        try:
            mentions = freezer.finder.mentions(project, frozen.pipeline, frozen.branch) or {}  # type: ignore[arg-type]
        except FreezeError:
            return {}, JobGraph()
        for name, listed in mentions.items():
            try:
                variants = [each.variant for each in listed]
                jobs.append(freezer.merger.job(name, frozen.branch, variants))
            except VanishedError as error:
                absent[name] = error
            except FreezeError:
                return mentions, JobGraph()  # nobody knows what this job would have waited for
        return mentions, graph_of(jobs, absent, mentions)

    def _is_whole(self, name: str) -> bool:
        """Return whether every template that a project names is known."""
        layout = self.resolver.layout
        if layout.tenant.is_complete:
            return True
        if name not in self._unknown:
            project = self.resolver.project(name)
            stanzas = layout.projects.get(project.canonical_name, []) if project else []
            words = (word for stanza in stanzas for word in stanza.spec.templates)
            self._unknown[name] = any(word.name not in layout.templates for word in words)
        return not self._unknown[name]
