"""Hard dependencies: missing ones, those that force a job to run, those that are soft too.

With a missing one, Zuul refuses the whole graph.  An existing one makes its job run regardless of
its file matcher: https://zuul-ci.org/docs/zuul/latest/config/job.html#attr-job.dependencies
"""

from __future__ import annotations

from collections.abc import Iterator

from groundrules.checks.phrases import causes_of_absence, names_or_count, related_places, where
from groundrules.checks.traps.documented_intent import DocumentedIntent
from groundrules.checks.traps.forced import ForcedJobs, Item
from groundrules.checks.traps.written import (
    Occurrence,
    WrittenDependency,
    may_be_elsewhere,
    mentions,
    unless_elsewhere,
    written_dependencies,
)
from groundrules.diagnostics import Diagnostic, Location
from groundrules.graphs.definitions import Definitions
from groundrules.graphs.elements import Edge
from groundrules.graphs.words import SystemWords
from groundrules.grouping import grouped
from groundrules.rules import traps as rules
from groundrules.text import verbatim


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
        twins = grouped(
            (id(twin), occurrence)
            for occurrence in written.occurrences
            if (twin := soft.get(_pair(occurrence)))
        )
        for occurrences in twins.values():
            yield _hard_and_soft(written, soft[_pair(occurrences[0])], occurrences)
        if not twins:
            yield from _missing(written, definitions)
            yield from _forced(written, forced, definitions.words)


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
    reason, unless = written.reason(), unless_elsewhere(definitions)
    yield Diagnostic(
        written.location,
        f"{written.who} requires {written.dependency!r}, which is missing in "
        f"{where([graph for graph, _ in missing])}{f' ({reason})' if reason else unless}; no job "
        "runs there; run both jobs in the same pipelines and branches, or make the dependency soft",
        rules.HARD_MISSING,
        related_places(mentions(missing), written.location),
        key=written.key,
        because=causes_of_absence(written.dependency, (graph.graph for graph, _ in missing)),
    )


def _forced(
    written: WrittenDependency, forced: ForcedJobs, words: SystemWords
) -> Iterator[Diagnostic]:
    """Yield a job whose file matcher has no effect, or not all of it, since another requires it.

    It is reported only if that is so in every pipeline of the project.  Pipelines with a timer
    ignore file matchers.
    """
    occurrences = [(pair, items) for pair in written.effective() if (items := forced.useless(pair))]
    if not occurrences:
        return
    (graph, edge), items = occurrences[0]
    target = graph.graph.by_name[written.dependency]
    graphs = where([graph for (graph, _), _ in occurrences])
    is_whole = forced.is_whole((graph, edge), items)
    message = _whole(edge, graphs) if is_whole else _partly(edge, items, graphs, words)
    matcher = (target.location or Location(""), "the job with the matcher")
    yield Diagnostic(
        written.location,
        message,
        rules.FORCED_JOB,
        related_places([matcher], written.location),
        key=written.key,
    )


def _whole(edge: Edge, graphs: str) -> str:
    return (
        f"the file matcher of {edge.dependency!r} has no effect in {graphs}: {edge.job!r}, which "
        "has no file matcher, requires it; make the dependency soft or remove the matcher"
    )


def _partly(edge: Edge, items: frozenset[Item], graphs: str, words: SystemWords) -> str:
    texts = sorted(verbatim(str(pattern)) for _, pattern in items)
    return (
        f"{names_or_count(texts, 'expression')} in {words.irrelevant_files!r} of "
        f"{edge.dependency!r} {'have' if len(texts) > 1 else 'has'} no effect in {graphs}: "
        f"{edge.job!r} runs for such files and requires it; make the dependency soft or use the "
        "same list for both"
    )
