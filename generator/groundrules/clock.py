"""`today`: the date of the run, which all dates are compared with.

The only module that reads the clock.  ``SOURCE_DATE_EPOCH`` sets the date, for reproducible
builds (https://reproducible-builds.org/specs/source-date-epoch/).
"""

from __future__ import annotations

import datetime
import os

VARIABLE = "SOURCE_DATE_EPOCH"


class ClockError(Exception):
    """``SOURCE_DATE_EPOCH`` is set to something that is not a time."""


def today() -> datetime.date:
    """Return the date of the run in UTC, which is the same for everybody.

    Raises `ClockError`.
    """
    given = os.environ.get(VARIABLE)
    if not given:
        return of_the_clock()
    try:
        return datetime.datetime.fromtimestamp(int(given), datetime.UTC).date()
    except (ValueError, OverflowError, OSError):
        message = f"{VARIABLE} is {given[:40]!r}; set it to seconds since 1970, or unset it"
        raise ClockError(message) from None


def of_the_clock() -> datetime.date:
    """Return the day in UTC, also where ``SOURCE_DATE_EPOCH`` sets another date of the run."""
    return now().date()


def now() -> datetime.datetime:
    """Return the present time in UTC, which times of the past are compared with."""
    return datetime.datetime.now(datetime.UTC)
