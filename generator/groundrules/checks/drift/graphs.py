"""Drift of a whole graph: pipelines that run none of its jobs, and graphs that Zuul refuses."""

from __future__ import annotations

from collections.abc import Iterator

from groundrules.checks.drift.comparison import About, Comparison, Difference, Note
from groundrules.checks.phrases import named
from groundrules.claims.claims import GraphClaim
from groundrules.diagnostics import Diagnostic, Related
from groundrules.fix import Fix, Route, Write
from groundrules.grouping import grouped
from groundrules.nearest import did_you_mean
from groundrules.rules import drift as rules


def check(comparison: Comparison) -> Iterator[Note]:
    """Yield the pipelines that cannot be compared, and why."""
    more = comparison.real.unseen.more
    for pipeline in comparison.real.empty(comparison.claim):
        if more:
            reason = f"pipeline {pipeline!r} runs no known job: {more}"
            yield comparison.not_checked(About(), reason)
        else:
            yield _empty(comparison, pipeline)
    if more and comparison.claim.complete:
        yield comparison.not_checked(About(), f"it may lack jobs: {more}")
    refused = comparison.real.refused
    documented = (pipeline for pipeline in comparison.claim.pipelines if pipeline in refused)
    by_reason = grouped((refused[at].message, (at, refused[at])) for at in documented)
    for reasons in by_reason.values():
        yield _refused(comparison, dict(reasons))


def _empty(comparison: Comparison, pipeline: str) -> Difference:
    claim = comparison.claim
    others = [other for other in comparison.real.pipelines if other not in claim.pipelines]
    new = comparison.moves.pipelines.get(pipeline)
    hint = did_you_mean(pipeline, others, "other pipelines that do")
    return comparison.differs(
        rules.JOB_NOT_THERE,
        claim.pipeline_place(pipeline),
        f"pipeline {pipeline!r} runs no job of {claim.project} on "
        + (f"branch {claim.branch!r}" if claim.branch else "its default branch")
        + (f"; all its documented jobs run in {new!r}" if new else hint),
        About(),
        fix=_fix(claim, pipeline, new) if new else None,
        pipelines=[pipeline],
    )


def _fix(claim: GraphClaim, pipeline: str, new: str) -> Fix:
    """Return the changes that give a pipeline its new name wherever the record has it."""
    routes: list[Route] = [("pipelines", claim.written.index(pipeline))]
    routes += [
        (*job.route, "pipelines", job.written.index(pipeline))
        for job in claim.jobs
        if pipeline in job.written
    ]
    return Fix(claim.place.path, tuple(Write(route, new) for route in routes))


def _refused(comparison: Comparison, reasons: dict[str, Diagnostic]) -> Difference:
    """Return the pipelines that are refused for one reason, at the first place that has it."""
    claim = comparison.claim
    first, *others = dict.fromkeys(reasons.values())
    start = claim.pipeline_place(next(iter(reasons)))
    return comparison.differs(
        rules.NO_GRAPH,
        first.location,
        f"{claim.project} has no job graph in {named('pipeline', list(reasons))}: {first.message}",
        About(),
        related=[
            *(Related(other.location, "the same here") for other in others),
            Related(start, "what is documented of it could not be compared"),
        ],
        kind=first.rule.id,
        pipelines=reasons,
        because=[
            place
            for reported in (first, *others)
            for place in (reported.location, *reported.because)
        ],
    )
