"""`ForcedJobs`: the expressions of required jobs that have no effect.

A job runs, whatever its file matcher says, if one that runs requires it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from groundrules.checks.traps.written import Occurrence
from groundrules.graphs.definitions import Definitions
from groundrules.graphs.elements import Edge, FilePattern, Job
from groundrules.graphs.placed_graph import PlacedGraph

Item = tuple[bool, FilePattern]
"""Whether an expression is for irrelevant files, and the expression."""

NOTHING: Item = (False, FilePattern(""))
"""The item of an empty list of files, which matches none."""


@dataclass(slots=True)
class ForcedJobs:
    """The expressions of jobs that have no effect in any graph of their project."""

    definitions: Definitions
    _projects: dict[str, dict[str, set[Item]]] = field(init=False, default_factory=dict)
    """By project and job the expressions with an effect."""

    def useless(self, occurrence: Occurrence) -> frozenset[Item]:
        """Return the expressions of the required job that have no effect, due to this edge.

        These are all of them, or some for irrelevant files.
        """
        graph, edge = occurrence
        useless = _useless(graph, edge)
        if useless:
            useless -= self._useful(graph.project)[edge.dependency]
        if self.is_whole(occurrence, useless):
            return useless
        return frozenset(item for item in useless if item[0])

    def is_whole(self, occurrence: Occurrence, useless: frozenset[Item]) -> bool:
        """Return whether these are all expressions of the required job."""
        graph, edge = occurrence
        return useless == _items(graph.graph.by_name[edge.dependency])

    def _useful(self, project: str) -> dict[str, set[Item]]:
        if project not in self._projects:
            useful = self._projects[project] = {}
            for graph in self.definitions.graphs_of(project):
                useless: dict[str, set[Item]] = {}
                for edge in graph.graph.effective:
                    useless.setdefault(edge.dependency, set()).update(_useless(graph, edge))
                for job in graph.graph.jobs:
                    items = _items(job) - useless.get(job.name, set())
                    useful.setdefault(job.name, set()).update(items)
        return self._projects[project]


def _useless(graph: PlacedGraph, edge: Edge) -> frozenset[Item]:
    """Return the expressions of the required job without effect, as far as one edge shows it.

    These are all if the other job has no file matcher.  Otherwise they are the irrelevant files
    that start the other job: it also runs for every other file that starts the required one.
    """
    job, required = graph.graph.by_name[edge.job], graph.graph.by_name[edge.dependency]
    if edge.soft or job.elsewhere:  # a job of another repository may have a matcher
        return frozenset()
    if not job.has_file_matcher:
        return _items(required)
    if required.elsewhere or len(job.irrelevant_files) >= len(required.irrelevant_files):
        return frozenset()
    ours, theirs = _items(job), _items(required)
    has_more = ours <= theirs and all(irrelevant for irrelevant, _ in theirs - ours)
    return theirs - ours if has_more else frozenset()


def _items(job: Job) -> frozenset[Item]:
    items = [
        *((False, file) for file in job.files),
        *((True, file) for file in job.irrelevant_files),
    ]
    return frozenset([*items, NOTHING] if job.has_empty_files else items)
