"""Dates of a record in the wrong order."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from groundrules.checks.data.change_order import out_of_order
from groundrules.diagnostics import Diagnostic
from groundrules.records import Catalogue, DataContent
from groundrules.records.expectation import Exemption, Expectation
from groundrules.records.fields import Record
from groundrules.records.parts import RecordPart
from groundrules.records.platform import Lifecycle
from groundrules.records.session import Session
from groundrules.rules import records as rules

FURTHEST_PLAN = 100  # years


def check(catalogue: Catalogue, content: DataContent) -> Iterator[Diagnostic]:
    """Yield every date that is before one that it has to follow, and changes too far ahead."""
    for part in content.parts:
        for keys in _orders(part.kind):
            yield from _ordered(part, keys)
        if "changed" in part.said:
            changes = [
                (change, day) for change in part.inside("changed") if (day := change.date("date"))
            ]
            yield from _changes(changes, catalogue.today)
            yield from _first_change(part, min((day for _, day in changes), default=None))


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


def _changes(
    changes: list[tuple[RecordPart, datetime.date]], today: datetime.date
) -> Iterator[Diagnostic]:
    """Yield the changes out of order, or on a day that no plan reaches, such as 2202 for 2022."""
    planned = []
    for change, date in changes:
        if date.year <= today.year + FURTHEST_PLAN:
            planned.append((change, date))
        else:
            message = f"{date} is more than {FURTHEST_PLAN} years ahead; correct the year"
            yield Diagnostic(change.location("date"), message, rules.DATE_ORDER)
    yield from out_of_order(planned)


def _ordered(part: RecordPart, keys: tuple[str, ...]) -> Iterator[Diagnostic]:
    dates = [(key, date) for key in keys if (date := part.date(key))]
    for (before, first), (after, second) in pairwise(dates):
        if second < first:
            message = f"{after!r} ({second}) is before {before!r} ({first}); correct one of them"
            yield Diagnostic(part.location(after), message, rules.DATE_ORDER)


def _first_change(part: RecordPart, first: datetime.date | None) -> Iterator[Diagnostic]:
    """Yield the first day of a record, where something had changed before it."""
    days = [(day, key) for key in ("since", "recorded") if (day := part.date(key))]
    if first and days and first < min(days)[0]:
        day, key = min(days)
        message = f"{key!r} ({day}) is after the first change ({first}); correct one of them"
        yield Diagnostic(part.location(key), message, rules.DATE_ORDER)
