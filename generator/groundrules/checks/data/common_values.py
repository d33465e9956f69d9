"""The values that satisfy several measures, to find measures that exclude each other."""

from __future__ import annotations

from groundrules.records.expectation import Measure

LOWEST, HIGHEST = float("-inf"), float("inf")


def exclude(first: Measure, second: Measure) -> bool:
    """Return whether no value satisfies both measures."""
    if not first.whole or not second.whole:
        return False
    common = CommonValues()
    common.add(first)
    return not common.add(second)


class CommonValues:
    """The values that satisfy every added measure; at first all values."""

    def __init__(self) -> None:
        self._low, self._high = LOWEST, HIGHEST
        self._has_bounds = False
        self._values: frozenset[object] | None = None

    def add(self, measure: Measure) -> bool:
        """Add a measure if a value remains; return whether one does."""
        if not measure.whole:
            return True
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


def _values(measure: Measure) -> frozenset[object] | None:
    if measure.equals is not None:
        return frozenset((measure.equals,))
    return frozenset(measure.one_of) or None


def _is_between(low: float, value: object, high: float) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and low <= value <= high


def _low(measure: Measure) -> float:
    return LOWEST if measure.at_least is None else measure.at_least


def _high(measure: Measure) -> float:
    return HIGHEST if measure.at_most is None else measure.at_most
