"""Voting jobs that wait for a non-voting one: they are skipped if that fails.

Zuul skips every job that waits for a failed one, and a skipped job does not count:
https://zuul-ci.org/docs/zuul/latest/config/job.html#attr-job.dependencies
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from groundrules.checks.branches import best_place
from groundrules.checks.phrases import first_few, related_places, where
from groundrules.checks.traps.documented_intent import DocumentedIntent
from groundrules.checks.traps.written import Occurrence, WrittenDependency, written_dependencies
from groundrules.diagnostics import Diagnostic
from groundrules.graphs.definitions import Definitions
from groundrules.rules import silent as rules

Unguarded = tuple[WrittenDependency, list[Occurrence]]


def check(definitions: Definitions, _: DocumentedIntent) -> Iterator[Diagnostic]:
    """Yield each non-voting job that voting ones wait for, once for all of them.

    It is no matter whether the manual documents the dependency: that gives the reason of an
    order, not of a result.
    """
    by_job: dict[tuple[str, str], list[Unguarded]] = {}
    for written in written_dependencies(definitions):
        if occurrences := [pair for pair in written.effective() if _may_be_skipped(pair)]:
            graph, edge = occurrences[0]
            defined = graph.graph.by_name[edge.dependency].location or written.location
            key = edge.dependency, definitions.file_of(defined)
            by_job.setdefault(key, []).append((written, occurrences))
    for (name, file), unguarded in by_job.items():
        yield _skipped(name, unguarded, f"{name} of {file}", definitions)


def _may_be_skipped(occurrence: Occurrence) -> bool:
    """Return whether a job that votes waits for one that does not.

    A parent in another repository may make the job non-voting.
    """
    graph, edge = occurrence
    jobs = graph.graph.by_name
    job, dependency = jobs[edge.job], jobs[edge.dependency]
    return job.voting and not job.elsewhere and not dependency.voting and not graph.error


def _skipped(
    name: str, unguarded: Sequence[Unguarded], key: str, definitions: Definitions
) -> Diagnostic:
    occurrences = [occurrence for _, several in unguarded for occurrence in several]
    voters = [*dict.fromkeys(edge.job for _, edge in occurrences)]
    primary = best_place((written.location for written, _ in unguarded), definitions)
    graphs = where([graph for graph, _ in occurrences])
    wait, are = ("wait", "they are") if len(voters) > 1 else ("waits", f"{voters[0]!r} is")
    places = (
        (written.location, f"{f'{edge.job!r} ' if len(voters) > 1 else ''}waits in {graph}")
        for written, ((graph, edge), *_) in unguarded
    )
    return Diagnostic(
        primary,
        f"{first_few(voters, most=3)} {wait} for {name!r}, which is non-voting, in {graphs}: if "
        f"{name!r} fails, {are} skipped, and a skipped job does not count; make {name!r} voting, "
        "or the jobs that wait for it non-voting",
        rules.SKIPPED_VOTING,
        related_places(places, primary),
        key=key,
    )
