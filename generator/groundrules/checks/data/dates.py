"""Dates of one record that contradict each other."""

from __future__ import annotations

import datetime
from functools import cache
from itertools import pairwise

from groundrules.records import Catalogue, LoadedData
from groundrules.records.expectation import Exemption, Expectation
from groundrules.records.fields import Record
from groundrules.records.parts import RecordPart
from groundrules.records.platform import Lifecycle
from groundrules.records.session import Session
from groundrules.rules import records as rules


def check(_: Catalogue, loaded: LoadedData) -> None:
    """Note every date that is before one that it has to follow."""
    for part in loaded.parts:
        for keys in _orders(part.kind):
            _ordered(loaded, part, keys)
        if "changed" in part.said:
            changes = [
                (change, day) for change in part.inside("changed") if (day := change.date("date"))
            ]
            _changes(loaded, changes)
            _first_change(loaded, part, min((day for _, day in changes), default=None))


# kind of record → its dates in the order that they have to follow each other
_ORDERS: dict[type[Record], tuple[tuple[str, ...], ...]] = {
    Lifecycle: (
        ("since", "deprecated", "removed"),
        ("since", "not_supplied"),
        ("not_supplied", "removed"),
    ),
    Expectation: (("since", "withdrawn"),),
    Exemption: (("since", "until"),),
    Session: (("date", "end"),),
}


@cache
def _orders(kind: type[Record]) -> tuple[tuple[str, ...], ...]:
    """Return the dates of a kind of record in the order that they have to follow each other."""
    return next((orders for model, orders in _ORDERS.items() if issubclass(kind, model)), ())


def _ordered(loaded: LoadedData, part: RecordPart, keys: tuple[str, ...]) -> None:
    dates = [(key, date) for key in keys if (date := part.date(key))]
    for (before, first), (after, second) in pairwise(dates):
        if second < first:
            loaded.report.note(
                rules.DATE_ORDER,
                part.location(after),
                f"{after!r} ({second}) is before {before!r} ({first}); correct one of them",
            )


def _first_change(loaded: LoadedData, part: RecordPart, first: datetime.date | None) -> None:
    """Note the first day of a record, where something had changed before it."""
    days = [(day, key) for key in ("since", "recorded") if (day := part.date(key))]
    if first and days and first < min(days)[0]:
        day, key = min(days)
        loaded.report.note(
            rules.DATE_ORDER,
            part.location(key),
            f"{key!r} ({day}) is after the first change ({first}); correct one of them",
        )


def _changes(loaded: LoadedData, changes: list[tuple[RecordPart, datetime.date]]) -> None:
    latest: datetime.date | None = None
    for change, date in changes:
        if latest and date < latest:
            loaded.report.note(
                rules.DATE_ORDER,
                change.location("date"),
                f"this change ({date}) is older than the one before it ({latest}); "
                "list changes from the oldest to the newest",
            )
        latest = max(latest or date, date)
