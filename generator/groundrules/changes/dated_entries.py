"""The dated entries of ``changed``: what the authors themselves say changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from groundrules.changes.change_kinds import ChangeKind, Effect
from groundrules.changes.field_difference import FieldDifference, RecordPair, in_the, inner, matched
from groundrules.changes.shown_values import flowed, shortened
from groundrules.records.fields import Change


def entry_differences(pair: RecordPair, name: str) -> Iterator[FieldDifference]:
    """Yield entries that were added, removed or changed, or got another day.

    One of a day before the older revision is history that was written down.
    """
    for key, old, new in _entries(*pair.values(name)):
        path = f"{name}[{key}]"
        if old is not None and new is not None:
            day = min(old.date, new.date)  # the same one in both directions
            yield from inner(pair.inside(old, new), path, in_the(f"entry of {day}"))
        else:
            yield _entry(pair, path, old, new)


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


def _entry(
    pair: RecordPair, path: str, before: Change | None, after: Change | None
) -> FieldDifference:
    entry = after or before
    assert entry is not None  # noqa: S101 - one of both revisions has it
    is_news = pair.days.is_news(entry.date)
    history = "" if is_news else "History: "
    words = f"{entry.date}: {shortened(entry.what)}"
    kind, sentence = ChangeKind.REMOVED, f"The entry was removed: {words}"
    if after:
        kind, sentence = ChangeKind.ADDED, f"{history}{words}"
    effect = Effect.DIFFERENT if is_news else Effect.DETAIL
    return FieldDifference(kind, effect, sentence, path, before, after, entry.location())
