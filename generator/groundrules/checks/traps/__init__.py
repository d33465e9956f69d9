"""Traps in a real configuration itself, whatever the manual says; one family a module."""

from __future__ import annotations

from groundrules.checks.traps import circles, detours, hard, matchers, soft, spelling, turns, unused
from groundrules.definitions import Definitions
from groundrules.diagnostics import Report

FAMILIES = (soft, hard, circles, detours, unused, matchers, spelling, turns)


def check_traps(definitions: Definitions, report: Report) -> None:
    """Note what a configuration says that cannot be meant."""
    for family in FAMILIES:
        family.check(definitions, report)
