"""`DocumentedIntent`: what the manual documents as intended, so that no trap reports it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from groundrules.checks.drift.documented import Documented
from groundrules.checks.drift.selectors import applies
from groundrules.claims.claims import GraphClaim, RuleClaim
from groundrules.graphs.elements import Edge
from groundrules.graphs.placed_graph import PlacedGraph

Compared = tuple[str, ...]
"""A project, branch, pipeline, job and perhaps a dependency."""


@dataclass(frozen=True, slots=True)
class DocumentedIntent:
    """Dependencies (project, job, dependency) and semaphores (project, semaphore).

    ``compared`` are the jobs and dependencies that documented graphs are compared with, pipeline
    by pipeline: drift reports those that are missing.  ``ruled`` are the rules that require a
    dependency itself, not only an order of jobs, with their graphs.  ``planned`` are the
    dependencies that are plans.
    """

    dependencies: frozenset[tuple[str, str, str]] = frozenset()
    semaphores: frozenset[tuple[str, str]] = frozenset()
    compared: frozenset[Compared] = frozenset()
    ruled: tuple[tuple[Documented, RuleClaim], ...] = ()
    planned: frozenset[tuple[str, str, str]] = frozenset()

    def compares(self, graph: PlacedGraph, *names: str) -> bool:
        """Return whether the manual documents that a graph has a job, or a job and dependency."""
        places = ((graph.project, branch, graph.pipeline) for branch in graph.branch_names)
        return any((*place, *names) in self.compared for place in places)

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
        frozenset(place for claims in documented for place in _compared(claims)),
        tuple((graph, rule) for graph in documented for rule in graph.claim.rules if rule.directly),
        frozenset((project, edge.job, edge.dependency) for project, edge in edges if edge.planned),
    )


def _compared(documented: Documented) -> Iterator[Compared]:
    """Yield the jobs and dependencies that a graph is compared with, if it has no mistakes."""
    graph = documented.claim
    for job in () if graph.damaged else graph.jobs:
        for pipeline in job.pipelines:
            yield graph.project, graph.branch, pipeline, job.name
        for edge in documented.waited_for(job):
            for pipeline in documented.expected(edge):
                yield graph.project, graph.branch, pipeline, edge.job, edge.dependency
