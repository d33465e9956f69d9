"""The changes of one record that are not listed from the oldest to the newest."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from groundrules.diagnostics import Diagnostic
from groundrules.records.parts import RecordPart
from groundrules.rules import records as rules


def out_of_order(changes: Sequence[tuple[RecordPart, datetime.date]]) -> Iterator[Diagnostic]:
    """Yield the fewest changes that have to move, or whose date is wrong.

    One wrong year is one finding, however many changes come before or after it.
    """
    dates = [date for _, date in changes]
    ordered = _longest_ordered(dates)
    in_order = sorted(ordered)
    before: datetime.date | None = None
    for index, (change, date) in enumerate(changes):
        if index in ordered:
            before = date
            continue
        if before and date < before:
            other = f"older than the one before it ({before})"
        else:
            after = dates[in_order[bisect_right(in_order, index)]]
            other = f"newer than the one after it ({after})"
        message = f"this change ({date}) is {other}; list changes from the oldest to the newest"
        yield Diagnostic(change.location("date"), message, rules.DATE_ORDER)


def _longest_ordered(dates: Sequence[datetime.date]) -> set[int]:
    """Return the indexes of the longest ordered selection of dates, of the first one if several.

    https://en.wikipedia.org/wiki/Longest_increasing_subsequence, from the last date to the first.
    """
    ends: list[int] = []  # for each length, the negated ordinal of the latest date that ends it
    indexes: list[int] = []
    following: dict[int, int | None] = {}
    for index in reversed(range(len(dates))):
        end = -dates[index].toordinal()
        length = bisect_right(ends, end)
        following[index] = indexes[length - 1] if length else None
        ends[length : length + 1] = [end]
        indexes[length : length + 1] = [index]
    ordered = set[int]()
    current: int | None = indexes[-1] if indexes else None
    while current is not None:
        ordered.add(current)
        current = following[current]
    return ordered
