"""The jobs of a graph that Zuul refuses, as far as they are known."""

from __future__ import annotations

from groundrules.ci.zuul.freezing.collecting import VanishedError
from groundrules.ci.zuul.freezing.freeze import Freezer
from groundrules.ci.zuul.freezing.frozen import Frozen
from groundrules.ci.zuul.freezing.mentions import Mentions
from groundrules.ci.zuul.freezing.merged import FreezeError, Merged
from groundrules.ci.zuul.layout.tenant import TenantProject

RefusedJobs = dict[str, Merged | VanishedError | FreezeError]
"""Each mentioned job by its name, or why it is not in the graph or is an error itself."""


def refused_jobs(
    freezer: Freezer, project: TenantProject | None, frozen: Frozen
) -> tuple[Mentions, RefusedJobs]:
    """Return the mentions in a graph, and what each mentioned job is on its branch or ref.

    Nothing is known of a project that is not in the tenant, or whose stanzas are an error.
    """
    if project is None:
        return {}, {}
    try:
        mentions = freezer.finder.mentions(project, frozen.pipeline, frozen.item) or {}
    except FreezeError:
        return {}, {}
    item = freezer.jobs.item(project, frozen.pipeline, frozen.item, mentions)
    jobs: RefusedJobs = {}
    for name, listed in mentions.items():
        try:
            jobs[name] = freezer.jobs.job(name, item, [mention.variant for mention in listed])
        except (VanishedError, FreezeError) as error:
            jobs[name] = error
    return mentions, jobs
