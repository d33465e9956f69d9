"""Marks: the results of comparing graphs, jobs and edges with the configuration, as text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from groundrules.claims.verdicts import Verdict, Verdicts, VerdictState
from groundrules.pages import rst
from groundrules.pages.diagram import drawn
from groundrules.pages.diagram_layout import DiagramLayout
from groundrules.pages.known_order import is_verified_whole
from groundrules.pages.matrix import bounds, elsewhere, named_bounds, shown
from groundrules.pages.outline import Outline
from groundrules.records import Catalogue
from groundrules.records.expectation import ExpectationAnswer, Measure, Standing
from groundrules.records.graph import DocumentedJob, Graph
from groundrules.text import counted

VERSION = 1
_SOFT = rst.Rst(
    "A dashed arrow is :ci:word:`soft <soft>`: it counts only when the job that it comes from runs."
)
_LEGEND: dict[VerdictState, tuple[str, str]] = {
    VerdictState.PLANNED: (
        "pale",
        rst.Rst("A pale arrow is :ci:word:`planned <planned>`: nothing enforces it yet."),
    ),
    VerdictState.DRIFTED: (
        "thick",
        "A thick arrow has drifted: the configuration is different.",
    ),
    VerdictState.NOT_CHECKED: ("dotted", "A dotted arrow, dashed or not, was not checked."),
}


def mark(
    verdicts: Verdicts, graph: str, job: str = "", dependency: str = "", rule: str = ""
) -> rst.Rst:
    """Return the mark of a claim."""
    return rst.badge(verdicts.of(graph, job, dependency, rule).word)


def answer(said: ExpectationAnswer | None) -> rst.Rst:
    """Return what a cell of the matrix says: the mark of a standing, and its bounds."""
    standing, limits = shown(said)
    if standing is None:
        return rst.Rst("does not apply")
    parts = [f"{rst.badge(standing)} {rst.escape(limits)}".rstrip()]
    for names, other in elsewhere(said):
        on_others = f"{answer(other)} on {rst.escape(', '.join(names))}"
        parts.append(on_others)
    return rst.Rst("; ".join(parts))


def measured(measure: Measure, standing: Standing) -> rst.Rst:
    """Return a measure in words: the bounds of a guarantee, or how to find out."""
    if standing is Standing.GUARANTEED:
        return rst.Rst(rst.escape(named_bounds(measure)))
    fact = rst.literal(measure.fact)
    return rst.Rst(f"It is there when {fact} is {rst.escape(bounds(measure))}")


def reasons(
    verdicts: Verdicts,
    graph: str,
    job: str = "",
    dependency: str = "",
    rule: str = "",
    before: str = ": ",
) -> rst.Rst:
    """Return the differences, or why it was not checked, except reasons for the whole graph."""
    of_graph = verdicts.of(graph).why
    reasons = verdicts.of(graph, job, dependency, rule).why
    why = [reason for reason in reasons if reason not in of_graph]
    return rst.Rst(f"{before}{_sentences(why)}" if why else "")


def on_graph(outline: Outline, graph: Graph) -> rst.Rst:
    """Return the result for a graph: its mark, the configuration, the day, and the differences."""
    verdicts, verdict = outline.verdicts, outline.verdicts.of(graph.id)
    badge, said = rst.badge(verdict.word), _sentences(verdict.why)
    against = rst.escape(f"x{_against(outline, graph)}")[1:]
    if verdict.state is VerdictState.KEPT_BY_HAND:
        return rst.Rst(f"{badge}, compared with nothing: no program here reads {against}")
    day = _recorded(verdicts, graph)
    on_day, recorded = (f" on {day}", " (recorded)") if day else ("", "")
    if verdict.state is VerdictState.NOT_CHECKED:
        return rst.Rst(f"{badge}{on_day} against {against}{recorded}: {said}" if said else badge)
    preposition = "from" if verdict.state is VerdictState.DRIFTED else "against"
    result = said if verdict.state is VerdictState.DRIFTED else _counted(verdicts, graph)
    compared = recorded or ", compared on |today|"
    return rst.Rst(f"{badge}{on_day} {preposition} {against}{compared}: {result}")


def _recorded(verdicts: Verdicts, graph: Graph) -> str:
    """Return the day of an earlier comparison, where there was none in this run."""
    against = verdicts.against.get(graph.id)
    return against.recorded if against else ""


def _against(outline: Outline, graph: Graph) -> str:
    """Return the configuration of a graph: its title and edition."""
    titles = {each.id: each.title for each in outline.catalogue.manual.configurations}
    name = titles.get(graph.configuration, graph.configuration)
    against = outline.verdicts.against.get(graph.id)
    return f"{name}, {against.edition}" if against and against.edition else name


def on_job(outline: Outline, graph: Graph, job: DocumentedJob) -> rst.Rst:
    """Return the result for a job and its dependencies; the graph's page has the configuration."""
    verdict = _of_job(graph, job, outline.verdicts)
    if verdict.state is VerdictState.KEPT_BY_HAND:
        return rst.Rst(f"{rst.badge(verdict.word)}, compared with nothing")
    why = f": {_sentences(verdict.why)}" if verdict.why else ""
    is_known = verdict.state is not VerdictState.NOT_CHECKED
    where = f" (against what: {rst.ref('graph', graph.id)})" if is_known else ""
    return rst.Rst(f"{rst.badge(verdict.word)}{why}{where}")


def legend(verdicts: Verdicts, graph: Graph) -> list[str]:
    """Return the legend of a graph's diagram, with a sentence for each kind of arrow in it."""
    edges = (drawn(graph.job_graph) or {}).values()
    states = {verdicts.of(graph.id, each.job, each.dependency).state for each in edges}
    shown = [_LEGEND[state] for state in _LEGEND if state in states]
    sentences: list[str] = [_SOFT] if any(each.soft for each in edges) else []
    sentences += [sentence for _, sentence in shown]
    if VerdictState.KEPT_BY_HAND in states:
        sentences.append("The graph is kept by hand: its arrows are compared with nothing.")
    if VerdictState.VERIFIED in states:
        others = " nor ".join(look for look, _ in shown)
        which = (
            f"An arrow that is {'neither ' if len(shown) > 1 else 'not '}{others}"
            if shown
            else "Each arrow"
        )
        day = _recorded(verdicts, graph)
        says = f"said the same on {day}" if day else "says the same"
        sentences.append(f"{which} is verified: the configuration {says}.")
    return sentences


def arrow_marks(picture: DiagramLayout, scope: str, verdicts: Verdicts | None) -> list[str]:
    """Return a class for each arrow of a picture, after a space; nothing for a plan."""
    if verdicts is None:
        return ["" for _ in picture.arrows]
    of_arrows = (verdicts.of(scope, each.edge.job, each.edge.dependency) for each in picture.arrows)
    return [
        "" if each.state is VerdictState.PLANNED else f" ci-{_class(each)}" for each in of_arrows
    ]


def _class(verdict: Verdict) -> str:
    return "unchecked" if verdict.state is VerdictState.NOT_CHECKED else verdict.word


def _counted(verdicts: Verdicts, graph: Graph) -> str:
    """Return how much of a graph was checked: ``2 jobs, 3 dependencies (1 planned)``."""
    kinds: dict[str, list[Verdict]] = {"job": [], "dependency": [], "rule": []}
    for verdict in verdicts.on(graph.id):
        if verdict.job or verdict.rule:
            kind = "rule" if verdict.rule else "dependency" if verdict.dependency else "job"
            kinds[kind].append(verdict)
    parts = []
    for kind, claims in kinds.items():
        others = [
            f"{count} {state}"
            for state in (VerdictState.PLANNED, VerdictState.NOT_CHECKED)
            if (count := sum(each.state is state for each in claims))
        ]
        if claims:
            other_states = f" ({', '.join(others)})" if others else ""
            parts.append(f"{counted(len(claims), kind)}{other_states}")
    return ", ".join(parts) or "no jobs"


def _sentences(why: Iterable[str]) -> str:
    """Return sentences as reStructuredText that can be anywhere in a line."""
    return rst.Rst(rst.escape(f"x{'; '.join(why)}")[1:])


def document(catalogue: Catalogue, verdicts: Verdicts) -> dict[str, Any]:
    """Return the verdicts as JSON has them; the order is that of the manual."""
    return {"version": VERSION, "graphs": [_graph(each, verdicts) for each in catalogue.graphs]}


def _graph(graph: Graph, verdicts: Verdicts) -> dict[str, Any]:
    against = verdicts.against.get(graph.id)
    counts = verdicts.counts(graph.id)
    return {
        "graph": graph.id,
        "configuration": graph.configuration,
        "edition": against.edition if against else "",
        "commit": against.commit if against else "",
        "date": against.date if against else "",
        "recorded": against.recorded if against else "",
        **_said(verdicts.of(graph.id)),
        "order_is_complete": is_verified_whole(graph, verdicts),
        "counts": {state.value: counts[state] for state in VerdictState},
        "jobs": [
            {
                "job": job.name,
                **_said(_of_job(graph, job, verdicts)),
                "waits_for": [
                    {"job": wait.job, **_said(verdicts.of(graph.id, job.name, wait.job))}
                    for wait in graph.waits_of(job)
                ],
            }
            for job in graph.current
        ],
        "rules": [
            {"rule": rule.id, **_said(verdicts.of(graph.id, rule=rule.id))} for rule in graph.rules
        ],
    }


def _of_job(graph: Graph, job: DocumentedJob, verdicts: Verdicts) -> Verdict:
    """Return the verdict on a job and its dependencies, of which those that are gone have none."""
    return verdicts.of_job(graph.id, job.name, [wait.job for wait in graph.waits_of(job)])


def _said(verdict: Verdict) -> dict[str, Any]:
    return {
        "state": verdict.state.value,
        "pipelines": list(verdict.pipelines),
        "why": list(verdict.why),
    }
