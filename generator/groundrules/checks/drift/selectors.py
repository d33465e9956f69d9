"""Which real jobs a rule of a graph speaks of, as far as a graph can tell."""

from __future__ import annotations

from fnmatch import fnmatchcase

from groundrules.claims.claims import GraphClaim, RuleClaim
from groundrules.graphs.job_graph import Job


def fits(claim: GraphClaim, rule: RuleClaim, job: Job) -> bool:
    """Return whether a rule speaks of a job; tags and parent may be documented ones.

    Whether the rule's file starts the job is left out: the CI system tells that.
    """
    known = claim.job(job.name)
    tags = (*job.tags, *(known.tags if known else ()))
    parents = (*job.parents, known.parent if known else None)
    return (
        is_named(rule, job)
        and (rule.tag is None or rule.tag in tags)
        and (rule.parent is None or rule.parent in parents)
    )


def is_named(rule: RuleClaim, job: Job) -> bool:
    """Return whether a job has a name that the rule speaks of."""
    return rule.name is None or fnmatchcase(job.name, rule.name)
