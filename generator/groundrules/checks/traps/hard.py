"""Hard dependencies: missing ones, those that force a job to run, those that are soft too.

A missing one spoils the whole graph; one that is there drags its job past its file matcher:
https://zuul-ci.org/docs/zuul/latest/config/job.html#attr-job.dependencies
"""

from __future__ import annotations

from groundrules.checks.traps.waits import (
    Occurrence,
    WrittenDependency,
    may_be_elsewhere,
    places,
    waits,
)
from groundrules.checks.traps.wording import related, told
from groundrules.diagnostics import Location, Report
from groundrules.graphs.definitions import Definitions, PlacedGraph
from groundrules.graphs.job_graph import Edge, Job
from groundrules.rules import traps as rules


def check(definitions: Definitions, report: Report) -> None:
    """Note hard dependencies that spoil a graph, force a job, or are soft as well."""
    every = waits(definitions)
    soft = {
        (id(placed), edge.job, edge.dependency): wait
        for wait in every
        if wait.soft
        for placed, edge in wait.occurrences
    }
    for wait in every:
        if wait.soft:
            continue
        twins: dict[int, list[Occurrence]] = {}
        for each in wait.occurrences:
            if twin := soft.get(_key(each)):
                twins.setdefault(id(twin), []).append(each)
        for found in twins.values():
            _note_both(wait, soft[_key(found[0])], found, report)
        if not twins:
            _check_missing(wait, definitions, report)
            _check_forced(wait, definitions, report)


def _key(occurrence: Occurrence) -> tuple[int, str, str]:
    placed, edge = occurrence
    return id(placed), edge.job, edge.dependency


def _note_both(
    wait: WrittenDependency, twin: WrittenDependency, twins: list[Occurrence], report: Report
) -> None:
    first, second = sorted([wait, twin], key=lambda each: each.location)
    report.note(
        rules.HARD_AND_SOFT,
        second.location,
        f"{wait.who} waits for {wait.dependency!r} both hard and soft in "
        f"{told([placed for placed, _ in twins])}: where {wait.dependency!r} is missing, chance "
        "decides whether that is an error; keep one of the two",
        related([(first.location, "soft" if first.soft else "hard")], second.location),
        key=wait.key,
    )


def _check_missing(wait: WrittenDependency, definitions: Definitions, report: Report) -> None:
    lost = [
        (placed, edge)
        for placed, edge in wait.dangling()
        if placed.error and not may_be_elsewhere(wait.dependency, placed, definitions)
    ]
    if not lost:
        return
    graphs = [placed for placed, _ in lost]
    why = next((f": {reason}" for reason in sorted(wait.reasons())), "")
    report.note(
        rules.HARD_MISSING,
        wait.location,
        f"{wait.who} needs {wait.dependency!r}, which is not in {told(graphs)}{why}; no job runs "
        "there; let both be in the same pipelines and on the same branches, or make it soft",
        related(places(lost), wait.location),
        key=wait.key,
        because=_causes(wait, lost),
    )


def _causes(wait: WrittenDependency, lost: list[Occurrence]) -> list[Location]:
    """Return where the CI system reports why the job is not there, if it does for every graph."""
    found = [
        next((each.cause for each in placed.graph.absent if each.name == wait.dependency), None)
        for placed, _ in lost
    ]
    return [each for each in found if each] if all(found) else []


def _check_forced(wait: WrittenDependency, definitions: Definitions, report: Report) -> None:
    """Note a job with a file matcher that a job without any drags into every run.

    Only where the matcher has no effect in any pipeline of the project: one that some pipeline
    heeds is of use, and where a timer starts the jobs none is asked.
    """
    forced = [(placed, edge) for placed, edge in wait.effective() if _forces(placed, edge)]
    forced = [each for each in forced if _is_always_forced(each, definitions)]
    if not forced:
        return
    placed, edge = forced[0]
    target = placed.graph.by_name[wait.dependency]
    report.note(
        rules.FORCED_JOB,
        wait.location,
        f"{edge.job!r} has no file matcher and needs {wait.dependency!r}, which has one: it has "
        f"no effect in {told([each for each, _ in forced])}; make the dependency soft, or drop "
        "the matcher",
        related([(target.location or Location(""), "the job with the matcher")], wait.location),
        key=wait.key,
    )


def _forces(placed: PlacedGraph, edge: Edge) -> bool:
    job, dependency = placed.graph.by_name[edge.job], placed.graph.by_name[edge.dependency]
    if edge.soft or job.elsewhere:  # what another repository defines may have a matcher
        return False
    return not _is_choosy(job) and _is_choosy(dependency)


def _is_always_forced(occurrence: Occurrence, definitions: Definitions) -> bool:
    placed, edge = occurrence
    return all(
        any(_forces(other, each) for each in other.graph.effective if each.dependency == name)
        for name in [edge.dependency]
        for other in definitions.graphs_of(placed.project)
        if name in other.graph.by_name
    )


def _is_choosy(job: Job) -> bool:
    return bool(job.files or job.irrelevant_files)
