"""`HttpLimits`: how long a server may take, how much it may send, and how often it is asked."""

from __future__ import annotations

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
