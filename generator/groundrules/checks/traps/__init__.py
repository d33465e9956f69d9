"""Traps in a real configuration itself, whatever the manual says; one family a module."""

from __future__ import annotations

from groundrules.checks.traps import circles, detours, hard, matchers, soft, spelling, turns, unused
from groundrules.checks.traps.documented_intent import DocumentedIntent
from groundrules.diagnostics import Report
from groundrules.graphs.definitions import Definitions

FAMILIES = (hard, circles, unused, matchers, spelling)


def check_traps(definitions: Definitions, documented: DocumentedIntent, report: Report) -> None:
    """Note what a configuration says that cannot be meant."""
    for family in FAMILIES:
        family.check(definitions, report)
    soft.check(definitions, documented, report)
    detours.check(definitions, documented, report)
    turns.check(definitions, documented, report)
