"""When the buildsets of a pipeline are enqueued in a day: by a timer, or at random."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator

DAY = 24 * 60 * 60
MONDAY = datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)
"""The day that is simulated; a timer for some days of the week can be asked for others."""


class TimerError(ValueError):
    """A time that Zuul's timer cannot read."""


def timer(spec: str, start: datetime.datetime = MONDAY) -> Iterator[int]:
    """Yield the seconds of a day at which a timer of Zuul fires.

    ``spec`` is the ``time`` of a timer trigger: minute, hour, day, month, day of the week, and
    perhaps second and jitter.  Days of the week are counted from Monday, as APScheduler does, which
    Zuul asks too.  The jitter is ignored: Zuul draws it from the names of tenant and project.

    Raises `TimerError`; `ImportError` without APScheduler, which the extra ``plan`` installs.
    """
    from apscheduler.triggers.cron import CronTrigger

    fields = ("minute", "hour", "day", "month", "day_of_week", "second")
    parts = spec.split()
    if not 5 <= len(parts) <= 7:
        raise TimerError(f"{spec!r} has {len(parts)} fields; a timer has 5 to 7")
    if len(parts) == 7 and not _is_number(parts[6]):
        raise TimerError(f"{spec!r} has the jitter {parts[6]!r}; write seconds")
    try:
        trigger = CronTrigger(
            **dict(zip(fields, parts, strict=False)),
            timezone=datetime.UTC,
            end_date=start + datetime.timedelta(seconds=DAY),  # or it looks for years
        )
    except ValueError as error:
        raise TimerError(f"{spec!r} is not a time of a timer: {error}") from error
    now = trigger.get_next_fire_time(None, start)
    while now and (seconds := int((now - start).total_seconds())) < DAY:
        yield seconds
        now = trigger.get_next_fire_time(now, now)


def _is_number(text: str) -> bool:
    """Return whether Zuul reads a jitter as a number."""
    try:
        int(text)
    except ValueError:
        return False
    return True


def at_random(rate: float, seed: object) -> Iterator[int]:
    """Yield the seconds of a day at which buildsets come, ``rate`` in an hour on average.

    The time between two is exponentially distributed.  The same seed gives the same times.
    """
    clock, draw = 0.0, random.Random(repr(seed))  # noqa: S311 (a simulation, not a secret)
    while (clock := clock + draw.expovariate(rate / 3600)) < DAY:
        yield int(clock)
