"""However many findings there are, a report is bounded and its totals are true."""

from __future__ import annotations

import json

import pytest

from groundrules.checker.settings import MOST_FINDINGS
from groundrules.diagnostics import Diagnostic, Location, Related
from groundrules.findings.limits import MOST_CHARACTERS, MOST_PLACES, limited
from groundrules.report import FORMATS
from groundrules.report.context import ReportContext
from groundrules.rules.reading import UNKNOWN_KEY

PLACE = Location("data/x.yaml", 1, 1)
ALL = 20_000


@pytest.fixture(scope="module")
def many() -> list[Diagnostic]:
    return [
        Diagnostic(Location("data/x.yaml", line, 1), f"unknown key {line}", UNKNOWN_KEY)
        for line in range(1, ALL + 1)
    ]


@pytest.mark.parametrize("form", FORMATS)
def test_a_report_of_many_findings_is_bounded(form: str, many: list[Diagnostic]) -> None:
    context = ReportContext(texts={"data/x.yaml": "a: b\n" * ALL}, most=MOST_FINDINGS)
    report = FORMATS[form](many, context)
    assert len(report) < 1_000 * MOST_FINDINGS
    assert f"unknown key {ALL}" not in report
    assert str(ALL) in report or f"{ALL - MOST_FINDINGS} more findings" in report


def test_the_totals_of_json_count_every_finding(many: list[Diagnostic]) -> None:
    report = json.loads(FORMATS["json"](many, ReportContext(most=MOST_FINDINGS)))
    assert len(report["findings"]) == MOST_FINDINGS
    assert report["summary"]["errors"] == ALL
    assert report["summary"]["not_listed"] == ALL - MOST_FINDINGS


def test_without_a_limit_every_finding_is_listed(many: list[Diagnostic]) -> None:
    report = FORMATS["text"](many, ReportContext())
    assert report.count("[GR105]") == ALL
    assert "not listed" not in report


def test_the_places_of_a_finding_are_bounded() -> None:
    places = [Related(Location("data/x.yaml", line, 1), "here too") for line in range(1, 1_000)]
    related = limited(Diagnostic(PLACE, "twice", UNKNOWN_KEY, tuple(places))).related
    assert len(related) == MOST_PLACES
    assert related[-1].message == "here too (and 949 more places)"


def test_the_texts_of_a_finding_are_bounded() -> None:
    finding = limited(Diagnostic(PLACE, "x" * 5_000, UNKNOWN_KEY, suggestion="y" * 5_000))
    assert finding.message == f"{'x' * MOST_CHARACTERS}… (5000 characters)"
    assert finding.suggestion == f"{'y' * MOST_CHARACTERS}… (5000 characters)"


def test_an_ordinary_finding_stays_as_it_is() -> None:
    finding = Diagnostic(PLACE, "twice", UNKNOWN_KEY, (Related(PLACE, "here too"),))
    assert limited(finding) == finding
