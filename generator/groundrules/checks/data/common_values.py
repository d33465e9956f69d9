"""The values that keep several measures: which measure excludes which others."""

from __future__ import annotations

from groundrules.checks.data.contradictions import measure_contradiction
from groundrules.records.expectation import Measure

LOWEST, HIGHEST = float("-inf"), float("inf")
TypedValue = tuple[bool, object]
"""Whether a value is true or false, which Python takes for 1 and 0, and the value."""


def is_compared(measure: Measure) -> bool:
    """Return whether a measure has a meaning; what is wrong with others is reported there."""
    return measure.whole and measure_contradiction(measure) is None


def exclude(first: Measure, second: Measure) -> bool:
    """Return whether no value keeps both measures."""
    common = CommonValues()
    return not (common.add(first) and common.add(second))


class CommonValues:
    """The values that keep every measure that was added; at first all values."""

    def __init__(self) -> None:
        self._low, self._high = LOWEST, HIGHEST
        self._has_bounds = False
        self._values: frozenset[TypedValue] | None = None

    def add(self, measure: Measure) -> bool:
        """Add a measure if a value is left then; return whether one is."""
        values = _values(measure)
        low, high = max(self._low, _low(measure)), min(self._high, _high(measure))
        has_bounds = self._has_bounds or values is None
        if values is None or self._values is None:
            left = self._values if values is None else values
        else:
            left = self._values & values
        if left is not None and has_bounds:
            left = frozenset(value for value in left if _is_between(low, value, high))
        if (low > high) if left is None else not left:
            return False
        self._low, self._high, self._has_bounds, self._values = low, high, has_bounds, left
        return True


def _values(measure: Measure) -> frozenset[TypedValue] | None:
    values = measure.one_of if measure.equals is None else (measure.equals,)
    return frozenset((isinstance(value, bool), value) for value in values) or None


def _is_between(low: float, typed: TypedValue, high: float) -> bool:
    is_switch, value = typed
    return not is_switch and isinstance(value, (int, float)) and low <= value <= high


def _low(measure: Measure) -> float:
    return LOWEST if measure.at_least is None else measure.at_least


def _high(measure: Measure) -> float:
    return HIGHEST if measure.at_most is None else measure.at_most
