"""The dated entries of ``changed``: what the authors themselves say changed."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from groundrules.changes.change_kinds import ChangeKind, Effect
from groundrules.changes.field_difference import (
    FieldDifference,
    RecordPair,
    Reword,
    Said,
    in_the,
    matched_twice,
    of_part,
)
from groundrules.changes.shown_values import flowed, prose
from groundrules.records.fields import Change


def entry_differences(pair: RecordPair, name: str) -> Iterator[FieldDifference]:
    """Yield entries that were added, removed or changed, or got another day.

    One of a day before the older revision is history that was written down.
    """
    keys = attrgetter("date"), lambda entry: flowed(entry.what)
    for day, old, new in matched_twice(*pair.values(name), *keys):
        yield from of_part(pair.inside(old, new), f"{name}[{day}]", _entry, _in_entry)


def _entry(part: RecordPair) -> Said:
    entry: Change = part.only
    is_news = part.days.is_news(entry.date)
    history = "" if is_news else "History: "
    words = f"{entry.date}: {prose(entry.what)}"
    effect = Effect.DIFFERENT if is_news else Effect.DETAIL
    if part.after is None:
        return ChangeKind.REMOVED, effect, f"The entry was removed: {words}"
    return ChangeKind.ADDED, effect, f"{history}{words}"


def _in_entry(part: RecordPair) -> Reword:
    day = min(part.before.date, part.after.date)  # the same one in both directions
    return in_the(f"entry of {day}")
