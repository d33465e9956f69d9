"""Changes out of order: the fewest that explain the order, in linear-logarithmic time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from groundrules.checks.data.change_order import out_of_order
from groundrules.records.fields import Change
from groundrules.records.parts import RecordPart
from groundrules.yamlsource import read
from steps import growth

FIRST = date(2020, 1, 1)


def changes(days: list[int]) -> list[tuple[RecordPart, date]]:
    dates = [FIRST + timedelta(day) for day in days]
    listed = read("\n".join(f"- {{date: {day}}}" for day in dates).encode()).value
    return [
        (RecordPart(Change, part, "t.yaml"), day) for part, day in zip(listed, dates, strict=True)
    ]


def fewest_to_move(days: list[int]) -> int:
    """Try all selections of entries, the largest first."""
    for size in range(len(days), 0, -1):
        if any(list(kept) == sorted(kept) for kept in combinations(days, size)):
            return len(days) - size
    return 0


@given(st.lists(st.integers(0, 6), min_size=1, max_size=8))
def test_as_few_changes_are_reported_as_have_to_move(days: list[int]):
    reported = {diagnostic.location.line for diagnostic in out_of_order(changes(days))}
    assert len(reported) == fewest_to_move(days)
    rest = [day for line, day in enumerate(days, 1) if line not in reported]
    assert rest == sorted(rest)


def test_many_changes_cost_in_proportion_to_their_number():
    def of(size: int) -> Callable[[], object]:
        listed = changes([*range(size, 0, -1)])
        return lambda: list(out_of_order(listed))

    assert growth(of, size=500) < 2.2
