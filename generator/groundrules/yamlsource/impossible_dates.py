"""Texts in the format of a date that are not dates."""

from __future__ import annotations

import re
from calendar import monthrange

_DATE = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)")


def why_no_date(text: str) -> str | None:
    """Return why a text like YEAR-MONTH-DAY is not a date; ``None`` for other texts."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day = map(int, match.groups())
    reason = _reason(year, month, day)
    return f"invalid date {text}: {reason}" if reason else None


def _reason(year: int, month: int, day: int) -> str | None:
    if year == 0:
        return "years start at 1"
    if not 1 <= month <= 12:
        return "months are 01 to 12"
    if day == 0:
        return "days start at 01"
    days = monthrange(year, month)[1]
    return f"that month has {days} days" if day > days else None
