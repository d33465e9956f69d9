"""`HttpLimits`: how long a server may take, how much it may send, and how often it is asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime

from msgspec import Struct


class HttpLimits(Struct, frozen=True, kw_only=True):
    """Bounds of every request; times are in seconds."""

    connect: float = 10
    """Time to reach the server."""
    silence: float = 30
    """Time in which it sends nothing at all."""
    answer: float = 120
    """Time for one answer, from looking up the name of the server to the last byte."""
    tries: int = 4
    """Requests for one answer: the first, and those after 429, 5xx or a lost connection."""
    pause: float = 1
    """Pause before the second try, if the server does not name one; doubled for each further."""
    longest_pause: float = 60
    """The longest pause that a server may ask for in ``Retry-After``."""
    redirects: int = 3
    """Redirects that are followed for one answer."""
    bytes: int = 20_000_000
    """Size of an answer, decompressed.  Zuul returns about 1.5 kB for a build."""


def is_tried_again(status: int) -> bool:
    """Return whether a server may answer later: too many requests, or its own error."""
    return status == 429 or 500 <= status <= 599


def asked_pause(headers: Mapping[str, str]) -> float | None:
    """Return the seconds in ``Retry-After``; None if there is none that can be read.

    A date there is compared with the server's own ``Date``, so no clock is needed (RFC 9110,
    10.2.3).
    """
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdecimal() and len(text) < 10:
        return float(text)
    until, now = _date(text), _date(headers.get("date", ""))
    return max(0.0, (until - now).total_seconds()) if until and now else None


def _date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return date if date.tzinfo else None  # dates with and without a zone cannot be compared


def own_pause(limits: HttpLimits, tries: int) -> float:
    """Return the pause after so many tries, if the server asks for none."""
    return min(limits.longest_pause, limits.pause * 2.0 ** (tries - 1))
