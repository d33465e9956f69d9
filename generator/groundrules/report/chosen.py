"""The jobs of a change → text, in each format of ``groundrules jobs``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import to_builtins

from groundrules.graphs.decisions import Decision
from groundrules.graphs.shown_graph import ChosenGraph, title_of
from groundrules.nearest import did_you_mean
from groundrules.report import dumped
from groundrules.report.graph_json import as_plain, jobs_data
from groundrules.report.graph_text import graph_text
from groundrules.report.graphs import COMMENTS, DRAWN
from groundrules.text import escaped_lines, listed, section

MOST_NAMES = 5
_VERBS = {True: "runs", False: "does not run", None: "is not known to run"}


def chosen_text(
    graphs: Sequence[ChosenGraph], form: str, files: Sequence[str], only: str | None = None
) -> str:
    """Return the graphs in a format; with ``only``, just the decision on one job."""
    if form == "json":
        plain = [_plain(graph, only) for graph in graphs]
        return dumped({"files": list(files), "graphs": plain}, indent=1)
    if only is not None and form == "text":
        return _about(graphs, only)
    return "".join(_drawn(graph, form) for graph in graphs)


def batch_line(identity: object, graph: ChosenGraph | None, refusal: str = "") -> str:
    """Return the answer to one question of a batch; ``refusal`` is why there is none."""
    error = refusal or (str(graph.error) if graph and graph.error else None)
    linked = graph.linked_jobs if graph and not error else ()
    jobs = jobs_data((job.name, job.dependencies) for job in linked)
    unknown = [each.job for each in (graph.decisions if graph else ()) if each.runs is None]
    more = {"unknown": unknown} if unknown else {}
    more |= {"notes": [*graph.notes]} if graph and graph.notes else {}
    return json.dumps({"id": identity, "jobs": jobs, "error": error, **more})


def _plain(graph: ChosenGraph, only: str | None) -> dict[str, Any]:
    decisions = [
        {
            "job": decision.job,
            "runs": decision.runs,
            "cause": str(decision.cause),
            "reason": decision.reason,
            "location": to_builtins(decision.location),
            "unsure": decision.unsure or None,
        }
        for decision in graph.decisions
        if only in (None, decision.job)
    ]
    heading = {"project": graph.project, "pipeline": graph.pipeline, "branch": graph.branch}
    error = "\n".join(map(str, graph.refusals)) or (str(graph.error) if graph.error else None)
    notes = [*graph.notes, *_unknown_templates([graph])]
    said = {**heading, "error": error, "notes": notes, "decisions": decisions}
    return said if only is not None else said | as_plain(graph.graph)


def _drawn(graph: ChosenGraph, form: str) -> str:
    title, sign = title_of(graph), COMMENTS.get(form, "")
    if graph.error:
        errors = [str(error) for error in graph.refusals or (graph.error,)]
        lines = [f"{title}: no job runs, since Zuul refuses it", *(f"  {line}" for line in errors)]
        return escaped_lines(f"{sign}{line}" for line in ["", *lines] if line or not sign)
    if form != "text":
        return DRAWN[form](graph.graph, title)
    parts = ["", *_tree(graph, title)]
    for heading, runs in (("Runs because:", True), ("Not known:", None), ("Does not run:", False)):
        parts += section(heading, (_line(each) for each in graph.decisions if each.runs is runs))
    notes = (*graph.notes, *_unknown_templates([graph]), *_unsure(graph))
    return escaped_lines([*parts, *section("Not taken into account:", notes)])


def _tree(graph: ChosenGraph, title: str) -> list[str]:
    """Return the heading and the tree, without what `graph_text` says of missing jobs."""
    heading, *rest = graph_text(graph.graph, title).rstrip("\n").split("\n\n")
    return [heading, *(["", *rest[0].split("\n")] if graph.graph.jobs else [])]


def _line(decision: Decision) -> str:
    return f"{decision.job}: {_reason(decision)}"


def _reason(decision: Decision) -> str:
    return f"{decision.reason}  {decision.location or ''}".rstrip()


def _unsure(graph: ChosenGraph) -> list[str]:
    """Return what could change decisions, each once, with the jobs."""
    jobs: dict[str, list[str]] = {}
    for decision in graph.decisions:
        if decision.unsure and decision.unsure != decision.reason:
            jobs.setdefault(decision.unsure, []).append(decision.job)
    return [f"{listed(names, most=MOST_NAMES)}: {reason}" for reason, names in jobs.items()]


def _about(graphs: Sequence[ChosenGraph], job: str) -> str:
    """Return the decision on one job in each pipeline that mentions it."""
    lines = []
    for graph in graphs:
        title = title_of(graph)
        if graph.error:
            lines.append(f"{title}: no job runs: {graph.error}")
        for decision in (each for each in graph.decisions if each.job == job):
            lines.append(f"{title}: {job} {_VERBS[decision.runs]}: {_reason(decision)}")
            lines += [f"  but {decision.unsure}"] if decision.unsure else []
            if decision.runs is False:
                lines += [f"  not taken into account: {note}" for note in graph.notes]
    if not lines:
        known = {decision.job for graph in graphs for decision in graph.decisions}
        pipelines = listed([graph.pipeline for graph in graphs])
        end = did_you_mean(job, sorted(known), "jobs")
        unknown = [f"  not taken into account: {note}" for note in _unknown_templates(graphs)]
        where = " here" if unknown else ""
        lines.append(f"no project stanza or template{where} adds {job} to {pipelines}{end}")
        lines += unknown
    return escaped_lines(lines)


def _unknown_templates(graphs: Iterable[ChosenGraph]) -> Iterator[str]:
    """Yield which project-templates of some pipelines have jobs that are unknown, and why."""
    templates = {
        name.name: name.lost
        for graph in graphs
        for name in graph.graph.elsewhere
        if name.kind == "template"
    }
    if other := [name for name, lost in templates.items() if not lost]:
        noun = "template" if len(other) == 1 else "templates"
        yield f"the jobs of the {noun} {listed(other)}, defined in another repository"
    for name, lost in templates.items():
        if lost:
            yield f"the jobs of the template {name}: {lost}"
