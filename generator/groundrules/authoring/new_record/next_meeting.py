"""The next meeting of a series: its agenda, with the actions that are left over."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from groundrules.authoring.notes.inline_markup import plain_words
from groundrules.prose.escaping import inside
from groundrules.prose.markup import plain
from groundrules.records.catalogue import Catalogue
from groundrules.records.session import Action, ActionState, Session

_LONGEST_TITLE = 100
_LEFT_OVER = "Actions from last meeting"


def next_meeting(last: Session, catalogue: Catalogue) -> dict[str, Any]:
    """Return the values of the meeting after ``last`` that follow from it."""
    values = {
        "kind": str(last.kind),
        "event": last.event,
        "place": last.place,
        "series": last.series,
        "topics": [*_left_over(last, catalogue), *map(_topic, last.next_agenda)],
    }
    return {key: value for key, value in values.items() if value}


def likely_date(last: Session, catalogue: Catalogue) -> datetime.date | None:
    """Return the day of the next meeting if it is as long after the last as that after its own."""
    earlier = [one.date for one in _series(last, catalogue) if one.date < last.date]
    return last.date + (last.date - max(earlier)) if earlier else None


def title_on(day: datetime.date, last: Session) -> str:
    """Return the title of the last meeting, with the day of another one if it has its own."""
    for form in ("{0.day} {0:%B} {0.year}", "{0:%B} {0.day}, {0.year}", "{0:%Y-%m-%d}"):
        own = form.format(last.date)
        if own in last.title:
            return last.title.replace(own, form.format(day))
    return last.title


def _series(last: Session, catalogue: Catalogue) -> list[Session]:
    """Return the meetings of a series up to ``last``, the newest first."""
    same = [
        one
        for one in catalogue.sessions
        if one.id == last.id or (last.series and one.series == last.series and one.date < last.date)
    ]
    return same[::-1]


def _left_over(last: Session, catalogue: Catalogue) -> Iterator[dict[str, Any]]:
    """Yield the topic of the open actions of the series.

    The actions stay in the records of their meetings, where their state is changed; the page of a
    meeting shows those of the one before it itself.
    """
    items = [
        f"{_item(action)} (:ci:session:`{session.id}`)"
        for session in _series(last, catalogue)
        for topic in session.all_topics()
        for action in topic.actions
        if action.state is ActionState.OPEN
    ]
    if items:
        summary = items[0] if len(items) == 1 else "\n".join(f"* {item}" for item in items)
        yield {"title": _LEFT_OVER, "summary": summary}


def _item(action: Action) -> str:
    owner = inside(action.owner) if action.owner else ""
    # notes often begin with the owner, as in "#action ada mends it"
    owner = f"{owner}: " if owner and action.what.split()[:1] != [action.owner] else ""
    due = f" Due {action.due}." if action.due else ""
    lines = action.what.strip().split("\n\n")
    what = " ".join(lines[0].split()) if len(lines) == 1 else inside(plain(action.what))
    return f"{owner}{what}{due}"


def _topic(entry: str) -> dict[str, Any]:
    """Return an entry of the agenda as a topic; a long one is its summary too."""
    title, _ = plain_words(plain(entry))
    if len(title) > _LONGEST_TITLE:
        title = f"{title[:_LONGEST_TITLE].rpartition(' ')[0]} …"
    elif "`" not in entry:
        return {"title": title}
    return {"title": title, "summary": entry}
