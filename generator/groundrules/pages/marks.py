"""Marks: what became of graphs, jobs and edges when they were held against reality, in words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from groundrules.claims.verdicts import Verdict, Verdicts, VerdictState
from groundrules.pages import rst
from groundrules.pages.diagram import DiagramLayout, drawn
from groundrules.pages.outline import Outline
from groundrules.records import Catalogue
from groundrules.records.graph import DocumentedJob, Graph

VERSION = 1
# an option of the command, whose hyphens typesetting would make a dash
_OPTION = re.compile(r"(?<!\S)(--[a-z][a-z-]*)(?!\S)")
_SOFT = "A dashed arrow is soft: it counts only when the job that it comes from runs."
_LEGEND = {
    VerdictState.PLANNED: ("pale", "A pale arrow is planned: nothing enforces it yet."),
    VerdictState.DRIFTED: (
        "thick",
        "A thick arrow has drifted: the configuration is different.",
    ),
    VerdictState.NOT_CHECKED: ("dotted", "A dotted arrow, dashed or not, was not checked."),
}


def mark(
    found: Verdicts, graph: str, job: str = "", dependency: str = "", rule: str = ""
) -> rst.Rst:
    """Return the mark of a claim."""
    return rst.badge(found.of(graph, job, dependency, rule).word)


def reasons(
    found: Verdicts,
    graph: str,
    job: str = "",
    dependency: str = "",
    rule: str = "",
    before: str = ": ",
) -> rst.Rst:
    """Return what differs, or why nobody looked, unless that is said of the whole graph."""
    said = found.of(graph).why
    why = [each for each in found.of(graph, job, dependency, rule).why if each not in said]
    return rst.Rst(f"{before}{_sentences(why)}" if why else "")


def on_graph(outline: Outline, graph: Graph) -> rst.Rst:
    """Return what became of a graph: its mark, against what it was held and when, what differs."""
    found, verdict = outline.found, outline.found.of(graph.id)
    badge, said = rst.badge(verdict.word), _sentences(verdict.why)
    against = rst.escape(f"x{_against(outline, graph)}")[1:]
    if verdict.state is VerdictState.NOT_CHECKED:
        return rst.Rst(f"{badge} against {against}: {said}" if said else badge)
    preposition = "from" if verdict.state is VerdictState.DRIFTED else "against"
    counted = said if verdict.state is VerdictState.DRIFTED else _counted(found, graph)
    return rst.Rst(f"{badge} {preposition} {against}, compared on |today|: {counted}")


def _against(outline: Outline, graph: Graph) -> str:
    """Return what a graph was, or should have been, held against: a title and an edition."""
    titles = {each.id: each.title for each in outline.catalogue.manual.configurations}
    name = titles.get(graph.configuration, graph.configuration)
    against = outline.found.against.get(graph.id)
    return f"{name}, {against.edition}" if against and against.edition else name


def on_job(outline: Outline, graph: Graph, job: DocumentedJob) -> rst.Rst:
    """Return what became of a job and what it waits for; the graph's page says against what."""
    verdict = outline.found.of_job(graph.id, job.name, [wait.job for wait in job.waits_for])
    why = f": {_sentences(verdict.why)}" if verdict.why else ""
    is_known = verdict.state is not VerdictState.NOT_CHECKED
    where = f" (against what: {rst.ref('graph', graph.id)})" if is_known else ""
    return rst.Rst(f"{rst.badge(verdict.word)}{why}{where}")


def legend(found: Verdicts, graph: Graph) -> list[str]:
    """Return what the arrows of a graph's picture mean: sentences for those that are in it."""
    edges = (drawn(graph.job_graph) or {}).values()
    states = {found.of(graph.id, each.job, each.dependency).state for each in edges}
    told = [_LEGEND[state] for state in _LEGEND if state in states]
    sentences = [_SOFT] if any(each.soft for each in edges) else []
    sentences += [sentence for _, sentence in told]
    if VerdictState.VERIFIED in states:
        others = " nor ".join(look for look, _ in told)
        which = (
            f"An arrow that is {'neither ' if len(told) > 1 else 'not '}{others}"
            if told
            else "Each arrow"
        )
        sentences.append(f"{which} is verified: the configuration says the same.")
    return sentences


def arrow_marks(picture: DiagramLayout, scope: str, found: Verdicts | None) -> list[str]:
    """Return a class for each arrow of a picture, after a space; nothing for a plan."""
    if found is None:
        return ["" for _ in picture.arrows]
    verdicts = (found.of(scope, each.edge.job, each.edge.dependency) for each in picture.arrows)
    return [
        "" if each.state is VerdictState.PLANNED else f" ci-{_class(each)}" for each in verdicts
    ]


def _class(verdict: Verdict) -> str:
    return "unchecked" if verdict.state is VerdictState.NOT_CHECKED else verdict.word


def _counted(found: Verdicts, graph: Graph) -> str:
    """Return how much of a graph was looked at: ``2 jobs, 3 dependencies (1 planned)``."""
    kinds: dict[str, list[Verdict]] = {"job": [], "dependency": [], "rule": []}
    for each in found.on(graph.id):
        if each.job or each.rule:
            kind = "rule" if each.rule else "dependency" if each.dependency else "job"
            kinds[kind].append(each)
    parts = []
    for kind, verdicts in kinds.items():
        others = [
            f"{count} {state}"
            for state in (VerdictState.PLANNED, VerdictState.NOT_CHECKED)
            if (count := sum(each.state is state for each in verdicts))
        ]
        if verdicts:
            told = f" ({', '.join(others)})" if others else ""
            parts.append(f"{_number(len(verdicts), kind)}{told}")
    return ", ".join(parts) or "no jobs"


def _number(count: int, noun: str) -> str:
    plural = "dependencies" if noun == "dependency" else f"{noun}s"
    return f"{count} {noun if count == 1 else plural}"


def _sentences(why: Iterable[str]) -> str:
    """Return sentences as reStructuredText that can stand anywhere in a line."""
    parts = _OPTION.split(f"x{'; '.join(why)}")
    marked = (f"``{each}``" if odd % 2 else rst.escape(each) for odd, each in enumerate(parts))
    return rst.Rst("".join(marked)[1:])


def document(catalogue: Catalogue, found: Verdicts) -> dict[str, Any]:
    """Return the verdicts as JSON has them; the order is that of the manual."""
    return {"version": VERSION, "graphs": [_graph(each, found) for each in catalogue.graphs]}


def _graph(graph: Graph, found: Verdicts) -> dict[str, Any]:
    against = found.against.get(graph.id)
    counts = found.counts(graph.id)
    return {
        "graph": graph.id,
        "configuration": graph.configuration,
        "edition": against.edition if against else "",
        "commit": against.commit if against else "",
        "date": against.date if against else "",
        **_said(found.of(graph.id)),
        "counts": {state.value: counts[state] for state in VerdictState},
        "jobs": [
            {
                "job": job.name,
                **_said(found.of_job(graph.id, job.name, [wait.job for wait in job.waits_for])),
                "waits_for": [
                    {"job": wait.job, **_said(found.of(graph.id, job.name, wait.job))}
                    for wait in job.waits_for
                ],
            }
            for job in graph.jobs
        ],
        "rules": [
            {"rule": rule.id, **_said(found.of(graph.id, rule=rule.id))} for rule in graph.rules
        ],
    }


def _said(verdict: Verdict) -> dict[str, Any]:
    return {
        "state": verdict.state.value,
        "pipelines": list(verdict.pipelines),
        "why": list(verdict.why),
    }
