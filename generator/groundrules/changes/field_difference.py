"""`FieldDifference`: one difference between a record and the same record of another revision."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from groundrules.changes.change_kinds import ChangeKind, Effect
from groundrules.changes.shown_values import ended, plain, shown
from groundrules.diagnostics import Location
from groundrules.records.fields import Record


class FieldDifference(Struct, frozen=True):
    """A difference in a record: as `DataChange`, without the subject.

    ``before`` and ``after`` are values as the records have them.
    The place is that of the field if there is none.
    ``scopes`` are the exceptions that it is about, if it does not concern the whole record.
    Texts of a difference that ``is_plain`` are not reStructuredText.
    """

    kind: ChangeKind
    effect: Effect
    sentence: str
    field: str
    before: Any = None
    after: Any = None
    place: Location | None = None
    scopes: tuple[Any, ...] = ()
    is_plain: bool = False


class Days(Struct, frozen=True):
    """The days of the two revisions: a date after its day is a plan."""

    before: datetime.date
    after: datetime.date

    def is_news(self, date: datetime.date) -> bool:
        """Return whether a date is after the day of the older revision."""
        return date > min(self.before, self.after)


class RecordPair(Struct, frozen=True):
    """A record in both revisions, and the records that contain it, innermost last.

    ``table`` has the form of every field of every record.
    """

    before: Any
    after: Any
    days: Days
    table: Mapping[type[Record], Mapping[str, Form]]
    holders: tuple[tuple[Any, Any], ...] = ()

    def inside(self, before: Any, after: Any) -> RecordPair:
        """Return the pair of two parts of the records."""
        holders = (*self.holders, (self.before, self.after))
        return RecordPair(before, after, self.days, self.table, holders)

    @property
    def only(self) -> Any:
        """The record of the newer revision, or of the older one if it is gone."""
        return self.before if self.after is None else self.after

    def values(self, name: str) -> tuple[Any, Any]:
        """Return both values of a field."""
        return getattr(self.before, name), getattr(self.after, name)


Form = Callable[[RecordPair, str], Iterator[FieldDifference]]
"""Yields the differences between the values of a field, which has the name."""
Said = tuple[ChangeKind, Effect, str]
"""What happened, what it means, and the sentence about it."""
Reword = Callable[[str], str]


def differences(pair: RecordPair) -> Iterator[FieldDifference]:
    """Yield the differences between a record and the same record of another revision."""
    for name, form in pair.table[type(pair.after)].items():
        for difference in form(pair, name):
            if difference.place is None:
                side = pair.before if difference.after is None else pair.after
                difference = replace(difference, place=side.location(_key(side, name)))
            yield difference


def _key(record: Record, name: str) -> str:
    return type(record).model_fields[name].alias or name


def inner(pair: RecordPair, path: str, reword: Reword) -> Iterator[FieldDifference]:
    """Yield the differences in a part, with sentences that say which part it is."""
    for difference in differences(pair):
        field, sentence = f"{path}.{difference.field}", reword(difference.sentence)
        yield replace(difference, field=field, sentence=sentence)


class PartList(Struct, frozen=True):
    """A list of parts, each identified by its ``key``.

    ``alone`` returns what to say of a part that only one revision has, and ``reword`` what makes
    a sentence about another one name it.  The changes of a part ``with_scope`` concern only the
    labels that it is about.
    """

    key: Callable[[Any], Hashable]
    alone: Callable[[RecordPair], Said]
    reword: Callable[[RecordPair], Reword]
    with_scope: bool = False

    def __call__(self, pair: RecordPair, name: str) -> Iterator[FieldDifference]:
        """Yield the parts that were added or removed, and the differences in the others."""
        for key, before, after in matched(*pair.values(name), self.key):
            path = f"{_key(pair.after, name)}[{key}]"
            scopes = tuple(filter(None, (before, after))) if self.with_scope else ()
            for difference in of_part(pair.inside(before, after), path, self.alone, self.reword):
                yield replace(difference, scopes=scopes) if scopes else difference


def of_part(
    part: RecordPair,
    path: str,
    alone: Callable[[RecordPair], Said],
    reword: Callable[[RecordPair], Reword],
) -> Iterator[FieldDifference]:
    """Yield that only one revision has a part, or the differences in it; see `PartList`."""
    if part.before is not None and part.after is not None:
        yield from inner(part, path, reword(part))
    else:
        place = part.only.location()
        yield FieldDifference(*alone(part), path, part.before, part.after, place)


def in_the(part: str) -> Reword:
    """Return what makes a sentence begin with the part that it is about."""
    return lambda sentence: f"In the {part}: {_small(sentence)}"


def _small(sentence: str) -> str:
    """Return a sentence as it follows a colon."""
    first, _, rest = sentence.partition(" ")
    is_usual = first in ("In", "The", "It", "Its", "A", "An", "Every")
    return f"{first.lower()} {rest}" if is_usual else sentence


def changed_value(subject: str, before: Any, after: Any, effect: Effect) -> Said:
    """Return that a value was added, removed or changed."""
    if before is None:
        return ChangeKind.SET, effect, ended(f"{subject} was added: {shown(after)}")
    if after is None:
        return ChangeKind.UNSET, effect, ended(f"{subject} was removed; it was {shown(before)}")
    sentence = f"{subject} was {shown(before)}; now it is {shown(after)}."
    return ChangeKind.CHANGED, effect, sentence


def matched(
    before: Iterable[Any], after: Iterable[Any], key: Callable[[Any], Hashable]
) -> Iterator[tuple[str, Any, Any]]:
    """Yield key and both parts of each part, None where a revision does not have it.

    Of several parts with one key, the first is matched with the first, and so on.
    """
    old, new = _keyed(before, key), _keyed(after, key)
    for each in dict.fromkeys((*old, *new)):
        words = each[0] if isinstance(each[0], tuple) else (each[0],)
        name = ", ".join(str(plain(word)) for word in words)
        yield (name if each[1] == 0 else f"{name} #{each[1] + 1}"), old.get(each), new.get(each)


def matched_twice(
    before: Iterable[Any],
    after: Iterable[Any],
    key: Callable[[Any], Hashable],
    other: Callable[[Any], Hashable],
) -> Iterator[tuple[str, Any, Any]]:
    """Yield as `matched`; parts without the other one are matched by their other key too."""
    gone, come = [], []
    for name, old, new in matched(before, after, key):
        if old is not None and new is not None:
            yield name, old, new
        else:
            gone += [old] if old is not None else []
            come += [new] if new is not None else []
    for _, old, new in matched(gone, come, other):
        yield min(str(key(part)) for part in (old, new) if part is not None), old, new


def _keyed(parts: Iterable[Any], key: Callable[[Any], Hashable]) -> dict[tuple[Any, int], Any]:
    seen, keyed = Counter[Hashable](), {}
    for part in parts:
        name = key(part)
        keyed[name, seen[name]] = part
        seen[name] += 1
    return keyed
