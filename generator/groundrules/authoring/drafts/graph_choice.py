"""`choice_of`: which project, branch and pipelines an import is for, and which record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from groundrules.authoring.drafts.draft import can_have
from groundrules.authoring.drafts.request import ImportRequest, ImportSession
from groundrules.authoring.drafts.source import UnclearError, slug, unused
from groundrules.ci import Configuration
from groundrules.claims.claims import GraphClaim
from groundrules.diagnostics import Location
from groundrules.nearest import did_you_mean
from groundrules.records.fields import ID, LINE, NAME
from groundrules.records.graph import Graph
from groundrules.text import listed

MOST_PIPELINES = 3
"""The pipelines in the name of a new graph; of more, the name has none."""


def choice_of(
    session: ImportSession, configuration: Configuration
) -> tuple[GraphClaim, Graph | None]:
    """Return the claims of the graph to draft and its record, or those of a new graph: none.

    Raises `UnclearError` if several graphs are possible, and `ci.NotFoundError`.
    """
    request, name, graphs = session.request, session.source.claim.id, session.data.catalogue.graphs
    record = next((record for record in graphs if record.id == request.graph), None)
    if record is not None:
        _check_record(record, name, request)
        return _claim(record, session), record
    branch = request.branch or ""
    project = request.project or _project(configuration, branch)
    pipelines = tuple(dict.fromkeys(request.pipelines or _pipeline(configuration, project, branch)))
    if request.graph is None:
        place = (name, project, branch)
        for other in graphs:
            is_of_project = (other.configuration, other.project, other.branch or "") == place
            if is_of_project and {*pipelines} <= {*other.pipelines}:
                return _claim(other, session), other
    _check_names(project, branch, pipelines)
    graph = _new_id(request.graph, project, branch, pipelines, graphs)
    return _new_claim(graph, name, project, branch, pipelines), None


def _claim(record: Graph, session: ImportSession) -> GraphClaim:
    return next(claim for claim in session.data.claims.graphs if claim.id == record.id)


def _new_claim(
    graph: str, configuration: str, project: str, branch: str, pipelines: tuple[str, ...]
) -> GraphClaim:
    place = Location(graph)
    return GraphClaim(
        id=graph,
        place=place,
        configuration=configuration,
        configuration_place=place,
        project=project,
        project_place=place,
        branch=branch,
        branch_place=place,
        pipelines=pipelines,
        pipeline_places=tuple(place for _ in pipelines),
        jobs=(),
        jobs_place=place,
    )


def _check_record(record: Graph, name: str, request: ImportRequest) -> None:
    """Raise `UnclearError` if a graph is about something else than what is requested."""
    pairs = (
        ("configuration", record.configuration, name),
        ("project", record.project, request.project or record.project),
        ("branch", record.branch or "", request.branch or record.branch or ""),
    )
    for key, documented, wanted in pairs:
        if documented != wanted:
            raise UnclearError(
                f"graph {record.id!r} is about the {key} {documented or 'by default'!r}, not "
                f"{wanted!r}; use another --graph"
            )
    others = [pipeline for pipeline in request.pipelines if pipeline not in record.pipelines]
    if others:
        raise UnclearError(
            f"graph {record.id!r} does not have the pipeline {others[0]!r}; use another --graph, "
            "or add it to 'pipelines' there first"
        )


def _check_names(project: str, branch: str, pipelines: Iterable[str]) -> None:
    """Raise `UnclearError` for names of a configuration that a record cannot have."""
    names = [("project", project, LINE), ("branch", branch, LINE)]
    names += [("pipeline", pipeline, NAME) for pipeline in pipelines]
    for noun, name, pattern in names:
        if name and not can_have(pattern, name):
            raise UnclearError(f"a record cannot have the name of the {noun} {name!r}")


def _project(configuration: Configuration, branch: str) -> str:
    """Return the only project in a pipeline, or the one that the repository belongs to."""
    projects = configuration.configured_projects(branch)
    own = configuration.own_project(branch)
    if own in projects:
        return own
    if len(projects) == 1:
        return projects[0]
    if not projects:
        reason = _reason(configuration, own, branch) if own else ""
        raise UnclearError(
            f"no project of the configuration is known to be in a pipeline{_on(branch)}{reason}"
        )
    raise UnclearError(f"say which --project is meant{did_you_mean('', projects, 'projects')}")


def _pipeline(configuration: Configuration, project: str, branch: str) -> tuple[str, ...]:
    pipelines = configuration.pipelines(project, branch)
    if len(pipelines) == 1:
        return pipelines
    if not pipelines:
        reason = _reason(configuration, project, branch)
        raise UnclearError(f"{project} is not known to be in a pipeline{_on(branch)}{reason}")
    raise UnclearError(
        f"say which --pipeline of {project} is meant: {listed(pipelines)}; several of them go "
        "into one graph"
    )


def _on(branch: str) -> str:
    return f" on the branch {branch!r}" if branch else ""


def _reason(configuration: Configuration, project: str, branch: str) -> str:
    """Return the end of a message: why the pipelines of a project are not known, if that is it."""
    unseen = configuration.unseen(project, branch)
    reasons = filter(None, (unseen.more, unseen.unread))
    return "".join(f"; {reason}" for reason in reasons)


def _new_id(
    wanted: str | None, project: str, branch: str, pipelines: Sequence[str], graphs: Iterable[Graph]
) -> str:
    if wanted is not None:
        if not re.fullmatch(ID, wanted):
            raise UnclearError(
                f"{wanted!r} cannot be the id of a graph; write lower-case letters, digits and "
                "hyphens"
            )
        return wanted
    *_, name = project.split("/")
    parts = [name, branch, *(pipelines if len(pipelines) <= MOST_PIPELINES else ())]
    return unused(slug("-".join(filter(None, parts))), (graph.id for graph in graphs))
