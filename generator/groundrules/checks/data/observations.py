"""Days on which somebody looked or wrote: none to come, and none outside a label's life."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from groundrules import clock
from groundrules.diagnostics import Diagnostic
from groundrules.records import Catalogue, DataContent
from groundrules.records.expectation import Expectation
from groundrules.records.fields import Confirmed, Record
from groundrules.records.graph import DocumentedJob, DocumentedWait
from groundrules.records.manual import Manual
from groundrules.records.parts import RecordPart
from groundrules.records.platform import Label, Platform, Provider, Seen
from groundrules.rules import records as rules

# kind of record → the key of its day, what the message calls it, and what else can be done
_DAYS: dict[type[Record], tuple[str, str, str]] = {
    Confirmed: ("date", "confirmed", ""),
    Seen: ("date", "seen", ""),
    Expectation: ("recorded", "recorded", ""),
    Platform: ("recorded", "recorded", ""),
    Provider: ("as_of", "as_of", ""),
    Manual: ("updated", "updated", ""),
    DocumentedJob: ("gone", "gone", ", or remove it until the job is gone"),
    DocumentedWait: ("gone", "gone", ", or remove it until the dependency is gone"),
}
AHEAD = datetime.timedelta(days=1)
"""How far the calendar of a writer may be ahead of that of the run, which is in UTC."""


def check(catalogue: Catalogue, content: DataContent) -> Iterator[Diagnostic]:
    """Yield each day of an observation that is in the future, or when a label was not in use."""
    latest = latest_day(catalogue.today)
    for part in content.parts:
        key, word, instead = _DAYS.get(part.kind, ("", "", ""))
        if not (day := part.date(key)):
            continue
        if day > latest:
            message = f"{word!r} ({day}) is in the future; correct the date{instead}"
            yield Diagnostic(part.location(key), message, rules.DATE_ORDER)
        elif part.kind is Seen:
            yield from _outside_life(part, day)


def latest_day(today: datetime.date) -> datetime.date:
    """Return the latest day of an observation that is not in the future."""
    # a reproducible build of today's data may be dated years back
    return max(today, clock.of_the_clock()) + AHEAD


def _outside_life(seen: RecordPart, day: datetime.date) -> Iterator[Diagnostic]:
    if seen.holder is None or seen.holder.kind is not Label:
        return
    since, removed = seen.holder.date("since"), seen.holder.date("removed")
    if since and day < since:
        message = f"'seen' ({day}) is before 'since' ({since}); correct one of them"
        yield Diagnostic(seen.location("date"), message, rules.DATE_ORDER)
    elif removed and day > removed:
        message = f"'seen' ({day}) is after 'removed' ({removed}); correct one of them"
        yield Diagnostic(seen.location("date"), message, rules.DATE_ORDER)
