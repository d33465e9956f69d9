"""The age of a day, and the next day on which it is another one."""

from __future__ import annotations

import datetime

import pytest

from groundrules.records.ages import age, later, next_age

DAY = datetime.date(2026, 1, 1)


def after(days: int) -> datetime.date:
    return DAY + datetime.timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-1, (0, "weeks")),
        (0, (0, "weeks")),
        (6, (0, "weeks")),
        (7, (1, "weeks")),
        (14, (2, "weeks")),
        (59, (8, "weeks")),
        (60, (2, "months")),
        (729, (24, "months")),
        (730, (2, "years")),
        (3650, (10, "years")),
    ],
)
def test_an_age_is_coarser_with_time(days: int, expected: tuple[int, str]):
    assert age(DAY, after(days)) == expected


def test_the_next_day_is_the_first_with_another_age():
    for today in map(after, range(1500)):
        change = next_age(DAY, today)
        between = range(1, (change - today).days)
        ages = {age(DAY, today + datetime.timedelta(days=days)) for days in between}
        assert ages <= {age(DAY, today)}
        assert age(DAY, change) != age(DAY, today)


def test_the_calendar_has_an_end():
    assert later(datetime.date.max, 7) == datetime.date.max
    assert next_age(datetime.date.max, DAY) > DAY
