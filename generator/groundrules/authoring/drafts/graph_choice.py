"""`GraphChoice`: which project, branch and pipelines an import is for, and which record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from groundrules.authoring.drafts.request import ImportRequest
from groundrules.authoring.drafts.source import UnclearError, slug, unused
from groundrules.ci import Configuration
from groundrules.nearest import did_you_mean
from groundrules.records.fields import ID
from groundrules.records.graph import Graph
from groundrules.text import listed

MOST_PIPELINES = 3
"""The pipelines in the name of a new graph; of more, the name has none."""


class GraphChoice(Struct, frozen=True, kw_only=True):
    """A graph to draft: that of ``record``, or a new one with the id ``id``."""

    id: str
    configuration: str
    project: str
    branch: str
    pipelines: tuple[str, ...]
    record: Graph | None = None


def choice_of(
    request: ImportRequest, graphs: Sequence[Graph], name: str, configuration: Configuration
) -> GraphChoice:
    """Return the choice; ``name`` is that of the configuration.

    Raises `UnclearError` if several graphs are possible, and `ci.NotFoundError`.
    """
    record = next((record for record in graphs if record.id == request.graph), None)
    if record is not None:
        _check_record(record, name, request)
        return _of_record(record)
    branch = request.branch or ""
    project = request.project or _project(configuration, branch)
    pipelines = tuple(dict.fromkeys(request.pipelines or _pipeline(configuration, project, branch)))
    if request.graph is None:
        place = (name, project, branch)
        for other in graphs:
            is_of_project = (other.configuration, other.project, other.branch or "") == place
            if is_of_project and {*pipelines} <= {*other.pipelines}:
                return _of_record(other)
    return GraphChoice(
        id=_new_id(request.graph, project, branch, pipelines, graphs),
        configuration=name,
        project=project,
        branch=branch,
        pipelines=pipelines,
    )


def _of_record(record: Graph) -> GraphChoice:
    return GraphChoice(
        id=record.id,
        configuration=record.configuration,
        project=record.project,
        branch=record.branch or "",
        pipelines=tuple(dict.fromkeys(record.pipelines)),
        record=record,
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
