"""How pages show dates: a date in the future is a plan."""

from __future__ import annotations

import datetime

from groundrules.records.expectation import Exemption
from groundrules.records.platform import Lifecycle, has_come

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def in_words(date: datetime.date) -> str:
    """Return a day in English, whatever the locale.

    >>> in_words(datetime.date(2027, 4, 5))
    '5 April 2027'
    """
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def planned(date: datetime.date, today: datetime.date) -> str:
    """Return a day, marked as a plan if it is in the future."""
    return str(date) if has_come(date, today) else f"{in_words(date)} (planned)"


def period(exception: Exemption, today: datetime.date) -> str:
    """Return the period of an exception, after a space; empty if it has no dates."""
    since = exception.since if exception.since and exception.since > today else None
    until = exception.until
    begins = f" from {in_words(since)} on" if since else ""
    return f"{begins} until {in_words(until) if until > today else until}" if until else begins


def state_since(record: Lifecycle, today: datetime.date) -> str:
    """Return since when a label or platform is deprecated or removed, after a space."""
    past = [each for each in (record.removed, record.deprecated) if has_come(each, today)]
    return f" since {past[0]}" if past else ""


def plans(record: Lifecycle, today: datetime.date) -> str:
    """Return the plans for a label or platform, as the end of a sentence."""
    phrases = (
        (record.since, "can be used from {} on"),
        (record.deprecated, "will be deprecated on {}"),
        (record.removed, "will be removed on {}"),
    )
    return " and ".join(
        phrase.format(in_words(date)) for date, phrase in phrases if date and date > today
    )


def life(record: Lifecycle, today: datetime.date) -> str:
    """Return the state of a label or platform and the plans for it, to follow its name."""
    past = ""
    if has_come(record.removed, today):
        past = f"was removed on {record.removed}"
    elif has_come(record.deprecated, today):
        past = f"is deprecated since {record.deprecated}"
    return " and ".join(filter(None, (past, plans(record, today))))
