"""What the manual documents on purpose, so that no trap says that it is too much."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from groundrules.claims import GraphClaim


@dataclass(frozen=True, slots=True)
class Meant:
    """Dependencies (project, job, dependency) and semaphores (project, semaphore)."""

    dependencies: frozenset[tuple[str, str, str]] = frozenset()
    semaphores: frozenset[tuple[str, str]] = frozenset()


def meant(graphs: Iterable[GraphClaim], configuration: str) -> Meant:
    """Return what documented graphs of a configuration say is so, plans aside."""
    own = [each for each in graphs if each.configuration == configuration]
    jobs = [(graph.project, job) for graph in own for job in graph.jobs]
    return Meant(
        frozenset(
            (project, job.name, edge.dependency)
            for project, job in jobs
            for edge in job.waits_for
            if not edge.planned
        ),
        frozenset((project, name) for project, job in jobs for name in job.semaphores or ()),
    )
