"""A `GraphQuestion` → the text of the answer, from the cache if nothing has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import asdict, replace

from groundrules.ci.graph_question import AskedError
from groundrules.ci.system import system_named
from groundrules.diagnostics import Report
from groundrules.store import Store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from groundrules.ci.graph_question import AskedGraphs, GraphQuestion
    from groundrules.diagnostics import Diagnostic


class KeptAnswer(Struct, frozen=True):
    """The text, and whether it reports graphs that cannot be built: what is cached."""

    text: str = ""
    has_error: bool = False
    mistakes: int = 0
    """How many of the findings are mistakes in the configuration."""

    notes: tuple[str, ...] = ()
    """What was assumed, and which graphs are not shown."""


class GraphAnswer(KeptAnswer, frozen=True):
    """An answer with its findings; ``refusal`` is the reason if there is no text."""

    findings: tuple[Diagnostic, ...] = ()
    """Empty for an answer from the cache."""

    refusal: str = ""


def answer(
    system: str, question: GraphQuestion, form: str = "text", *, with_findings: bool = False
) -> GraphAnswer:
    """Return the answer.

    Raises `BrokenConfigError` for a configuration that cannot be used, such as a tenant file
    that cannot be read.
    """
    try:
        asked = system_named(system).graphs(question)
    except AskedError as error:
        return GraphAnswer(refusal=str(error))
    if question.is_of_everything and form == "jsonl" and question.cache and not with_findings:
        return _cached(asked, question, question.cache)
    return _answer(asked, question, form)


def _answer(asked: AskedGraphs, question: GraphQuestion, form: str) -> GraphAnswer:
    from groundrules.report.graphs import View, graphs_text

    try:
        graphs = asked.graphs()
    except AskedError as error:
        findings, notes = _once(asked, asked.findings()), (*asked.notes,)
        return GraphAnswer(findings=findings, refusal=str(error), notes=notes)
    view = View(form=form, job=question.job, why=question.why, is_of_one=question.is_of_one)
    refused = [named for named in graphs if named.error]
    return GraphAnswer(
        text=graphs_text(graphs, view),
        has_error=len(refused) == len(graphs) if question.all else bool(refused),
        mistakes=len(_once(asked, asked.mistakes())),
        findings=_once(asked, asked.findings()),
        notes=(*asked.notes,),
    )


def _once(asked: AskedGraphs, findings: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return findings without those that repeat one on another branch."""
    from groundrules.checks.branches import merged

    once = Report()
    once.add(merged(findings, asked.origins()))
    return tuple(once.diagnostics)


def _cached(asked: AskedGraphs, question: GraphQuestion, cache: Path) -> GraphAnswer:
    """Return all graphs as lines, from the cache if nothing has changed."""
    store = Store(cache)
    if known := store.get("graphs", KeptAnswer, asked.place, key=asked.digest):
        return GraphAnswer(**asdict(known))
    answered = _answer(asked, question, "jsonl")
    if not answered.refusal:
        store.put("graphs", replace(answered, findings=()), asked.place, key=asked.digest)
    return answered
