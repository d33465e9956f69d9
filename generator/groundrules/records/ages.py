"""The age of a day, which becomes coarser with time so that pages seldom change."""

from __future__ import annotations

import datetime

WEEK, MONTH, YEAR = 7, 30, 365
# an age of at least so many days is counted in a unit of so many
_UNITS = ((2 * YEAR, YEAR, "years"), (2 * MONTH, MONTH, "months"), (2 * WEEK, WEEK, "weeks"))


def age(day: datetime.date, today: datetime.date) -> tuple[int, str]:
    """Return how long ago a day was: a number and its unit.

    >>> age(datetime.date(2026, 11, 8), datetime.date(2026, 11, 30))
    (3, 'weeks')
    """
    days = (today - day).days
    for least, length, unit in _UNITS:
        if days >= least:
            return days // length, unit
    return (1 if days >= WEEK else 0), "weeks"


def next_age(day: datetime.date, today: datetime.date) -> datetime.date:
    """Return the first day after today on which `age` returns something else."""
    days = (today - day).days
    steps = [WEEK, *(least for least, _, _ in _UNITS)]
    length = next((length for least, length, _ in _UNITS if days >= least), WEEK)
    return later(day, min(step for step in (*steps, (days // length + 1) * length) if step > days))


def later(day: datetime.date, days: int) -> datetime.date:
    """Return a day so many days later, or the last one of the calendar."""
    return day + datetime.timedelta(days=min(days, (datetime.date.max - day).days))
