"""Pictures of labels and providers on a page, and content that a reader opens."""

from __future__ import annotations

import pytest
from lxml import html

PLATFORM = """\
id: vm
title: Machine
summary: One.
labels:
- {name: a, operating_system: System A%s}
providers:
- name: cloud
  status: active
  as_of: 2026-01-01
  capacity: 20
  flavor: large-8
  changed: [{date: 2025-01-01, what: It became larger.}]
- {name: small, status: active, as_of: 2026-01-01, capacity: 5}
- {name: quiet, status: active, as_of: 2026-01-01}
"""
INDEX = """\
Home
====

.. toctree::
   :glob:

   generated/*
   generated/*/index
"""
WORDS = "The labels of each operating system over the years"


@pytest.fixture(scope="module")
def manual(tmp_path_factory, copy_of_small_manual):
    """A manual of one platform without dates, built, for tests that only look at it."""
    return written(copy_of_small_manual(tmp_path_factory.mktemp("lives") / "manual"))


@pytest.fixture(scope="module")
def built(manual):
    built = manual.build()
    assert built.warnings == ""
    return built


@pytest.fixture(scope="module")
def dated(tmp_path_factory, copy_of_small_manual):
    """The same with a date."""
    manual = copy_of_small_manual(tmp_path_factory.mktemp("dated") / "manual")
    return written(manual, ", since: 2020-01-01")


def written(manual, dates: str = ""):
    for path in (manual.root / "data").rglob("*.yaml"):
        path.unlink()
    manual.write("data/manual.yaml", "{title: M, publisher: P, summary: S.}\n")
    manual.write("data/platforms/vm.yaml", PLATFORM % dates)
    for page in manual.source.glob("*.rst"):
        page.unlink()
    manual.write("source/index.rst", INDEX)
    return manual


def test_the_overview_of_platforms_shows_when_labels_came_and_went(dated):
    built = dated.build()
    assert built.warnings == ""
    page = html.fromstring(built.text("generated/platforms/index.html"))
    [picture] = page.xpath("//figure/div/svg[@role='img']")
    assert picture.findtext("title") == page.findtext(".//figcaption") == WORDS


def test_a_manual_without_dates_has_no_picture(built):
    assert WORDS not in built.text("generated/platforms/index.html")


def test_a_new_date_reaches_the_picture(manual, built):
    with manual.lent() as lent:
        lent.write("data/platforms/vm.yaml", PLATFORM % ", since: 2020-01-01")
        assert WORDS in lent.build().text("generated/platforms/index.html")


def test_other_formats_have_the_tables_alone(dated):
    built = dated.build("text")
    assert built.warnings == ""
    assert WORDS not in built.text("generated/platforms/index.txt")


def test_details_of_a_provider_are_closed_in_html_and_plain_elsewhere(manual, built):
    page = html.fromstring(built.text("generated/platforms/vm.html"))
    [details] = page.findall(".//details")
    assert details[0].tag == "summary"
    assert details[0].text_content() == "Flavor, labels, history and evidence"
    assert "It became larger." in details.text_content()
    text = manual.build("text").text("generated/platforms/vm.txt")
    assert "Flavor, labels, history and" in text
    assert "large-8" in text


def test_the_capacity_of_a_provider_has_a_bar_unless_it_is_unknown(built):
    page = html.fromstring(built.text("generated/platforms/vm.html"))
    cells = page.xpath("//table[contains(@class, 'ci-providers')]/tbody/tr/td[3]")
    assert [cell.text_content().strip() for cell in cells] == ["20", "5", "unknown"]
    shares = [[bar.get("style") for bar in cell.find_class("ci-bar")] for cell in cells]
    assert shares == [["--ci-share: 100%"], ["--ci-share: 25%"], []]


def test_a_platform_without_capacity_needs_no_largest_one(manual, built):
    text = PLATFORM % ""
    for capacity in ("capacity: 20", "capacity: 5"):
        text = text.replace(capacity, "capacity: 0")
    with manual.lent() as lent:
        lent.write("data/platforms/vm.yaml", text)
        zero = lent.build()
        assert zero.warnings == ""
        assert zero.text("generated/platforms/vm.html").count("--ci-share: 0%") == 2
