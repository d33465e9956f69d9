"""Questions of ``impact`` and ``jobs`` → the answers, from the cache if nothing has changed.

For a whole tenant they are cached: only the times and sizes of its files are read again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from groundrules.ci.impact_question import OUTSIDE
from groundrules.ci.system import system_named
from groundrules.store import Store, digest

if TYPE_CHECKING:
    from groundrules.ci.change_question import ChangeQuestion
    from groundrules.ci.impact_question import ImpactQuestion

T = TypeVar("T")


class JobAnswer(Struct, frozen=True, array_like=True):
    """The text, what was compared, whether Zuul refuses a graph, and what was taken for granted."""

    text: str
    compared: str
    has_error: bool = False
    notes: tuple[str, ...] = ()


def impact_answer(system: str, question: ImpactQuestion, form: str) -> str:
    """Return the text of an answer.

    It is not cached for a file that jobs run, since other files show its users.  Raises
    `groundrules.ci.graph_question.AskedError` and `groundrules.ci.errors.BrokenConfigError`.
    """

    def made() -> tuple[str, bool]:
        from groundrules.graphs.impact import ManualImpact, NamedImpact
        from groundrules.report.impact import impact_report

        impact = system_named(system).impact(question)
        text = impact_report(ManualImpact(impacts=(NamedImpact(impact),)), form)
        return text, impact.kind not in OUTSIDE

    return _cached("impact", str, system, question, (form, question.kind, question.name), made)


def job_answer(system: str, question: ChangeQuestion, form: str) -> JobAnswer:
    """Return an answer, which is cached for a list of files.  Raises as `impact_answer` does."""

    def made() -> tuple[JobAnswer, bool]:
        from groundrules.report.chosen import chosen_text

        asked = system_named(system).change(question)
        graphs = asked.graphs()
        text = chosen_text(graphs, form, asked.files, question.job)
        has_error = any(graph.error for graph in graphs)
        return JobAnswer(text, asked.compared, has_error, (*asked.notes,)), True

    if question.files is None:
        return made()[0]
    return _cached("jobs", JobAnswer, system, question, (form,), made)


def _cached(
    name: str,
    kind: type[T],
    system: str,
    question: ImpactQuestion | ChangeQuestion,
    of: tuple[str, ...],
    made: Callable[[], tuple[T, bool]],
) -> T:
    """Return what is stored, or what ``made`` returns with whether to store it."""
    if question.tenant_file is None or question.cache is None:
        return made()[0]
    from groundrules.ci.config_source import ConfigSource

    store = Store(question.cache)
    place = (str(question.root.resolve()), str(question.tenant_file.resolve()), *of)
    source = ConfigSource(folder=question.root, tenant=question.tenant_file)
    fields = (getattr(question, field) for field in question.__struct_fields__ if field != "cache")
    key = digest(*fields, *system_named(system).state(source))
    if (known := store.get(name, kind, *place, key=key)) is not None:
        return known
    answer, is_kept = made()
    if is_kept:
        store.put(name, answer, *place, key=key)
    return answer
