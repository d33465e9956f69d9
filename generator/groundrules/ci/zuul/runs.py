"""Which pipelines of which projects run a job."""

from __future__ import annotations

from groundrules.ci.zuul.resolver import Resolver


def runs_of(resolver: Resolver) -> dict[tuple[str, str], list[str]]:
    """Return the pipelines that run each job on each branch, as text.

    The default branch of a project has its name, and the empty one too.
    """
    runs: dict[tuple[str, str], list[str]] = {}
    for frozen in resolver.graphs():
        project = resolver.project(frozen.project)
        is_default = project is not None and frozen.branch in project.all_branches[:1]
        branches = (frozen.branch, "") if is_default else (frozen.branch,)
        where = f"{frozen.pipeline!r} of {frozen.project}"
        for name in (job.name for job in frozen.shape.jobs):
            for branch in branches:
                runs.setdefault((name, branch), []).append(where)
    return runs
