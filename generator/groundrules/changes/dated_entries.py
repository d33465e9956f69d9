"""The dated entries of ``changed``: what the authors themselves say changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from groundrules.changes.change_kinds import ChangeKind, Effect
from groundrules.changes.field_difference import (
    FieldDifference,
    RecordPair,
    Reword,
    Said,
    in_the,
    matched,
    of_part,
)
from groundrules.changes.shown_values import flowed, shortened
from groundrules.records.fields import Change


def entry_differences(pair: RecordPair, name: str) -> Iterator[FieldDifference]:
    """Yield entries that were added, removed or changed, or got another day.

    One of a day before the older revision is history that was written down.
    """
    for day, old, new in _entries(*pair.values(name)):
        yield from of_part(pair.inside(old, new), f"{name}[{day}]", _entry, _in_entry)


def _entries(
    before: Sequence[Change], after: Sequence[Change]
) -> Iterator[tuple[str, Change | None, Change | None]]:
    """Yield the entries of each day; those without the other one are matched by their text."""
    gone, come = [], []
    for key, old, new in matched(before, after, lambda entry: entry.date):
        if old is not None and new is not None:
            yield key, old, new
        else:
            gone += [old] if old is not None else []
            come += [new] if new is not None else []
    for _, old, new in matched(gone, come, lambda entry: flowed(entry.what)):
        days = [entry.date for entry in (old, new) if entry is not None]
        yield str(min(days)), old, new


def _entry(part: RecordPair) -> Said:
    entry: Change = part.only
    is_news = part.days.is_news(entry.date)
    history = "" if is_news else "History: "
    words = f"{entry.date}: {shortened(entry.what)}"
    effect = Effect.DIFFERENT if is_news else Effect.DETAIL
    if part.after is None:
        return ChangeKind.REMOVED, effect, f"The entry was removed: {words}"
    return ChangeKind.ADDED, effect, f"{history}{words}"


def _in_entry(part: RecordPair) -> Reword:
    day = min(part.before.date, part.after.date)  # the same one in both directions
    return in_the(f"entry of {day}")
