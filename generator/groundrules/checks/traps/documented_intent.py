"""What the manual documents on purpose, so that no trap says that it is too much."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from groundrules.checks.drift.selectors import fits
from groundrules.claims.claims import GraphClaim, RuleClaim
from groundrules.graphs.definitions import PlacedGraph
from groundrules.graphs.job_graph import Edge

Held = tuple[str, str, str, str, str]
"""A project, branch, pipeline, job and dependency."""


@dataclass(frozen=True, slots=True)
class DocumentedIntent:
    """Dependencies (project, job, dependency) and semaphores (project, semaphore).

    ``held`` are the dependencies that documented graphs are held to, pipeline by pipeline: drift
    tells where one is not there.  ``ruled`` are the rules that demand a dependency itself, not
    only that jobs wait, with their graphs.  ``planned`` are the dependencies that are plans.
    """

    dependencies: frozenset[tuple[str, str, str]] = frozenset()
    semaphores: frozenset[tuple[str, str]] = frozenset()
    held: frozenset[Held] = frozenset()
    ruled: tuple[tuple[GraphClaim, RuleClaim], ...] = ()
    planned: frozenset[tuple[str, str, str]] = frozenset()

    def demands(self, placed: PlacedGraph, edge: Edge) -> bool:
        """Return whether a plan or rule demands a dependency, however else its job waits.

        Any job with file matchers may be one that the rule's file starts.
        """
        job = placed.graph.by_name[edge.job]
        return (placed.project, edge.job, edge.dependency) in self.planned or any(
            graph.project == placed.project
            and graph.branch in placed.branch_names
            and placed.pipeline in graph.pipelines
            and rule.dependency == edge.dependency
            and (rule.file is None or bool(job.files))
            and fits(graph, rule, job)
            for graph, rule in self.ruled
        )


def meant(graphs: Iterable[GraphClaim], configuration: str) -> DocumentedIntent:
    """Return what documented graphs of a configuration say is so, and what they plan."""
    own = [each for each in graphs if each.configuration == configuration]
    jobs = [(graph.project, job) for graph in own for job in graph.jobs]
    return DocumentedIntent(
        frozenset(
            (project, job.name, edge.dependency)
            for project, job in jobs
            for edge in job.waits_for
            if not edge.planned
        ),
        frozenset((project, name) for project, job in jobs for name in job.semaphores or ()),
        frozenset(
            (graph.project, graph.branch, pipeline, edge.job, edge.dependency)
            for graph in own
            if not graph.damaged
            for job in graph.jobs
            for edge in job.waits_for
            if not edge.planned
            for pipeline in graph.expected(edge)
        ),
        tuple((graph, rule) for graph in own for rule in graph.rules if rule.directly),
        frozenset(
            (project, job.name, edge.dependency)
            for project, job in jobs
            for edge in job.waits_for
            if edge.planned
        ),
    )
