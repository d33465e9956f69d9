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


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("openstack/nvoa", "openstack/nova"),
        ("opnstack/nova", "openstack/nova"),
        ("github.com/team/bakery", "team/bakery"),
        ("shop-tox-py93", "shop-tox-py39"),
        ("shop-tox_py39", "shop-tox-py39"),
        ("shop-toxpy39", "shop-tox-py39"),
        ("debian-12-arm-8GB", "debian-12-arm64-8GB"),
        ("shop-build-oven", "shop-build-big-oven"),
    ],
)
def test_a_slip_in_a_name_of_several_words_is_corrected(name, known):
    assert nearest(name, [known]) == known


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("openstack/nova", "openstack/zun"),
        ("team/oven-tempest-plugin", "team/oven"),
        ("shop-bread-tox-py3", "shop-cake-tox-py3"),
        ("shop-deploy-letsencrypt", "shop-deploy-acme"),
        ("shop-tox-cover-jobs", "shop-tox-publish-jobs"),
        ("shop-rolls-on-centos-9", "shop-buns-on-fedora-9"),
    ],
)
def test_an_owner_or_a_suffix_alone_makes_no_names_near(name, known):
    assert nearest(name, [known]) is None


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
