"""`DocumentedIntent`: what the manual documents as intended, so that no trap reports it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from groundrules.checks.drift.documented import Documented
from groundrules.checks.drift.selectors import applies
from groundrules.claims.claims import GraphClaim, RuleClaim
from groundrules.graphs.elements import Edge
from groundrules.graphs.placed_graph import PlacedGraph

ComparedDependency = tuple[str, str, str, str, str]
"""A project, branch, pipeline, job and dependency."""
ComparedJob = tuple[str, str, str, str]
"""A project, branch, pipeline and job."""


@dataclass(frozen=True, slots=True)
class DocumentedIntent:
    """Dependencies (project, job, dependency) and semaphores (project, semaphore).

    ``compared`` are the dependencies that documented graphs are compared with, pipeline by
    pipeline, and ``jobs`` the jobs: drift reports those that are missing.  ``ruled`` are the rules
    that require a dependency itself, not only an order of jobs, with their graphs.  ``planned``
    are the dependencies that are plans.
    """

    dependencies: frozenset[tuple[str, str, str]] = frozenset()
    semaphores: frozenset[tuple[str, str]] = frozenset()
    compared: frozenset[ComparedDependency] = frozenset()
    ruled: tuple[tuple[Documented, RuleClaim], ...] = ()
    planned: frozenset[tuple[str, str, str]] = frozenset()
    jobs: frozenset[ComparedJob] = frozenset()

    def compares(self, graph: PlacedGraph, job: str) -> bool:
        """Return whether the manual documents that a graph has a job."""
        return any(
            (graph.project, branch, graph.pipeline, job) in self.jobs
            for branch in graph.branch_names
        )

    def requires(self, graph: PlacedGraph, edge: Edge) -> bool:
        """Return whether a plan or rule requires a dependency, however else its job waits.

        Any job with file matchers may be one that the rule's file starts.
        """
        job = graph.graph.by_name[edge.job]
        return (graph.project, edge.job, edge.dependency) in self.planned or any(
            documented.claim.project == graph.project
            and documented.claim.branch in graph.branch_names
            and graph.pipeline in documented.claim.pipelines
            and rule.dependency == edge.dependency
            and (rule.file is None or bool(job.files))
            and applies(rule, job, documented.job(job.name))
            for documented, rule in self.ruled
        )


def documented_intent(graphs: Iterable[GraphClaim], configuration: str) -> DocumentedIntent:
    """Return what the documented graphs of a configuration document and plan."""
    own = [graph for graph in graphs if graph.configuration == configuration]
    documented = [Documented(graph) for graph in own]
    jobs = [(graph.project, job) for graph in own for job in graph.jobs]
    edges = [(project, edge) for project, job in jobs for edge in job.waits_for]
    return DocumentedIntent(
        frozenset(
            (project, edge.job, edge.dependency) for project, edge in edges if not edge.planned
        ),
        frozenset((project, name) for project, job in jobs for name in job.semaphores or ()),
        frozenset(
            (graph.project, graph.branch, pipeline, edge.job, edge.dependency)
            for claims in documented
            for graph in [claims.claim]
            if not graph.damaged
            for job in graph.jobs
            for edge in claims.waited_for(job)
            for pipeline in claims.expected(edge)
        ),
        tuple((graph, rule) for graph in documented for rule in graph.claim.rules if rule.directly),
        frozenset((project, edge.job, edge.dependency) for project, edge in edges if edge.planned),
        frozenset(
            (graph.project, graph.branch, pipeline, job.name)
            for graph in own
            if not graph.damaged
            for job in graph.jobs
            for pipeline in job.pipelines
        ),
    )
