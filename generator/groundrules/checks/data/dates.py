"""Dates of a record in the wrong order, before any computer, or further ahead than any plan."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from groundrules.checks.data.change_order import out_of_order
from groundrules.checks.data.observations import latest_day
from groundrules.diagnostics import Diagnostic
from groundrules.records import Catalogue, DataContent
from groundrules.records.expectation import Exemption, Expectation
from groundrules.records.fields import Record
from groundrules.records.measured import RecordedMeasure
from groundrules.records.number_words import types_in
from groundrules.records.parts import RecordPart
from groundrules.records.platform import Lifecycle
from groundrules.records.session import Session
from groundrules.records.shape import keys_of
from groundrules.rules import records as rules

FURTHEST_PLAN = 100  # years
FIRST_YEAR = 1970


def check(catalogue: Catalogue, content: DataContent) -> Iterator[Diagnostic]:
    """Yield every date that is before one that it has to follow, or too far ahead."""
    for part in content.parts:
        yield from _early(part)
        orders = _orders(part.kind)
        for key in dict.fromkeys(key for keys in orders for key in keys):
            if (date := part.date(key)) and _is_far(date, catalogue.today):
                yield _far(part, key, date)
        for keys in orders:
            yield from _ordered(part, keys, catalogue.today)
        if "changed" in part.said:
            changes = [
                (change, day) for change in part.inside("changed") if (day := change.date("date"))
            ]
            yield from _changes(changes, catalogue.today)
            first = min((day for _, day in changes), default=None)
            yield from _first_change(part, first, catalogue.today)


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
    RecordedMeasure: (("first", "last"),),
}


@cache
def _orders(kind: type[Record]) -> tuple[tuple[str, ...], ...]:
    """Return the dates of a kind of record in the order that they have to follow each other."""
    return next((orders for model, orders in _ORDERS.items() if issubclass(kind, model)), ())


def _early(part: RecordPart) -> Iterator[Diagnostic]:
    """Yield the days of years such as 0205 for 2025."""
    for key in _date_keys(part.kind):
        if (date := part.date(key)) and date.year < FIRST_YEAR:
            message = f"{date} is before {FIRST_YEAR}; correct the year"
            yield Diagnostic(part.location(key), message, rules.DATE_ORDER)


@cache
def _date_keys(kind: type[Record]) -> tuple[str, ...]:
    fields = keys_of(kind).items()
    return tuple(key for key, field in fields if datetime.date in types_in(field.annotation))


def _is_far(date: datetime.date, today: datetime.date) -> bool:
    """Return whether no plan reaches a day, such as one in 2202 for 2022."""
    return date.year > today.year + FURTHEST_PLAN


def _far(part: RecordPart, key: str, date: datetime.date) -> Diagnostic:
    message = f"{date} is more than {FURTHEST_PLAN} years ahead; correct the year"
    return Diagnostic(part.location(key), message, rules.DATE_ORDER)


def _changes(
    changes: list[tuple[RecordPart, datetime.date]], today: datetime.date
) -> Iterator[Diagnostic]:
    """Yield the changes out of order, or too far ahead."""
    planned = []
    for change, date in changes:
        if _is_far(date, today):
            yield _far(change, "date", date)
        else:
            planned.append((change, date))
    yield from out_of_order(planned)


def _ordered(part: RecordPart, keys: tuple[str, ...], today: datetime.date) -> Iterator[Diagnostic]:
    said = [(key, date) for key in keys if (date := part.date(key))]
    dates = [
        (key, date) for key, date in said if date.year >= FIRST_YEAR and not _is_far(date, today)
    ]
    for (before, first), (after, second) in pairwise(dates):
        if second < first:
            message = f"{after!r} ({second}) is before {before!r} ({first}); correct one of them"
            yield Diagnostic(part.location(after), message, rules.DATE_ORDER)


def _first_change(
    part: RecordPart, first: datetime.date | None, today: datetime.date
) -> Iterator[Diagnostic]:
    """Yield the first day of a record, where something had changed before it."""
    since, recorded = part.date("since"), part.date("recorded")
    days = [(since, "since")] if since and not _is_far(since, today) else []
    if recorded and recorded <= latest_day(today):  # else it is reported as in the future
        days.append((recorded, "recorded"))
    if first and days and first < min(days)[0]:
        day, key = min(days)
        message = f"{key!r} ({day}) is after the first change ({first}); correct one of them"
        yield Diagnostic(part.location(key), message, rules.DATE_ORDER)
