"""Findings about two places tell both, each with its own words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from groundrules.diagnostics import Report

CASES = Path(__file__).parent / "cases/loud"


def related(report: Report, message: str) -> list[str]:
    (found,) = (each for each in report.diagnostics if message in each.message)
    return [f"{each.location}: {each.message}" for each in found.related]


def test_a_second_use_of_a_name_leads_to_the_first(check: Callable[[Path], Report]):
    report = check(CASES / "duplicate-id")
    assert related(report, "'ours'") == ["data/manual.yaml:5:10: the other one"]


def test_a_cycle_is_reported_step_by_step(check: Callable[[Path], Report]):
    report = check(CASES / "cycles")
    assert related(report, "a → c → b → a") == [
        "data/graphs/deploy.yaml:12:33: c waits for b",
        "data/graphs/deploy.yaml:11:33: b waits for a",
    ]
