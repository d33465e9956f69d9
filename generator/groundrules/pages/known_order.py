"""`KnownOrder`: what is known of two jobs that no documented dependency joins."""

from __future__ import annotations

from dataclasses import dataclass, field

from groundrules.claims.verdicts import Verdicts, VerdictState
from groundrules.records.graph import Coverage, Graph, IndependentJobs


@dataclass(frozen=True, slots=True)
class KnownOrder:
    """Which jobs of a graph can run side by side.

    Where no dependency joins two jobs, a missing line may be the reason.  So it is known of all
    jobs only where the graph ``is_complete``: it names every job, and the configuration says the
    same.  Elsewhere it is known of the pairs that are declared independent.
    """

    is_complete: bool = False
    _pairs: dict[str, dict[str, IndependentJobs]] = field(default_factory=dict)
    _demanded: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def independent(self, job: str) -> dict[str, IndependentJobs]:
        """Return the jobs that are declared independent of a job, with the pair that says so."""
        return self._pairs.get(job, {})

    def demanded(self, job: str) -> tuple[str, ...]:
        """Return the jobs that a job has to wait for by rules alone."""
        return self._demanded.get(job, ())


def known_order(graph: Graph, verdicts: Verdicts) -> KnownOrder:
    """Return what is known of the jobs of ``graph``."""
    pairs: dict[str, dict[str, IndependentJobs]] = {}
    for pair in graph.independent:
        for job, other in (pair.jobs, pair.jobs[::-1]):
            pairs.setdefault(job, {}).setdefault(other, pair)
    demanded = {
        job: tuple(waits[len(graph.job_graph.dependencies(job)) :])
        for job, waits in graph.links.items()
    }
    return KnownOrder(is_verified_whole(graph, verdicts), pairs, demanded)


def is_verified_whole(graph: Graph, verdicts: Verdicts) -> bool:
    """Return whether a graph names every job and is as its configuration has it."""
    is_verified = verdicts.of(graph.id).state is VerdictState.VERIFIED
    return is_verified and graph.coverage is Coverage.COMPLETE
