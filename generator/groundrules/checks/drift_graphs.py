"""Drift of a whole graph: pipelines that run nothing of it, and graphs that do not freeze."""

from __future__ import annotations

from groundrules.checks.comparison import Comparison
from groundrules.checks.words import names
from groundrules.diagnostics import Diagnostic, Related, did_you_mean
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
    reasons: dict[Diagnostic, list[str]] = {}
    for pipeline in found.claim.pipelines:
        if pipeline in found.real.refused:
            reasons.setdefault(found.real.refused[pipeline], []).append(pipeline)
    for reason, pipelines in reasons.items():
        _note_refused(found, reason, pipelines)


def _note_empty(found: Comparison, pipeline: str) -> None:
    claim = found.claim
    others = [each for each in found.real.pipelines if each not in claim.pipelines]
    found.note(
        rules.JOB_NOT_THERE,
        claim.pipeline_place(pipeline),
        f"the pipeline {pipeline!r} runs no job of {claim.project} on the branch "
        f"{claim.branch!r}{did_you_mean(pipeline, others, 'other pipelines that do')}",
    )


def _note_refused(found: Comparison, reason: Diagnostic, pipelines: list[str]) -> None:
    claim = found.claim
    found.note(
        rules.NO_GRAPH,
        reason.location,
        f"{claim.project} has no job graph in {names('pipeline', pipelines)}: {reason.message}",
        [
            *reason.related,
            Related(
                claim.pipeline_place(pipelines[0]),
                "nothing that is documented of it could be compared",
            ),
        ],
    )
