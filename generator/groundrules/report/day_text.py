"""A simulated day → text: how long buildsets wait under each way to keep them apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from groundrules.plan.day import Locking
from groundrules.plan.day_request import SimulatedDay
from groundrules.text import aligned, duration, listed

WORDS = {
    Locking.LOCK: "as documented",
    Locking.SEMAPHORE: "a semaphore instead",
    Locking.NOTHING: "nothing instead",
}


def day_text(day: SimulatedDay) -> Iterator[Iterable[str]]:
    """Yield the lines of each paragraph."""
    yield _table(day)
    yield (*_shared(day), *day.notes)


def _table(day: SimulatedDay) -> Iterator[str]:
    yield "A simulated day: how long half of the buildsets wait at most, and 95 % of them:"
    pipelines = next(iter(day.days.values())).waiting
    rows = [("", "buildsets", *(WORDS[locking] for locking in day.days))]
    for name, waiting in pipelines.items():
        times = (each.waiting[name] for each in day.days.values())
        cells = [f"{duration(time.median)}, {duration(time.long)}" for time in times]
        rows.append((name, str(waiting.buildsets), *cells))
    yield from (f"  {line}" for line in aligned(rows))


def _shared(day: SimulatedDay) -> Iterator[str]:
    for locking, simulated in day.days.items():
        pairs = [
            f"{one} with {'itself' if one == other else other}" for one, other in simulated.met
        ]
        met = listed(pairs) if pairs else "no two buildsets"
        yield f"At the same time, {WORDS[locking]}: {met}."
    for one, other, names in day.shared:
        what = listed(names) if names else "nothing that is documented"
        yield f"{one} and {other} share {what}."
