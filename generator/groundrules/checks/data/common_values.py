"""The values that keep measures: which measure excludes which others."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

from groundrules.checks.data.contradictions import measure_contradiction
from groundrules.records.expectation import Measure

LOWEST, HIGHEST = float("-inf"), float("inf")
TypedValue = tuple[bool, object]
"""Whether a value is true or false, which Python takes for 1 and 0, and the value."""


def is_compared(measure: Measure) -> bool:
    """Return whether a measure has a meaning; what is wrong with others is reported there."""
    return measure.whole and measure_contradiction(measure) is None


def exclude(first: Measure, second: Measure) -> bool:
    """Return whether no value satisfies both measures."""
    for one, other in ((first, second), (second, first)):
        if values := _values(one):
            return not any(keeps(value, other) for value in values)
    return max(_low(first), _low(second)) > min(_high(first), _high(second))


def keeps(typed: TypedValue, measure: Measure) -> bool:
    """Return whether a value keeps a measure."""
    values = _values(measure)
    return typed in values if values else _is_between(_low(measure), typed, _high(measure))


def most_kept(measures: Sequence[Measure]) -> TypedValue:
    """Return a value that keeps as many of the measures as any value can."""
    bounded = [measure for measure in measures if not _values(measure)]
    lows, highs = sorted(map(_low, bounded)), sorted(map(_high, bounded))
    listed = Counter(value for measure in measures for value in _values(measure))

    def count(typed: TypedValue) -> int:
        is_switch, value = typed
        if is_switch or not isinstance(value, (int, float)):
            return listed[typed]
        return listed[typed] + bisect_right(lows, value) - bisect_left(highs, value)

    return max((*listed, *((False, end) for end in (*lows, *highs))), key=count)


def _values(measure: Measure) -> frozenset[TypedValue]:
    return frozenset((isinstance(value, bool), value) for value in measure.values)


def _is_between(low: float, typed: TypedValue, high: float) -> bool:
    is_switch, value = typed
    return not is_switch and isinstance(value, (int, float)) and low <= value <= high


def _low(measure: Measure) -> float:
    return LOWEST if measure.at_least is None else measure.at_least


def _high(measure: Measure) -> float:
    return HIGHEST if measure.at_most is None else measure.at_most
