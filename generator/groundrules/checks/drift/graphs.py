"""Drift of a whole graph: pipelines that run nothing of it, and graphs that do not freeze."""

from __future__ import annotations

from groundrules.checks.drift.comparison import Comparison
from groundrules.checks.words import names
from groundrules.claims.claims import GraphClaim
from groundrules.diagnostics import Diagnostic, Fix, Related, Route, Write, did_you_mean
from groundrules.rules import drift as rules


def check(found: Comparison) -> None:
    """Note the pipelines that cannot be compared, and why."""
    more = found.real.unseen.more
    for pipeline in found.real.empty(found.claim):
        if more:
            found.miss(f"the pipeline {pipeline!r} runs no job that can be seen: {more}")
        else:
            _note_empty(found, pipeline)
    if more and found.claim.complete:
        found.miss(f"whether it names every job is not known: {more}")
    refused: dict[str, dict[str, Diagnostic]] = {}
    for pipeline in found.claim.pipelines:
        if reason := found.real.refused.get(pipeline):
            refused.setdefault(reason.message, {})[pipeline] = reason
    for reasons in refused.values():
        _note_refused(found, reasons)


def _note_empty(found: Comparison, pipeline: str) -> None:
    claim = found.claim
    others = [each for each in found.real.pipelines if each not in claim.pipelines]
    new = found.moves.pipelines.get(pipeline)
    hint = did_you_mean(pipeline, others, "other pipelines that do")
    found.note(
        rules.JOB_NOT_THERE,
        claim.pipeline_place(pipeline),
        f"the pipeline {pipeline!r} runs no job of {claim.project} on "
        + (f"the branch {claim.branch!r}" if claim.branch else "its default branch")
        + (f"; all that is documented of it is in {new!r}" if new else hint),
        fix=_fix(claim, pipeline, new) if new else None,
        pipelines=[pipeline],
    )


def _fix(claim: GraphClaim, pipeline: str, new: str) -> Fix:
    """Return how the record would name a pipeline by its new name, wherever it does."""
    routes: list[Route] = [("pipelines", claim.written.index(pipeline))]
    routes += [
        (*job.route, "pipelines", job.written.index(pipeline))
        for job in claim.jobs
        if pipeline in job.written
    ]
    return Fix(claim.place.path, tuple(Write(route, new) for route in routes))


def _note_refused(found: Comparison, reasons: dict[str, Diagnostic]) -> None:
    """Note the pipelines that are refused for one reason, at the first place that has it."""
    claim = found.claim
    first, *others = dict.fromkeys(reasons.values())
    start = claim.pipeline_place(next(iter(reasons)))
    found.note(
        rules.NO_GRAPH,
        first.location,
        f"{claim.project} has no job graph in {names('pipeline', list(reasons))}: {first.message}",
        [
            *(Related(each.location, "the same here") for each in others),
            Related(start, "nothing that is documented of it could be compared"),
        ],
        of=first.rule.id,
        pipelines=reasons,
        because=[place for each in (first, *others) for place in (each.location, *each.because)],
    )
