"""The age of a day in words, and the next day on which it is said in other words."""

from __future__ import annotations

import datetime

import pytest

from groundrules.records.ages import age, later, next_age

DAY = datetime.date(2026, 1, 1)


def after(days: int) -> datetime.date:
    return DAY + datetime.timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-1, "less than a week old"),
        (0, "less than a week old"),
        (6, "less than a week old"),
        (7, "1 week old"),
        (14, "2 weeks old"),
        (59, "8 weeks old"),
        (60, "2 months old"),
        (729, "24 months old"),
        (730, "2 years old"),
        (3650, "10 years old"),
    ],
)
def test_an_age_is_coarser_with_time(days: int, words: str):
    assert age(DAY, after(days)) == words


def test_the_next_day_is_the_first_on_which_the_words_are_others():
    for today in map(after, range(1500)):
        change = next_age(DAY, today)
        between = range(1, (change - today).days)
        words = {age(DAY, today + datetime.timedelta(days=days)) for days in between}
        assert words <= {age(DAY, today)}
        assert age(DAY, change) != age(DAY, today)


def test_the_calendar_has_an_end():
    assert later(datetime.date.max, 7) == datetime.date.max
    assert next_age(datetime.date.max, DAY) > DAY
