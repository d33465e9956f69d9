"""Dates of one record that contradict each other."""

from __future__ import annotations

import datetime

from groundrules import rules
from groundrules.records import Loaded
from groundrules.records.expectation import Exemption, Expectation
from groundrules.records.fields import Record, walk
from groundrules.records.platform import Lifecycle
from groundrules.records.session import Session


def check(loaded: Loaded) -> None:
    """Note every date that stands before one that it has to follow."""
    assert loaded.catalogue is not None  # noqa: S101 - the caller has looked
    for root in loaded.catalogue.records():
        for record in walk(root):
            for keys in _ORDERS.get(type(record), _ORDERS.get(type(record).__mro__[1], ())):
                _ordered(loaded, record, keys)
            _changes(loaded, record)


_ORDERS: dict[type, tuple[tuple[str, ...], ...]] = {
    Lifecycle: (("since", "deprecated", "removed"),),
    Expectation: (("since", "withdrawn"),),
    Exemption: (("since", "until"),),
    Session: (("date", "end"),),
}


def _ordered(loaded: Loaded, record: Record, keys: tuple[str, ...]) -> None:
    dates = [(key, date) for key in keys if (date := getattr(record, key))]
    for (before, first), (after, second) in zip(dates, dates[1:], strict=False):
        if second < first:
            loaded.report.note(
                rules.DATE_ORDER,
                record.location(after),
                f"{after!r} ({second}) is before {before!r} ({first}); correct one of them",
            )


def _changes(loaded: Loaded, record: Record) -> None:
    latest: datetime.date | None = None
    for change in getattr(record, "changed", ()):
        if latest and change.date < latest:
            loaded.report.note(
                rules.DATE_ORDER,
                change.location("date"),
                f"this change ({change.date}) is older than the one before it ({latest}); "
                "list changes from the oldest to the newest",
            )
        latest = max(latest or change.date, change.date)
