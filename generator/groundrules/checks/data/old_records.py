"""Recorded verifications that are older than the manual allows."""

from __future__ import annotations

from collections.abc import Iterator

from groundrules.diagnostics import Diagnostic
from groundrules.records import Catalogue, DataContent
from groundrules.records.verified import VerifiedGraph
from groundrules.rules import drift as rules
from groundrules.text import counted

COMMAND = "'groundrules check --record'"


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


def _age(graph: VerifiedGraph, allowed: int) -> str:
    return (
        f"graph {graph.graph!r} was last compared on {graph.compared}, more than "
        f"{counted(allowed, 'day')} ago ('verified_within'); write a new record with {COMMAND}"
    )


def _finding(graph: VerifiedGraph, message: str) -> Diagnostic:
    return Diagnostic(graph.location("compared"), message, rules.OLD_RECORD)
