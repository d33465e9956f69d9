"""Bounds of measures: whether one allows less than another, so that the promise is stronger."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import Any

from groundrules.changes.change_kinds import ChangeKind, Effect
from groundrules.changes.field_difference import FieldDifference, RecordPair
from groundrules.changes.shown_values import alike, shown
from groundrules.records.expectation import Measure

# what a change of a bound means where the bound is promised
_EFFECTS = {
    ChangeKind.LOOSENED: Effect.WORSE,
    ChangeKind.UNSET: Effect.WORSE,
    ChangeKind.TIGHTENED: Effect.BETTER,
    ChangeKind.SET: Effect.BETTER,
}


def measure_words(measure: Measure) -> str:
    """Return a measure as words.

    >>> measure_words(Measure(fact="ansible_memtotal_mb", at_least=7600, unit="MB"))
    'ansible_memtotal_mb at least 7600 MB'
    """
    unit = f" {measure.unit}" if measure.unit else ""
    bounds = (
        ("at least", measure.at_least),
        ("at most", measure.at_most),
        ("equal to", measure.equals),
        ("one of", list(measure.one_of) or None),
    )
    words = [f"{word} {shown(value)}{unit}" for word, value in bounds if value is not None]
    return f"{measure.fact} {' and '.join(words)}".rstrip()


def implies(strong: Measure, weak: Measure) -> bool:
    """Return whether every value that one measure allows is allowed by the other too."""
    if strong.fact != weak.fact or strong.unit != weak.unit:
        return False
    values = _values(strong)
    if values is not None:
        return all(_allows(weak, value) for value in values)
    low, high = _range(strong)
    weak_low, weak_high = _range(weak)
    return _values(weak) is None and weak_low <= low and high <= weak_high


def _range(measure: Measure) -> tuple[float, float]:
    low, high = measure.at_least, measure.at_most
    return (-inf if low is None else low, inf if high is None else high)


def _values(measure: Measure) -> list[Any] | None:
    """Return the only values that a measure allows; None if it has bounds alone."""
    if measure.equals is None and not measure.one_of:
        return None
    chosen = [measure.equals] if measure.equals is not None else list(measure.one_of)
    return [value for value in chosen if _allows(measure, value)]


def _allows(measure: Measure, value: Any) -> bool:
    if measure.equals is not None and not _same(value, measure.equals):
        return False
    if measure.one_of and not any(_same(value, each) for each in measure.one_of):
        return False
    low, high = _range(measure)
    if (low, high) == (-inf, inf):
        return True
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return is_number and low <= value <= high


def _same(one: Any, other: Any) -> bool:
    """Return whether two values are equal; true and 1 are not."""
    return isinstance(one, bool) == isinstance(other, bool) and one == other


def measure_difference(pair: RecordPair, name: str) -> Iterator[FieldDifference]:
    """Yield a measure that was added or removed, or a bound that is tighter or looser."""
    before, after = pair.values(name)
    if not alike(before, after):
        kind = _kind(before, after)
        effect, sentence = _EFFECTS.get(kind, Effect.DIFFERENT), _sentence(kind, before, after)
        yield FieldDifference(kind, effect, sentence, name, before, after)


def _kind(before: Measure | None, after: Measure | None) -> ChangeKind:
    if before is None or after is None:
        return ChangeKind.SET if before is None else ChangeKind.UNSET
    stronger, weaker = implies(after, before), implies(before, after)
    if stronger == weaker:
        return ChangeKind.CHANGED
    return ChangeKind.TIGHTENED if stronger else ChangeKind.LOOSENED


def _sentence(kind: ChangeKind, before: Measure | None, after: Measure | None) -> str:
    if before is None or after is None:
        words = measure_words(before or after)  # type: ignore[arg-type]
        return f"A measure was {'added' if before is None else 'removed'}: {words}."
    ways = {ChangeKind.TIGHTENED: "is tighter", ChangeKind.LOOSENED: "is looser"}
    words, old = measure_words(after), measure_words(before)
    return f"The measure {ways.get(kind, 'is another one')}: {words}; it was {old}."
