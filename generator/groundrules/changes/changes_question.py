"""`answer`: the question what changed → the report that formats show."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from groundrules.changes.asked_revisions import AskedRevisions
from groundrules.changes.catalogue_difference import compare
from groundrules.changes.change_report import ChangeReport, NoticeBreach, ReportedRevision, Unread
from groundrules.changes.damage import may_hide_promise
from groundrules.changes.data_state import DataState, states
from groundrules.changes.notice_breaches import NoticeBreaches
from groundrules.ci.git import Confinement
from groundrules.nearest import did_you_mean


class UnansweredError(Exception):
    """Neither revision has the label or graph, or the notice, that the question is about."""


class ChangesQuestion(Struct, frozen=True, kw_only=True):
    """The manual in ``root``, two revisions of its ``data``, and what of them is asked for."""

    root: Path
    asked: AskedRevisions
    data: str = "data"
    label: str | None = None
    graph: str | None = None
    breaking: bool = False
    with_details: bool = False


def answer(question: ChangesQuestion, bounds: Confinement | None = None) -> ChangeReport:
    """Return what changed; ``bounds`` limit where the parts of the repository can be.

    Raises `RevisionError`, `UnreadableError` and `UnansweredError`.
    """
    before, after = states(question.root, question.data, question.asked, bounds)
    view = _view(question, before, after)
    changes = compare(before.catalogue, after.catalogue, (before.damage, after.damage))
    label, graph = question.label or "", question.graph or ""
    return ChangeReport(
        title=after.catalogue.manual.title or before.catalogue.manual.title,
        before=_reported(before),
        after=_reported(after),
        changes=tuple(change for change in changes if change.concerns(label, graph)),
        unread=(*_unread(before), *_unread(after)),
        notes=tuple(filter(None, (before.note, after.note))),
        view=view,
        breaches=_breaches(before, after) if question.breaking else None,
        with_details=question.with_details,
    )


def _view(question: ChangesQuestion, before: DataState, after: DataState) -> str:
    views = []
    for kind, name in (("label", question.label), ("graph", question.graph)):
        if name is None:
            continue
        sides = (before.catalogue.targets[kind], after.catalogue.targets[kind])
        known = sides[0] | sides[1]
        if name not in known:
            hint = did_you_mean(name, known, "known")
            raise UnansweredError(f"neither revision has a {kind} {name!r}{hint}")
        views.append(f"{kind} {name}")
    return " or ".join(views)


def _breaches(before: DataState, after: DataState) -> tuple[NoticeBreach, ...]:
    """Return the breaches of the notice that the older revision asked for."""
    notice = before.catalogue.manual.notice or after.catalogue.manual.notice
    if notice is None:
        raise UnansweredError(
            "manual.yaml asks for no notice; add the key 'notice', such as 'notice: {days: 90}'"
        )
    return tuple(NoticeBreaches(before, after, notice))


def _reported(state: DataState) -> ReportedRevision:
    return ReportedRevision(state.words, state.name, state.commit, state.day.isoformat())


def _unread(state: DataState) -> Iterator[Unread]:
    for diagnostic in state.unread:
        yield Unread(
            state.name,
            str(diagnostic.location),
            diagnostic.message,
            may_promise=may_hide_promise(diagnostic),
        )
