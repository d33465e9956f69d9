"""Hard dependencies: missing ones, those that force a job to run, those that are soft too.

With a missing one, Zuul refuses the whole graph.  An existing one makes its job run regardless of
its file matcher: https://zuul-ci.org/docs/zuul/latest/config/job.html#attr-job.dependencies
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from groundrules.checks.phrases import related_places, where
from groundrules.checks.traps.documented_intent import DocumentedIntent
from groundrules.checks.traps.written import (
    Occurrence,
    WrittenDependency,
    may_be_elsewhere,
    mentions,
    written_dependencies,
)
from groundrules.diagnostics import Diagnostic, Location
from groundrules.graphs.definitions import Definitions, PlacedGraph
from groundrules.graphs.elements import Edge
from groundrules.rules import traps as rules


def check(definitions: Definitions, _: DocumentedIntent) -> Iterator[Diagnostic]:
    """Yield hard dependencies that are missing, force a job to run, or are soft as well."""
    every = written_dependencies(definitions)
    soft = {
        _pair(occurrence): written
        for written in every
        if written.soft
        for occurrence in written.occurrences
    }
    forced = ForcedJobs(definitions)
    for written in (dependency for dependency in every if not dependency.soft):
        twins: dict[int, list[Occurrence]] = {}
        for occurrence in written.occurrences:
            if twin := soft.get(_pair(occurrence)):
                twins.setdefault(id(twin), []).append(occurrence)
        for occurrences in twins.values():
            yield _hard_and_soft(written, soft[_pair(occurrences[0])], occurrences)
        if not twins:
            yield from _missing(written, definitions)
            yield from _forced(written, forced)


def _pair(occurrence: Occurrence) -> tuple[int, str, str]:
    graph, edge = occurrence
    return id(graph), edge.job, edge.dependency


def _hard_and_soft(
    written: WrittenDependency, twin: WrittenDependency, occurrences: list[Occurrence]
) -> Diagnostic:
    first, second = sorted([written, twin], key=lambda dependency: dependency.location)
    name = written.dependency
    return Diagnostic(
        second.location,
        f"{written.who} has both a hard and a soft dependency on {name!r} in "
        f"{where([graph for graph, _ in occurrences])}; whether a missing {name!r} is an error is "
        "random; keep one of the two",
        rules.HARD_AND_SOFT,
        related_places([(first.location, "soft" if first.soft else "hard")], second.location),
        key=written.key,
    )


def _missing(written: WrittenDependency, definitions: Definitions) -> Iterator[Diagnostic]:
    missing = [
        (graph, edge)
        for graph, edge in written.dangling()
        if graph.error and not may_be_elsewhere(written.dependency, graph, definitions)
    ]
    if not missing:
        return
    reason = written.reason()
    yield Diagnostic(
        written.location,
        f"{written.who} requires {written.dependency!r}, which is missing in "
        f"{where([graph for graph, _ in missing])}{f' ({reason})' if reason else ''}; no job runs "
        "there; run both jobs in the same pipelines and branches, or make the dependency soft",
        rules.HARD_MISSING,
        related_places(mentions(missing), written.location),
        key=written.key,
        because=_causes(written, missing),
    )


def _causes(written: WrittenDependency, missing: list[Occurrence]) -> tuple[Location, ...]:
    """Return where the CI system reports why the job is missing, if it does for every graph."""
    absent = [graph.graph.absent_job(written.dependency) for graph, _ in missing]
    causes = [job.cause if job else None for job in absent]
    return tuple(cause for cause in causes if cause) if all(causes) else ()


def _forced(written: WrittenDependency, forced: ForcedJobs) -> Iterator[Diagnostic]:
    """Yield a job with a file matcher that a job without one always makes run.

    It is reported only if the matcher has no effect in any pipeline of the project.  Pipelines
    with a timer ignore file matchers.
    """
    occurrences = [
        occurrence for occurrence in written.effective() if forced.is_always_forced(occurrence)
    ]
    if not occurrences:
        return
    graph, edge = occurrences[0]
    target = graph.graph.by_name[written.dependency]
    yield Diagnostic(
        written.location,
        f"the file matcher of {written.dependency!r} has no effect in "
        f"{where([graph for graph, _ in occurrences])}: {edge.job!r}, which has no file matcher, "
        "requires it; make the dependency soft or remove the matcher",
        rules.FORCED_JOB,
        related_places(
            [(target.location or Location(""), "the job with the matcher")], written.location
        ),
        key=written.key,
    )


@dataclass(slots=True)
class ForcedJobs:
    """The jobs whose file matcher has no effect, since a job without one requires them."""

    definitions: Definitions
    _in_graph: dict[int, frozenset[str]] = field(init=False, default_factory=dict)
    _always: dict[tuple[str, str], bool] = field(init=False, default_factory=dict)

    def is_always_forced(self, occurrence: Occurrence) -> bool:
        """Return whether an edge forces its dependency, and each graph with that has such one."""
        graph, edge = occurrence
        if not _forces(graph, edge):
            return False
        key = (graph.project, edge.dependency)
        if key not in self._always:
            self._always[key] = all(
                edge.dependency in self._forced(other)
                for other in self.definitions.graphs_of(graph.project)
                if edge.dependency in other.graph.by_name
            )
        return self._always[key]

    def _forced(self, graph: PlacedGraph) -> frozenset[str]:
        if id(graph) not in self._in_graph:
            self._in_graph[id(graph)] = frozenset(
                edge.dependency for edge in graph.graph.effective if _forces(graph, edge)
            )
        return self._in_graph[id(graph)]


def _forces(graph: PlacedGraph, edge: Edge) -> bool:
    jobs = graph.graph.by_name
    if edge.soft or jobs[edge.job].elsewhere:  # a job of another repository may have a matcher
        return False
    return not jobs[edge.job].has_file_matcher and jobs[edge.dependency].has_file_matcher
