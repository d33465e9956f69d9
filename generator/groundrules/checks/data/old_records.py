"""Recorded comparisons, with configurations and with nodes, that are older than allowed."""

from __future__ import annotations

from collections.abc import Iterator

from groundrules.checks.data.observations import latest_day
from groundrules.diagnostics import Diagnostic
from groundrules.records import Catalogue, DataContent
from groundrules.records.fields import Record
from groundrules.records.measured import RecordedMeasure
from groundrules.rules import drift as rules
from groundrules.text import counted

COMMAND = "'groundrules check --record'"
VERIFY = "'groundrules verify --record'"


def check(catalogue: Catalogue, _: DataContent) -> Iterator[Diagnostic]:
    """Yield the oldest record of each file that is too old, and the first of a day to come."""
    allowed, latest = catalogue.manual.verified_within, latest_day(catalogue.today)
    ago = f"more than {counted(allowed, 'day')} ago ('verified_within')"
    for record in catalogue.verified:
        if graphs := sorted(record.graphs, key=lambda graph: graph.compared):
            first, last = graphs[0], graphs[-1]
            if (catalogue.today - first.compared).days > allowed:
                what = f"graph {first.graph!r} was last compared on {first.compared}, {ago}"
                yield _finding(first, "compared", f"{what}; write a new record with {COMMAND}")
            if last.compared > latest:
                message = f"{last.compared} has not come yet; write a new record with {COMMAND}"
                yield _finding(last, "compared", message)
    for label in catalogue.measured:
        if measured := sorted(label.promises, key=lambda promise: promise.day):
            oldest, newest = measured[0], measured[-1]
            if catalogue.old_from(oldest) <= catalogue.today:
                what = f"expectation {oldest.expectation!r} was last measured on {oldest.day}"
                message = f"{what} on label {label.label!r}, {ago}; measure again with {VERIFY}"
                yield _finding(oldest, _key(oldest), message)
            if newest.day > latest:
                message = f"{newest.day} has not come yet; measure again with {VERIFY}"
                yield _finding(newest, _key(newest), message)


def _key(measured: RecordedMeasure) -> str:
    return "last" if measured.last else "recorded"


def _finding(record: Record, key: str, message: str) -> Diagnostic:
    return Diagnostic(record.location(key), message, rules.OLD_RECORD)
