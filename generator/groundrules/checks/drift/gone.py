"""Drift of what is documented as gone: jobs and dependencies that are there all the same."""

from __future__ import annotations

from collections.abc import Iterator

from groundrules.checks.drift.comparison import About, Comparison, Difference, Note
from groundrules.checks.phrases import named
from groundrules.claims.claims import GoneClaim
from groundrules.diagnostics import Location, Related
from groundrules.fix import Fix, Remove
from groundrules.rules import drift as rules


def check(comparison: Comparison) -> Iterator[Note]:
    """Yield the jobs and dependencies that are documented as gone and are not."""
    for claim in comparison.claim.gone:
        places = {at: place for at in claim.pipelines if (place := _place(comparison, claim, at))}
        if places:
            yield _not_gone(comparison, claim, places)


def _place(comparison: Comparison, claim: GoneClaim, pipeline: str) -> Location | None:
    """Return where a pipeline has what is documented as gone; None if it has not."""
    graph = comparison.real.graphs.get(pipeline)
    if graph is None or claim.job not in graph.by_name:
        return None
    if not claim.dependency:
        return graph.by_name[claim.job].location or claim.place
    edges = graph.effective_between(claim.job, claim.dependency)
    declared = [edge for edge in edges if edge.declared]
    return declared[0].location or claim.place if declared else None


def _not_gone(comparison: Comparison, claim: GoneClaim, places: dict[str, Location]) -> Difference:
    what = f"waits for {claim.dependency!r}" if claim.dependency else "runs"
    return comparison.differs(
        rules.NOT_GONE,
        claim.place,
        f"job {claim.job!r} {what} in {named('pipeline', places)} but is documented as gone",
        About(claim.job, claim.dependency),
        related=[
            Related(place, "it is here")
            for place in dict.fromkeys(places.values())
            if place != claim.place
        ],
        fix=Fix(claim.place.path, (Remove(claim.route),)),
        kind="gone",
        pipelines=places,
    )
