"""Dates of one record that contradict each other."""

from __future__ import annotations

import datetime
from functools import cache
from itertools import pairwise

from groundrules.records import Catalogue, Loaded
from groundrules.records.expectation import Exemption, Expectation
from groundrules.records.fields import Record, walk
from groundrules.records.platform import Lifecycle
from groundrules.records.session import Session
from groundrules.rules import records as rules


def check(catalogue: Catalogue, loaded: Loaded) -> None:
    """Note every date that stands before one that it has to follow."""
    for root in catalogue.records():
        for record in walk(root):
            _ordered(loaded, record, _order(type(record)))
            if "changed" in type(record).model_fields:
                _changes(loaded, record)
                _first_change(loaded, record)


# kind of record → its dates in the order that they have to follow each other
_ORDERS: dict[type[Record], tuple[str, ...]] = {
    Lifecycle: ("since", "deprecated", "removed"),
    Expectation: ("since", "withdrawn"),
    Exemption: ("since", "until"),
    Session: ("date", "end"),
}


@cache
def _order(kind: type[Record]) -> tuple[str, ...]:
    """Return the dates of a kind of record in the order that they have to follow each other."""
    return next((keys for model, keys in _ORDERS.items() if issubclass(kind, model)), ())


def _ordered(loaded: Loaded, record: Record, keys: tuple[str, ...]) -> None:
    dates = [(key, date) for key in keys if (date := getattr(record, key))]
    for (before, first), (after, second) in pairwise(dates):
        if second < first:
            loaded.report.note(
                rules.DATE_ORDER,
                record.location(after),
                f"{after!r} ({second}) is before {before!r} ({first}); correct one of them",
            )


def _first_change(loaded: Loaded, record: Record) -> None:
    """Note the day that a record's subject began, where something had changed before."""
    since = getattr(record, "since", None)
    first = min((each.date for each in getattr(record, "changed", ())), default=None)
    if since and first and first < since:
        loaded.report.note(
            rules.DATE_ORDER,
            record.location("since"),
            f"'since' ({since}) is after the first change ({first}); correct one of them",
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
