"""What jobs hold, touch and share: nothing twice, and nothing that a paused job keeps for ever."""

from __future__ import annotations

from collections.abc import Iterator

from groundrules.diagnostics import Diagnostic, Related
from groundrules.grouping import grouped
from groundrules.nearest import did_you_mean
from groundrules.records import Catalogue, DataContent
from groundrules.records.graph import DocumentedJob, Graph
from groundrules.rules import records as rules


def check(catalogue: Catalogue, _: DataContent) -> Iterator[Diagnostic]:
    """Yield locks that are semaphores, what is touched and shared, and jobs that never start."""
    for graph in catalogue.graphs:
        for job in graph.current:
            yield from _twice(job)
        yield from _limits(graph)
        yield from _stuck(graph)


def _twice(job: DocumentedJob) -> Iterator[Diagnostic]:
    for first, second, why in (
        ("semaphores", "locks", "a semaphore is a lock already"),
        ("touches", "shares", "what a job touches it cannot share"),
    ):
        known = getattr(job, first)
        for at, name in enumerate(getattr(job, second)):
            if name in known:
                message = f"{name!r} is in {first!r} too, and {why}; remove one of them"
                yield Diagnostic(job.location(second, at), message, rules.CONTRADICTION)


def _limits(graph: Graph) -> Iterator[Diagnostic]:
    """Yield limits that are there twice, or of a semaphore that no job holds."""
    held = dict.fromkeys(name for job in graph.current for name in job.semaphores)
    known: set[str] = set()
    for limit in graph.limits:
        name, place = limit.semaphore, limit.location("semaphore")
        if name in known:
            message = f"semaphore {name!r} has a limit already; remove one of them"
            yield Diagnostic(place, message, rules.CONTRADICTION)
        elif name not in held and graph.whole:
            hint = did_you_mean(name, held, "semaphores") or "; add it to its jobs"
            message = f"no job of this graph holds the semaphore {name!r}{hint}"
            yield Diagnostic(place, message, rules.UNKNOWN_REFERENCE)
        known.add(name)


def _stuck(graph: Graph) -> Iterator[Diagnostic]:
    """Yield jobs that need what a paused job holds until they have ended."""
    single = {limit.semaphore for limit in graph.limits if limit.limit == 1}
    users = grouped(
        (name, (job, key, at))
        for job in graph.current
        for key in ("semaphores", "locks")
        for at, name in enumerate(getattr(job, key))
    )
    for paused in (job for job in graph.current if job.pauses):
        held = [*paused.locks, *(name for name in paused.semaphores if name in single)]
        others = [(name, *use) for name in dict.fromkeys(held) for use in users[name]]
        if all(job.name == paused.name for _, job, _, _ in others):
            continue
        below = graph.job_graph.descendants(paused.name)
        for name, job, key, at in others:
            if job.name in below and job.name != paused.name:
                yield _never(paused, job, key, at, name)


def _never(paused: DocumentedJob, job: DocumentedJob, key: str, at: int, name: str) -> Diagnostic:
    return Diagnostic(
        job.location(key, at),
        f"{job.name!r} can never start: {paused.name!r} holds {name!r} while it pauses, until "
        f"{job.name!r} has ended; remove {name!r} here",
        rules.CONTRADICTION,
        (Related(paused.location("pauses"), "it pauses here"),),
    )
