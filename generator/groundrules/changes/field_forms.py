"""The forms of fields: how the values of a field are compared, and in which sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from groundrules.changes.change_kinds import ChangeKind, Effect
from groundrules.changes.field_difference import (
    FieldDifference,
    Form,
    PartList,
    RecordPair,
    Said,
    changed_value,
    in_the,
)
from groundrules.changes.shown_values import alike, flowed, plain, shown, unmarked
from groundrules.records.fields import Record, prose_fields


class Key(Struct, frozen=True):
    """The name of a record: records with different names are different records."""

    def __call__(self, pair: RecordPair, name: str) -> Iterator[FieldDifference]:
        """Yield nothing."""
        return iter(())


class OtherValue(Struct, frozen=True):
    """A value; ``say`` returns what it means that another one takes its place."""

    say: Callable[[Any, Any], Said]

    def __call__(self, pair: RecordPair, name: str) -> Iterator[FieldDifference]:
        """Yield the value that is another one."""
        before, after = pair.values(name)
        if before != after:
            yield FieldDifference(*self.say(before, after), name, before, after)


def value(noun: str, effect: Effect = Effect.DETAIL) -> OtherValue:
    """Return the form of one value, called ``noun`` in sentences."""
    return OtherValue(lambda old, new: changed_value(f"The {noun}", old, new, effect))


def flag(
    true: str, false: str, effects: tuple[Effect, Effect] = (Effect.DIFFERENT, Effect.DIFFERENT)
) -> OtherValue:
    """Return the form of a statement: the sentences where it is true now, and where it is not."""
    said = (ChangeKind.UNSET, effects[1], false), (ChangeKind.SET, effects[0], true)
    return OtherValue(lambda _, is_true: said[bool(is_true)])


def _readable(pair: RecordPair, name: str, value: Any) -> Any:
    """Return a value of a field for a sentence: without markup if it is reStructuredText."""
    return unmarked(value) if _is_prose(pair, name) else plain(value)


def _is_prose(pair: RecordPair, name: str) -> bool:
    model: type[Record] = type(pair.after)
    return name in prose_fields(model)


class Words(Struct, frozen=True):
    """A text for people, called ``noun``: other words need not mean anything else."""

    noun: str
    effect: Effect = Effect.DETAIL

    def __call__(self, pair: RecordPair, name: str) -> Iterator[FieldDifference]:
        """Yield a text that was added, removed or reworded; other line breaks are no change."""
        before, after = pair.values(name)
        if before is None or after is None:
            if before != after:
                old, new = (text and _readable(pair, name, text) for text in (before, after))
                said = changed_value(f"The {self.noun}", old, new, self.effect)
                yield FieldDifference(*said, name, before, after)
        elif flowed(before) != flowed(after):
            said = ChangeKind.REWORDED, Effect.DETAIL, f"The {self.noun} has other words."
            is_plain = not _is_prose(pair, name)
            yield FieldDifference(*said, name, before, after, is_plain=is_plain)


class NameSet(Struct, frozen=True):
    """A set of words, each called ``noun``."""

    noun: str
    effect: Effect = Effect.DETAIL

    def __call__(self, pair: RecordPair, name: str) -> Iterator[FieldDifference]:
        """Yield each word that was added or removed."""
        before, after = (Counter[Any](values) for values in pair.values(name))
        gone = ((ChangeKind.REMOVED, word, None) for word in (before - after).elements())
        come = ((ChangeKind.ADDED, None, word) for word in (after - before).elements())
        for kind, old, new in (*gone, *come):
            word = shown(_readable(pair, name, new if old is None else old))
            sentence = f"The {self.noun} {word} was {kind}."
            yield FieldDifference(kind, self.effect, sentence, name, old, new)


class NameSetOrAll(Struct, frozen=True):
    """A set of words, each called ``noun``; ``everything`` is meant by an empty one."""

    noun: str
    everything: str
    effects: tuple[Effect, Effect] = (Effect.DIFFERENT, Effect.DIFFERENT)
    """What it means that there are fewer, and more."""

    def __call__(self, pair: RecordPair, name: str) -> Iterator[FieldDifference]:
        """Yield how a limit changed, or the words that were added and removed."""
        before, after = pair.values(name)
        if set(before) == set(after):
            return
        if before and after:
            for change in NameSet(self.noun)(pair, name):
                is_more = change.kind is ChangeKind.ADDED
                yield replace(change, effect=self.effects[is_more])
            return
        kind = ChangeKind.NARROWED if after else ChangeKind.WIDENED
        old, new = (shown(values) if values else self.everything for values in (before, after))
        sentence = f"Before, it was for {old}; now it is for {new}."
        yield FieldDifference(kind, self.effects[not after], sentence, name, before, after)


class Whole(Struct, frozen=True):
    """A part that is shown as one value, in the words of ``describe``."""

    noun: str
    describe: Callable[[Any], str]
    effect: Effect = Effect.DETAIL

    def __call__(self, pair: RecordPair, name: str) -> Iterator[FieldDifference]:
        """Yield a part that was added, removed or changed."""
        before, after = pair.values(name)
        if alike(before, after):
            return
        kind, sentence = ChangeKind.CHANGED, "The {} was {}; now it is {}."
        parts = [part for part in (before, after) if part is not None]
        words = [self.describe(part).rstrip(".") for part in parts]
        if len(words) == 1:
            kind = ChangeKind.SET if before is None else ChangeKind.UNSET
            sentence = "The {} was added: {}." if before is None else "The {} was removed: {}."
        sentence = sentence.format(self.noun, *words)
        yield FieldDifference(kind, self.effect, sentence, name, before, after)


class Weighed(Struct, frozen=True):
    """A form whose differences mean something else where ``weigh`` says so."""

    form: Form
    weigh: Callable[[FieldDifference, RecordPair], Effect]

    def __call__(self, pair: RecordPair, name: str) -> Iterator[FieldDifference]:
        """Yield the differences with their effects."""
        for difference in self.form(pair, name):
            yield replace(difference, effect=self.weigh(difference, pair))


def parts(
    noun: str,
    key: Callable[[Any], Hashable],
    effect: Effect = Effect.DETAIL,
    describe: Callable[[Any], str] = lambda part: "",
) -> PartList:
    """Return the form of a list of parts, each called ``noun`` and identified by its ``key``."""

    def words(part: RecordPair) -> str:
        return f"{noun} {describe(part.before or part.after)}".rstrip()

    def alone(part: RecordPair) -> Said:
        kind = ChangeKind.REMOVED if part.after is None else ChangeKind.ADDED
        return kind, effect, f"The {words(part)} was {kind}."

    return PartList(key, alone, lambda part: in_the(words(part)))


NAME, OWN_RECORDS = Key(), Key()
EVIDENCE = NameSet("source")
KEYWORDS = NameSet("search word")
