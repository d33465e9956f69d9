"""When facts were gathered, by the clock of the node."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

AHEAD = datetime.timedelta(days=1)
"""How far the clock of a node can be ahead."""


def date_of(facts: Mapping[str, Any]) -> datetime.datetime | None:
    """Return Ansible's ``date_time.iso8601`` in UTC; ``None`` if it is missing or no time."""
    value = facts.get("ansible_date_time", facts.get("date_time"))
    value = value.get("iso8601") if isinstance(value, dict) else None
    if isinstance(value, str):
        try:
            value = datetime.datetime.fromisoformat(value)
        except ValueError:
            return None
    if not isinstance(value, datetime.datetime):
        return None
    if value.tzinfo is None:  # Ansible writes UTC
        return value.replace(tzinfo=datetime.UTC)
    try:
        return value.astimezone(datetime.UTC)
    except OverflowError:
        return None


def why_not_now(time: datetime.datetime | None, now: datetime.datetime) -> str:
    """Return why facts cannot be of a time; empty if they can."""
    if time is None or time <= now + AHEAD:
        return ""
    return f"its time {time:%Y-%m-%d %H:%M} is in the future"
