"""Findings: their form, their order, and the words that are offered instead."""

from __future__ import annotations

import doctest

import pytest

from groundrules import diagnostics
from groundrules.diagnostics import Diagnostic, Location, Report
from groundrules.nearest import did_you_mean, nearest
from groundrules.rules import examples
from groundrules.rules.reading import NO_DATA
from groundrules.rules.records import RULE_WITHOUT_JOB

ERROR, WARNING = NO_DATA, RULE_WITHOUT_JOB


def test_a_finding_is_one_line():
    finding = Diagnostic(Location("data/a.yaml", 3, 5), "this is wrong", ERROR)
    assert str(finding) == "data/a.yaml:3:5: this is wrong [GR100]"


def test_findings_are_sorted_by_place_and_reported_once():
    report = Report()
    for path, line, message in [("b", 1, "x"), ("a", 10, "x"), ("a", 9, "y"), ("a", 9, "x")] * 2:
        report.note(ERROR, Location(path, line), message)
    assert [
        (each.location.path, each.location.line, each.message) for each in report.diagnostics
    ] == [
        ("a", 9, "x"),
        ("a", 9, "y"),
        ("a", 10, "x"),
        ("b", 1, "x"),
    ]


@pytest.mark.parametrize(
    ("found", "errors"),
    [([], False), ([WARNING], False), ([ERROR], True), ([WARNING, ERROR], True)],
)
def test_only_errors_stop_a_build(found, errors):
    report = Report()
    report.add(Diagnostic(Location("a"), "x", rule) for rule in found)
    assert report.has_errors is errors


@pytest.mark.parametrize(
    ("word", "allowed", "expected"),
    [
        ("standng", ["standing", "title"], "; did you mean 'standing'?"),
        ("STANDING", ["standing", "title"], "; did you mean 'standing'?"),
        ("arch", ["architecture", "name"], "; did you mean 'architecture'?"),
        ("ix", ["id", "title"], "; did you mean 'id'?"),
        ("colour", ["title", "id"], "; allowed: id, title"),
        ("colour", [], "; allowed: none"),
        ("colour", [f"word-{number}" for number in range(21)], ""),
        ("", ["id"], "; allowed: id"),
    ],
)
def test_the_nearest_word_is_offered_or_all_of_a_few(word, allowed, expected):
    assert did_you_mean(word, allowed) == expected


def test_of_equally_near_words_the_first_one_is_offered_whatever_their_order():
    words = ["small-b", "small-a", "small-c"]
    assert {nearest("small-x", order) for order in (words, words[::-1])} == {
        nearest("small-x", words)
    }


@pytest.mark.parametrize("module", [diagnostics, examples])
def test_the_examples_in_docstrings_are_true(module):
    assert doctest.testmod(module).failed == 0


def test_of_many_words_the_same_one_is_nearest_in_any_case() -> None:
    words = [f"Job-{letter}-{number}" for letter in "abcdefgh" for number in range(100, 200)]
    assert nearest("job-c115", words) == "Job-c-115"
    assert nearest("JBO-d-142", words) == "Job-d-142"
    assert nearest("entirely different", words) is None
