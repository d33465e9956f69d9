"""Graphs and findings of another folder, with paths that start at the manual's root."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from groundrules.diagnostics import Diagnostic, Location, Related
from groundrules.graph import JobGraph, Named, Step


def relocated(graph: JobGraph, prefix: str) -> JobGraph:
    """Return a graph with ``prefix`` before the path of every place."""
    if not prefix:
        return graph
    return JobGraph(
        tuple(
            replace(
                each,
                location=_place(each.location, prefix),
                chain=_chain(each.chain, prefix),
                labels=_named(each.labels, prefix),
                semaphores=_named(each.semaphores, prefix),
            )
            for each in graph.jobs
        ),
        tuple(
            replace(
                each,
                location=_place(each.location, prefix),
                chain=_chain(each.chain, prefix),
            )
            for each in graph.edges
        ),
        tuple(replace(each, location=_place(each.location, prefix)) for each in graph.absent),
    )


def relocated_finding(found: Diagnostic, prefix: str) -> Diagnostic:
    """Return a finding with ``prefix`` before the path of every place."""
    return replace(
        found,
        location=moved(found.location, prefix),
        related=tuple(
            Related(moved(each.location, prefix), each.message) for each in found.related
        ),
    )


def moved(location: Location, prefix: str) -> Location:
    """Return a place with ``prefix`` before its path."""
    return Location(f"{prefix}{location.path}", location.line, location.column)


def _place(location: Location | None, prefix: str) -> Location | None:
    return moved(location, prefix) if location else None


def _chain(steps: Iterable[Step], prefix: str) -> tuple[Step, ...]:
    return tuple(Step(each.what, moved(each.location, prefix)) for each in steps)


def _named(names: Iterable[Named], prefix: str) -> tuple[Named, ...]:
    return tuple(
        replace(each, location=_place(each.location, prefix), chain=_chain(each.chain, prefix))
        for each in names
    )
