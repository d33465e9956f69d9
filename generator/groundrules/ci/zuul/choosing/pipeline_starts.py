"""What starts a pipeline, and what that means for the file matchers of its jobs.

A change starts no pipeline that only has timers, or only tags.  The items of a timer, and those of
a ref that was updated in Gerrit, have no changed files, so that every matcher lets its job run
(``AbstractMatchFiles`` in zuul/change_matcher.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from groundrules.ci.zuul.layout.variants import TagRef
from groundrules.ci.zuul.reading.objects import PipelineSpec
from groundrules.ci.zuul.reading.triggers import REF, TIMER
from groundrules.graphs.decisions import Cause, Decision

_FOR_CHANGES = re.compile("check|gate|experimental|review|verify|merge")
"""The usual names of pipelines that a change starts; of others, it is not known."""

_NO_FILES = "has no changed files, and every file matcher lets its job run"


def only_start(spec: PipelineSpec | None, branch: str | TagRef) -> str:
    """Return what starts a pipeline that no change of a branch, or no ref, starts; else empty."""
    if spec is None:
        return ""
    if spec.starts == (TIMER,):
        return "a timer"
    return "a tag" if spec.tag_refs and not isinstance(branch, TagRef) else ""


def no_start(pipeline: str, start: str) -> str:
    """Return that no change starts a pipeline; ``start`` is what does."""
    return f"only {start} starts the pipeline {pipeline!r}, and no change does"


def not_started(pipeline: str, start: str, decisions: Iterable[Decision]) -> Iterator[Decision]:
    """Yield the decisions on the jobs of a pipeline that only something else starts."""
    reason = no_start(pipeline, start)
    for decision in decisions:
        if decision.cause is Cause.ABSENT:
            yield decision
        else:
            yield Decision(job=decision.job, cause=Cause.EVENT, reason=reason)


def start_notes(
    pipeline: str, spec: PipelineSpec | None, decisions: Sequence[Decision]
) -> Iterator[str]:
    """Yield what else may start a pipeline, if changed files keep some of its jobs from running."""
    if not any(decision.cause in (Cause.FILES, Cause.IRRELEVANT) for decision in decisions):
        return
    if spec is None and not _FOR_CHANGES.search(pipeline):
        yield f"what starts the pipeline {pipeline!r}; an item of a timer {_NO_FILES}"
    starts = spec.starts if spec else ()
    if TIMER in starts:
        yield f"a timer starts the pipeline {pipeline!r} too; its item {_NO_FILES}"
    if REF in starts and not (spec and spec.tag_refs):
        yield (
            f"the update of a ref starts the pipeline {pipeline!r}; an item of Gerrit {_NO_FILES}"
        )
