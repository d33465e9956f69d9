"""`Event`: a dated change of a record, as pages and feeds list it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from groundrules.pages.lifecycle import stages
from groundrules.pages.promise_dates import OwnDate, promise_dates
from groundrules.records.expectation import Exemption
from groundrules.records.fields import Record
from groundrules.records.platform import Provider


@dataclass(frozen=True, slots=True)
class Event:
    """A change: the day, the record by kind and name, and a description.

    ``what`` is a record's text, or `Rst` if it is a sentence of this program.  ``topic`` is the
    title of the topic, platform or graph that contains the record.  A change of a platform can be
    one of its ``provider``, and a change of an expectation one of an ``exception``.
    """

    date: datetime.date
    kind: str
    name: str
    title: str
    what: str
    topic: str
    provider: Provider | None = None
    exception: Exemption | None = None

    @property
    def newest_first(self) -> tuple[int, str, str]:
        """The order of events, also of those of one day."""
        return -self.date.toordinal(), self.kind, self.name


def dates_of(record: Record, day: datetime.date) -> Iterator[OwnDate]:
    """Yield each dated change of a record, and the days that its own dates name."""
    yield from stages(record, day)
    for change in getattr(record, "changed", ()):
        yield OwnDate(change.date, change.what)
    yield from promise_dates(record, day)
