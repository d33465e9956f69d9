"""The picture of the lives of labels on a page, and content that a reader opens."""

from __future__ import annotations

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
  flavor: large-8
  changed: [{date: 2025-01-01, what: It became larger.}]
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


def written(manual, dates: str = ""):
    for path in (manual.root / "data").rglob("*.yaml"):
        path.unlink()
    manual.write("data/manual.yaml", "{title: M, publisher: P, summary: S.}\n")
    manual.write("data/platforms/vm.yaml", PLATFORM % dates)
    for page in manual.source.glob("*.rst"):
        page.unlink()
    manual.write("source/index.rst", INDEX)
    return manual


def test_the_overview_of_platforms_shows_when_labels_came_and_went(manual):
    built = written(manual, ", since: 2020-01-01").build()
    assert built.warnings == ""
    page = html.fromstring(built.text("generated/platforms/index.html"))
    [picture] = page.xpath("//figure/div/svg[@role='img']")
    assert picture.findtext("title") == page.findtext(".//figcaption") == WORDS


def test_a_manual_without_dates_has_no_picture(manual):
    built = written(manual).build()
    assert built.warnings == ""
    assert WORDS not in built.text("generated/platforms/index.html")


def test_a_new_date_reaches_the_picture(manual):
    written(manual).build()
    manual.write("data/platforms/vm.yaml", PLATFORM % ", since: 2020-01-01")
    assert WORDS in manual.build().text("generated/platforms/index.html")


def test_other_formats_have_the_tables_alone(manual):
    built = written(manual, ", since: 2020-01-01").build("text")
    assert built.warnings == ""
    assert WORDS not in built.text("generated/platforms/index.txt")


def test_details_of_a_provider_are_closed_in_html_and_plain_elsewhere(manual):
    page = html.fromstring(written(manual).build().text("generated/platforms/vm.html"))
    [details] = page.findall(".//details")
    assert details[0].tag == "summary"
    assert details[0].text_content() == "Flavor, labels, history and evidence"
    assert "It became larger." in details.text_content()
    text = manual.build("text").text("generated/platforms/vm.txt")
    assert "Flavor, labels, history and" in text
    assert "large-8" in text
