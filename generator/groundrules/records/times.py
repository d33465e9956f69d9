"""Dates and durations in records, as files write them."""

from __future__ import annotations

import datetime
import re
from contextlib import suppress
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

# messages of the validators; messages.py explains them to users
NOT_A_DATE, NOT_A_DURATION = "not a date", "not a duration"
DURATION = (
    r"^(?=[0-9])(?!.* $)(?:([0-9]{1,4}) h(?: |$))?(?:([0-9]{1,4}) min(?: |$))?(?:([0-9]{1,4}) s)?$"
)


def date_of(value: Any) -> Any:
    """Return a value as a date.  Raises `ValueError` if it is not one."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        with suppress(ValueError):
            return datetime.date.fromisoformat(value)
    if type(value) is not datetime.date:
        raise ValueError(NOT_A_DATE)
    return value


def duration_of(value: Any) -> Any:
    """Return a text such as ``1 h 30 min`` as a duration.  Raises `ValueError` for others."""
    match = re.fullmatch(DURATION, value) if isinstance(value, str) else None
    if not match:
        raise ValueError(NOT_A_DURATION)
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return datetime.timedelta(hours=hours, minutes=minutes, seconds=seconds)


Date = Annotated[
    datetime.date,
    BeforeValidator(date_of),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2025-08-22"]}),
]
Duration = Annotated[
    datetime.timedelta,
    BeforeValidator(duration_of),
    WithJsonSchema({"type": "string", "pattern": DURATION, "examples": ["9 min", "1 h 30 min"]}),
]
