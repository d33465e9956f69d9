"""Which real jobs a rule of a graph applies to."""

from __future__ import annotations

from collections.abc import Callable
from fnmatch import fnmatchcase

from groundrules.claims.claims import JobClaim, RuleClaim
from groundrules.graphs.elements import Job

RunsFor = Callable[[Job, str], bool]
"""Returns whether a change of a file starts a job."""


def selects(rule: RuleClaim, job: Job, documented: JobClaim | None, is_run_for: RunsFor) -> bool:
    """Return whether a rule applies to a job."""
    return applies(rule, job, documented) and (rule.file is None or is_run_for(job, rule.file))


def applies(rule: RuleClaim, job: Job, documented: JobClaim | None) -> bool:
    """Return whether a rule applies to a job; tags and parent may be ``documented`` ones.

    Whether the rule's file starts the job is left out: only the CI system knows that.
    """
    tags = (*job.tags, *(documented.tags if documented else ()))
    parents = (*job.parents, documented.parent if documented else None)
    return (
        is_named(rule, job)
        and (rule.tag is None or rule.tag in tags)
        and (rule.parent is None or rule.parent in parents)
    )


def is_named(rule: RuleClaim, job: Job) -> bool:
    """Return whether a job has a name that the rule applies to."""
    return rule.name is None or fnmatchcase(job.name, rule.name)
