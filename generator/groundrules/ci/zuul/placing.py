"""A frozen graph, or a refused one → `groundrules.graphs.definitions.PlacedGraph`."""

from __future__ import annotations

from types import MappingProxyType

from groundrules.ci.zuul.freezing.collecting import VanishedError
from groundrules.ci.zuul.freezing.freeze import Freezer
from groundrules.ci.zuul.freezing.frozen import Frozen
from groundrules.ci.zuul.freezing.mentions import Mentions
from groundrules.ci.zuul.freezing.merged import FreezeError, Merged
from groundrules.ci.zuul.freezing.provenance import graph_of
from groundrules.ci.zuul.layout.tenant import TenantProject
from groundrules.ci.zuul.resolver import Resolver
from groundrules.graphs.job_graph import JobGraph
from groundrules.graphs.placed_graph import PlacedGraph

RefusedJobs = dict[str, Merged | VanishedError | FreezeError]
"""Each mentioned job by its name, or why it is not in the graph or is an error itself."""


def placed(resolver: Resolver, frozen: Frozen) -> PlacedGraph:
    """Return a graph with its project, pipeline and branch, and the mentions of its jobs."""
    project = resolver.project(frozen.project)
    mentions, graph = frozen.mentions, frozen.graph
    if frozen.error:
        mentions, graph = _refused(resolver, project, frozen)
    return PlacedGraph(
        project=frozen.project,
        pipeline=frozen.pipeline,
        branch=frozen.branch,
        graph=graph,
        mentions=MappingProxyType(
            {
                name: tuple(filter(None, (mention.variant.location for mention in listed)))
                for name, listed in mentions.items()
            }
        ),
        error=frozen.error,
        is_whole=not (project and resolver.freezer.gaps.of(project, frozen.item)),
        is_default=project is not None and frozen.branch in project.all_branches[:1],
        is_loaded=project is not None and _is_loaded(project, frozen.branch),
    )


def _refused(
    resolver: Resolver, project: TenantProject | None, frozen: Frozen
) -> tuple[Mentions, JobGraph]:
    """Return the known jobs and edges of a graph that Zuul refuses."""
    mentions, known = refused_jobs(resolver.freezer, project, frozen)
    jobs: list[Merged] = []
    absent: dict[str, VanishedError] = {}
    for name, job in known.items():
        if isinstance(job, FreezeError):
            return mentions, JobGraph()  # the dependencies of this job are unknown
        if isinstance(job, VanishedError):
            absent[name] = job
        else:
            jobs.append(job)
    return mentions, graph_of(jobs, absent, mentions)


def _is_loaded(project: TenantProject, branch: str) -> bool:
    is_known = project.knows_branches or branch == project.default_branch
    return is_known and project.includes(branch)


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
