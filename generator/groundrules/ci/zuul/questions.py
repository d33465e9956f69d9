"""What ``groundrules graph`` is asked for → the graphs, or why the question makes no sense."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from groundrules.ci.graph_answer import title_of
from groundrules.ci.graph_question import AskedError, GraphQuestion
from groundrules.ci.zuul.layout.gathering import Gathered
from groundrules.ci.zuul.layout.tenant import AmbiguousError, TenantProject
from groundrules.diagnostics import did_you_mean

if TYPE_CHECKING:
    from groundrules.ci.zuul.freezing.freeze import Frozen
    from groundrules.ci.zuul.resolver import Resolver


def check_there(gathered: Gathered, question: GraphQuestion) -> None:
    """Raise `AskedError` where a repository on its own has no configuration.

    A folder without git may be a snapshot with a folder a branch: another branch that has some
    says nothing of what was asked for, and of a plain folder it is no branch at all.
    """
    [project] = gathered.tenant.projects
    branch = question.branch or next(iter(project.all_branches), "")
    found = {raw.source.branch for raw in gathered.files}
    if branch in found or (found and question.all):
        return
    message = f"there is no Zuul configuration in {question.root.absolute()}"
    if question.branch or (found and (question.root / ".git").exists()):
        message += f" on the branch {branch!r}"
        if question.branch:
            message += did_you_mean(branch, sorted(found), "branches that have some")
    reasons = "; ".join(each.message for each in gathered.report.found)
    raise AskedError(f"{message} ({reasons})" if reasons else message)


def asked(resolver: Resolver, question: GraphQuestion) -> list[Frozen]:
    """Return the graphs that are asked for.

    Where a job is wanted they are those that have it.  Raises `AskedError` for a project, branch,
    pipeline or job that is not there.
    """
    found = resolver.graphs() if question.all else _of_project(resolver, question)
    if question.wanted_job is None:
        return found
    having = _having(found, question.wanted_job, question)
    if question.why:
        _check_known(resolver, question.why[1], found)
    return having


def _of_project(resolver: Resolver, question: GraphQuestion) -> list[Frozen]:
    project = _project(resolver, question)
    branch = question.branch or next(iter(project.all_branches), "")
    known = resolver.freezer.finder.pipelines(project, branch)
    wanted = known if question.pipeline is None else [question.pipeline]
    found = [
        frozen
        for pipeline in wanted
        if pipeline in known and (frozen := resolver.freezer.freeze(project, pipeline, branch))
    ]
    if not found:
        raise AskedError(_nothing(question, project, branch, known))
    return found


def _project(resolver: Resolver, question: GraphQuestion) -> TenantProject:
    names = [each.name for each in resolver.projects]
    if question.project is None:
        if len(names) == 1:
            return resolver.projects[0]
        raise AskedError("say which --project is meant, or --all")
    try:
        project = resolver.project(question.project)
    except AmbiguousError as error:
        raise AskedError(str(error)) from None
    if project is None:
        end = did_you_mean(question.project, names, "projects")
        raise AskedError(f"no project {question.project!r} is in the tenant{end}")
    return project


def _nothing(
    question: GraphQuestion, project: TenantProject, branch: str, pipelines: list[str]
) -> str:
    if question.pipeline is None:
        return f"{project.name} is in no pipeline on the branch {branch!r}"
    end = did_you_mean(question.pipeline, pipelines, "its pipelines")
    return f"{project.name} is not in the pipeline {question.pipeline!r} on {branch!r}{end}"


def _having(found: list[Frozen], job: str, question: GraphQuestion) -> list[Frozen]:
    """Return the graphs that have a job, with those that cannot be built: they could have it.

    Of a whole tenant these are too many to be told for one job.
    """
    built = [each for each in found if not each.error]
    having = [each for each in built if job in _names([each])]
    if not having and (built or question.all):
        raise AskedError(_no_job(built, job))
    if question.all:
        return having
    return [each for each in found if each.error or each in having]


def _no_job(graphs: list[Frozen], name: str) -> str:
    """Return why no graph has a job: one that is mentioned is told from one that is not."""
    for frozen in graphs:
        if absent := frozen.shape.absent.get(name):
            return f"{name!r} is not in {title_of(frozen)}: {absent.reason}"
    end = did_you_mean(name, _names(graphs), "jobs")
    return f"no job {name!r} is in {_places(graphs)}{end}"


def _places(graphs: list[Frozen]) -> str:
    if len(graphs) == 1:
        return title_of(graphs[0])
    where = {(each.project, each.branch) for each in graphs}
    if len(where) != 1:
        return "any graph"
    [(project, branch)] = where
    return f"any pipeline of {project} on {branch!r}"


def _check_known(resolver: Resolver, name: str, graphs: list[Frozen]) -> None:
    """Raise `AskedError` for a job that is defined nowhere and that no graph names.

    What another repository defines is known by its mention only.
    """
    named = {other for each in graphs for job in each.shape.jobs for other, _ in job.dependencies}
    named |= {absent for each in graphs for absent in each.shape.absent}
    if resolver.layout.has_job(name) or name in named:
        return
    raise AskedError(f"there is no job {name!r}{did_you_mean(name, _names(graphs), 'jobs')}")


def _names(graphs: Iterable[Frozen]) -> list[str]:
    return list(dict.fromkeys(job.name for each in graphs for job in each.shape.jobs))
