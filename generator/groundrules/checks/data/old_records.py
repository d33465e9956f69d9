"""Recorded comparisons, with configurations and with nodes, that are older than allowed."""

from __future__ import annotations

from collections.abc import Iterator

from groundrules.checks.data.observations import latest_day
from groundrules.diagnostics import Diagnostic
from groundrules.records import Catalogue, DataContent
from groundrules.records.measured import MeasuredLabel, RecordedMeasure
from groundrules.records.verified import VerifiedGraph
from groundrules.rules import drift as rules
from groundrules.text import counted

COMMAND = "'groundrules check --record'"
VERIFY = "'groundrules verify --record'"


def check(catalogue: Catalogue, _: DataContent) -> Iterator[Diagnostic]:
    """Yield the oldest record of each file that is too old, and the first of a day to come."""
    today, allowed = catalogue.today, catalogue.manual.verified_within
    for record in catalogue.verified:
        graphs = sorted(record.graphs, key=lambda graph: graph.compared)
        if graphs and (today - graphs[0].compared).days > allowed:
            yield _finding(graphs[0], _age(graphs[0], allowed))
        if graphs and graphs[-1].compared > today:
            message = f"{graphs[-1].compared} has not come yet; write a new record with {COMMAND}"
            yield _finding(graphs[-1], message)
    for label in catalogue.measured:
        yield from _measured(label, catalogue)


def _measured(label: MeasuredLabel, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Yield the oldest measurement of a label that is too old, and the first of a day to come."""
    measured = sorted(label.promises, key=lambda promise: promise.day)
    if measured and catalogue.old_from(measured[0]) <= catalogue.today:
        allowed = counted(catalogue.manual.verified_within, "day")
        yield _of_nodes(
            measured[0],
            f"expectation {measured[0].expectation!r} was last measured on {measured[0].day} on "
            f"label {label.label!r}, more than {allowed} ago ('verified_within'); measure again "
            f"with {VERIFY}",
        )
    if measured and measured[-1].day > latest_day(catalogue.today):
        message = f"{measured[-1].day} has not come yet; measure again with {VERIFY}"
        yield _of_nodes(measured[-1], message)


def _of_nodes(measured: RecordedMeasure, message: str) -> Diagnostic:
    key = "last" if measured.last else "recorded"
    return Diagnostic(measured.location(key), message, rules.OLD_RECORD)


def _age(graph: VerifiedGraph, allowed: int) -> str:
    return (
        f"graph {graph.graph!r} was last compared on {graph.compared}, more than "
        f"{counted(allowed, 'day')} ago ('verified_within'); write a new record with {COMMAND}"
    )


def _finding(graph: VerifiedGraph, message: str) -> Diagnostic:
    return Diagnostic(graph.location("compared"), message, rules.OLD_RECORD)
