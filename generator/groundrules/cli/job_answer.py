"""A `ChangeQuestion` → the text of the answer, from the cache if nothing has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from groundrules.ci.system import system_named
from groundrules.cli.impact_answer import state_of_tenant
from groundrules.store import Store

if TYPE_CHECKING:
    from groundrules.ci.change_question import ChangeQuestion


class JobAnswer(Struct, frozen=True, array_like=True):
    """The text, what was compared, whether Zuul refuses a graph, and what was taken for granted."""

    text: str
    compared: str
    has_error: bool = False
    notes: tuple[str, ...] = ()


def answer_of(system: str, question: ChangeQuestion, form: str) -> JobAnswer:
    """Return the answer.

    For a list of files and a whole tenant, it is cached: only the times and sizes of the tenant's
    files are read again.  Raises `groundrules.ci.graph_question.AskedError` and
    `groundrules.ci.errors.BrokenConfigError`.
    """
    if question.files is None or question.tenant_file is None or question.cache is None:
        return _answered(system, question, form)
    store = Store(question.cache)
    place = (str(question.root.resolve()), str(question.tenant_file.resolve()), form)
    key = state_of_tenant(system, question)
    if known := store.get("jobs", JobAnswer, *place, key=key):
        return known
    answer = _answered(system, question, form)
    store.put("jobs", answer, *place, key=key)
    return answer


def _answered(system: str, question: ChangeQuestion, form: str) -> JobAnswer:
    from groundrules.report.chosen import chosen_text

    asked = system_named(system).change(question)
    graphs = asked.graphs()
    text = chosen_text(graphs, form, asked.files, question.job)
    has_error = any(graph.error for graph in graphs)
    return JobAnswer(text, asked.compared, has_error, (*asked.notes,))
