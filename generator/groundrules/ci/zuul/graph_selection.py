"""A resolved tenant and a `GraphQuestion` → the requested graphs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager

from groundrules.ci.errors import NotAvailableError, UnreadableError
from groundrules.ci.graph_question import MISTAKES, AskedError, GraphQuestion
from groundrules.ci.zuul.freezing.frozen import Frozen
from groundrules.ci.zuul.layout.gaps import has_unread_file, lost_stanzas
from groundrules.ci.zuul.layout.tenant import AmbiguousError, TenantProject
from groundrules.ci.zuul.layout.variants import TagRef, item_named
from groundrules.ci.zuul.reading.triggers import TAGS
from groundrules.ci.zuul.resolver import Resolver
from groundrules.garbage import collection_paused
from groundrules.graphs.shown_graph import title_of
from groundrules.nearest import did_you_mean


@contextmanager
def asked_errors() -> Iterator[None]:
    """Raise `AskedError` for what cannot be read or is ambiguous."""
    try:
        yield
    except (UnreadableError, NotAvailableError, AmbiguousError) as error:
        raise AskedError(str(error)) from None


def selected(resolver: Resolver, question: GraphQuestion) -> list[Frozen]:
    """Return the requested graphs.

    If a job is requested, they are the graphs that contain it.  Raises `AskedError` for an
    unknown project, branch, pipeline or job.
    """
    if question.branch and question.branch.startswith(TAGS):
        message = f"{question.branch!r} is not a branch; groundrules jobs --ref resolves tags"
        raise AskedError(message)
    graphs = _all(resolver, question) if question.all else _of_project(resolver, question)
    if question.wanted_job is None:
        return graphs
    with_job = _with_job(graphs, question.wanted_job, question)
    if question.why:
        _check_known(resolver, question.why[1], graphs)
    return with_job


def _all(resolver: Resolver, question: GraphQuestion) -> list[Frozen]:
    """Return the graphs of all projects, pipelines and branches, or of those in the question."""
    tenant, pipeline, branch = resolver.layout.tenant, question.pipeline, question.branch
    is_of_one = question.project is not None and not tenant.is_alone
    projects = [project_of(resolver, question)] if is_of_one else resolver.projects
    _check_names(resolver, projects, question)
    with collection_paused():
        graphs = [*resolver.each_graph(branch or "", pipeline or "", projects)]
    if tenant.is_alone:
        shown = {(frozen.project, frozen.branch) for frozen in graphs}
        graphs += _of_templates_only(resolver, shown, question)
        order = {project.name: index for index, project in enumerate(resolver.projects)}
        graphs.sort(key=lambda frozen: order[frozen.project])
    if graphs:
        return graphs
    if tenant.is_alone and pipeline is None:
        own, *_ = resolver.projects
        return [_unknown(resolver, own, "", branch or own.all_branches[0])]
    raise AskedError(_none_of_all(question))


def _check_names(
    resolver: Resolver, projects: Iterable[TenantProject], question: GraphQuestion
) -> None:
    """Raise `AskedError` for a branch or a pipeline that nothing here has."""
    branches = dict.fromkeys(name for project in projects for name in project.all_branches)
    if question.branch and question.branch not in branches:
        end = did_you_mean(question.branch, branches, "branches")
        raise AskedError(f"no project here has the branch {question.branch!r}{end}")
    stanzas = resolver.layout.written_stanzas()
    pipelines = {name for stanza in stanzas for name in stanza.pipelines}
    pipelines |= resolver.layout.pipelines.keys()
    if question.pipeline and pipelines and question.pipeline not in pipelines:
        end = did_you_mean(question.pipeline, pipelines, "pipelines")
        raise AskedError(f"no pipeline {question.pipeline!r} is defined or used here{end}")


def _none_of_all(question: GraphQuestion) -> str:
    """Return that there is no graph of a pipeline, branch and project, or none at all."""
    if not (question.project or question.pipeline or question.branch):
        return "no project of the tenant is in any pipeline"
    who = question.project or "no project"
    verb = "is not in" if question.project else "is in"
    pipeline = f"the pipeline {question.pipeline!r}" if question.pipeline else "any pipeline"
    on = f" on {item_named(question.branch)}" if question.branch else ""
    return f"{who} {verb} {pipeline}{on}"


def _of_templates_only(
    resolver: Resolver, shown: Collection[tuple[str, str]], question: GraphQuestion
) -> list[Frozen]:
    """Return the graphs of branches of which only missing templates could say anything."""
    graphs = [
        resolver.freezer.unknown(project, question.pipeline or "", branch)
        for project in resolver.projects
        for branch in project.all_branches
        if (project.name, branch) not in shown and question.branch in (None, branch)
    ]
    return [frozen for frozen in graphs if frozen.graph.elsewhere]


def _of_project(resolver: Resolver, question: GraphQuestion) -> list[Frozen]:
    project = project_of(resolver, question)
    branch = question.branch or next(iter(project.all_branches), "")
    known = resolver.pipelines(project, branch)
    wanted = known if question.pipeline is None else [question.pipeline]
    graphs = [
        frozen
        for pipeline in wanted
        if pipeline in known and (frozen := resolver.frozen(project, pipeline, branch))
    ]
    return graphs or [_unknown(resolver, project, question.pipeline or "", branch)]


def project_of(resolver: Resolver, question: GraphQuestion) -> TenantProject:
    """Return the requested project, or the only one.  Raises `AskedError`."""
    if resolver.layout.tenant.is_alone:
        return resolver.projects[0]
    if question.project is not None:
        return project_named(resolver, question.project)
    if len(resolver.projects) == 1:
        return resolver.projects[0]
    raise AskedError("say which --project is meant, or --all")


def project_named(resolver: Resolver, name: str) -> TenantProject:
    """Return a project of the tenant.  Raises `AskedError`."""
    with asked_errors():
        project = resolver.project(name)
    if project is None:
        end = did_you_mean(name, [project.name for project in resolver.projects], "projects")
        raise AskedError(f"no project {name!r} is in the tenant{end}")
    return project


def _unknown(resolver: Resolver, project: TenantProject, pipeline: str, branch: str) -> Frozen:
    """Return the graph of a pipeline whose jobs could only come from missing templates.

    Raises `AskedError` if there are none.
    """
    frozen = resolver.freezer.unknown(project, pipeline, branch)
    if frozen.graph.elsewhere:
        return frozen
    raise AskedError(nothing_in(resolver, project, pipeline, branch))


def nothing_in(
    resolver: Resolver, project: TenantProject, pipeline: str, branch: str | TagRef
) -> str:
    """Return why a project has no graph in a pipeline, or in any if that is empty."""
    if resolver.layout.tenant.is_alone and not resolver.freezer.finder.parts(project, branch):
        names = resolver.layout.other_projects()
        end = did_you_mean(project.name, names, "use --project with one of") if names else ""
        if any(lost_stanzas(resolver.layout, project, branch)):
            end = f"; one with a mistake is lost{MISTAKES}"
        if has_unread_file(resolver.layout, branch):
            end = f"; one of its files cannot be read{MISTAKES}"
        end = end or "; another repository may configure it"
        return f"{item_named(branch)} has no stanza for the project {project.name!r}{end}"
    pipelines = resolver.pipelines(project, branch)
    if not pipeline or not pipelines:
        return f"{project.name} is in no {_or_known(resolver, project, branch)}"
    end = did_you_mean(pipeline, pipelines, "its pipelines")
    return f"{project.name} is not in the pipeline {pipeline!r} on {str(branch)!r}{end}"


def _or_known(resolver: Resolver, project: TenantProject, branch: str | TagRef) -> str:
    """Return the words for no pipeline, or for none that is known without missing templates."""
    where = f"pipeline on {item_named(branch)}"
    missing = resolver.freezer.unknown(project, "", branch).graph.elsewhere
    if not missing:
        return where
    name, *_ = (part.name for part in missing)
    return f"known {where}: its template {name!r} is not defined here; use --tenant-config"


def _with_job(graphs: list[Frozen], job: str, question: GraphQuestion) -> list[Frozen]:
    """Return the graphs that contain a job, and those that cannot be built, which may contain it.

    For a whole tenant, the latter would be too many.
    """
    built = [frozen for frozen in graphs if not frozen.error]
    with_job = [frozen for frozen in built if job in _names([frozen])]
    if not with_job and (built or question.all):
        raise AskedError(_no_job(built, job))
    if question.all:
        return with_job
    return [frozen for frozen in graphs if frozen.error or frozen in with_job]


def _no_job(graphs: list[Frozen], name: str) -> str:
    """Return why no graph has a job: it is mentioned and absent, or not mentioned."""
    for frozen in graphs:
        if absent := frozen.shape.absent.get(name):
            return f"{name!r} is not in {title_of(frozen)}: {absent.reason}"
    end = did_you_mean(name, _names(graphs), "jobs")
    return f"no job {name!r} is in {_places(graphs)}{end}"


def _places(graphs: list[Frozen]) -> str:
    if len(graphs) == 1:
        return title_of(graphs[0])
    where = {(frozen.project, frozen.branch) for frozen in graphs}
    if len(where) != 1:
        return "any graph"
    [(project, branch)] = where
    return f"any pipeline of {project} on {branch!r}"


def _check_known(resolver: Resolver, name: str, graphs: list[Frozen]) -> None:
    """Raise `AskedError` for a job that is neither defined nor named in a graph.

    A job that another repository defines is known only by its mentions.
    """
    named = {
        other for frozen in graphs for job in frozen.shape.jobs for other, _ in job.dependencies
    }
    named |= {absent for frozen in graphs for absent in frozen.shape.absent}
    if name in resolver.layout.jobs or name in named:
        return
    raise AskedError(f"there is no job {name!r}{did_you_mean(name, _names(graphs), 'jobs')}")


def _names(graphs: Iterable[Frozen]) -> list[str]:
    return list(dict.fromkeys(job.name for frozen in graphs for job in frozen.shape.jobs))
