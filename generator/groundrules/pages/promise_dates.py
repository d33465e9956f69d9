"""The days on which an expectation becomes true, and on which its exceptions begin and end."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from groundrules.pages import rst
from groundrules.records.expectation import Exemption, Expectation, Standing
from groundrules.records.fields import Record
from groundrules.records.platform import has_come
from groundrules.text import listed

MOST_NAMES = 5
"""The names of one kind in a sentence."""
_WORDS = {
    Standing.GUARANTEED: "guaranteed",
    Standing.VARIES: "varies",
    Standing.PRESENT: "present, not promised",
    Standing.NOT_GUARANTEED: "not guaranteed",
}


class OwnDate(NamedTuple):
    """A day, what it is for a record, and the exception that it is about.

    ``what`` is a record's text, or `Rst` if it is a sentence of this program.
    """

    date: datetime.date
    what: str
    exception: Exemption | None = None


def promise_dates(expectation: Record, day: datetime.date) -> Iterator[OwnDate]:
    """Yield the days that an expectation and its exceptions name; one after ``day`` is a plan.

    A day with a change is not named again, and neither is one on which nothing is promised.
    """
    if not isinstance(expectation, Expectation):
        return
    if withdrawn := expectation.withdrawn:
        yield OwnDate(withdrawn, rst.Rst("Will be withdrawn." if withdrawn > day else "Withdrawn."))
    since, changed = expectation.since, {change.date for change in expectation.changed}
    if since and since not in changed and expectation.is_said_on(since):
        yield OwnDate(since, rst.Rst(_beginning(expectation, since, day)))
    for exception in expectation.exceptions:
        standing = _WORDS[exception.standing or expectation.standing]
        said = f"the exception for {_where(exception)}: {standing}."
        for date, which in ((exception.since, "First"), (exception.until, "Last")):
            if date and expectation.is_said_on(date):
                yield OwnDate(date, rst.Rst(f"{which} day of {said}"), exception)


def _beginning(expectation: Expectation, since: datetime.date, day: datetime.date) -> str:
    if since > day:
        return "True from this day on."
    if has_come(expectation.withdrawn, day):
        return "True from this day until it was withdrawn."
    return "True since this day."


def _where(exception: Exemption) -> str:
    """Return the names that an exception is about, such as ``small`` from ``cloud`` in ``DFW``."""
    nodes = _names((*exception.platforms, *exception.labels))
    parts = ((" from ", exception.providers), (" in ", exception.regions))
    where = "".join(f"{word}{_names(names)}" for word, names in parts if names)
    return f"{nodes or 'nodes'}{where}" if nodes or where else "everything"


def _names(names: Iterable[str]) -> str:
    return listed(map(rst.literal, names), most=MOST_NAMES)
