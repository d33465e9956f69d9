"""Kinds of pages on paper and without script: the facts are all there."""

from __future__ import annotations

import pytest
from visiting import KINDS

SECTIONS = {
    "What holds": ("matrix", "expectations", "topic", "expectation"),
    "Labels": ("platforms", "platform"),
    "Job order": ("graphs", "graph", "job"),
    "Who decided": ("sessions", "session", "actions"),
    "What changed": ("changes",),
    "Guides": ("guide",),
    "Reference": ("reference",),
    "": ("front", "search"),
}


@pytest.mark.parametrize("section", SECTIONS)
def test_every_page_says_which_section_it_is_of(visit, section):
    window = visit(viewport={"width": 1600, "height": 800})
    for kind in SECTIONS[section]:
        page = window.open(KINDS[kind])
        marked = page.locator(".bd-header .navbar-nav [aria-current]").all_inner_texts()
        assert "".join(marked).strip() == section, kind
        assert page.locator(".bd-header .navbar-nav .current").count() == len(marked), kind


def test_every_kind_of_page_is_of_a_section_or_of_none():
    assert {kind for kinds in SECTIONS.values() for kind in kinds} == set(KINDS)


def test_every_page_prints_without_controls(visit):
    window = visit(viewport={"width": 760, "height": 1000})
    window.page.emulate_media(media="print")
    for kind in ("front", "matrix", "graph"):
        page = window.open(KINDS[kind])
        assert (
            page.locator(".ci-filter, .ci-tools, .ci-search").evaluate_all(
                "all => all.filter(each => each.offsetParent).length"
            )
            == 0
        )
        assert page.locator("h1").is_visible()
    page.emulate_media(media="screen")


def test_without_script_the_facts_are_all_there(visit):
    window = visit(java_script_enabled=False)
    page = window.open(KINDS["matrix"])
    assert page.locator("table.ci-matrix tbody tr").count() > 40
    assert page.locator("table.ci-matrix tbody td:visible").count() > 2000
    page = window.open(KINDS["graph"])
    assert page.locator("svg .ci-node").count() == 7
    assert page.locator("table.ci-edges tbody tr").count() == page.locator("svg .ci-arrow").count()
    page = window.open(KINDS["changes"])
    assert page.locator("table.ci-changes tbody tr:visible").count() > 100
    page = window.open(KINDS["front"])
    assert "Nested virtualization is there on the labels" in page.inner_text("table.ci-glance")


def test_with_forced_colours_what_a_job_waits_for_is_told_apart_by_the_system_colours(visit):
    page = visit(forced_colors="active").open(KINDS["graph"])
    page.get_by_label("Find a job").fill("letsencrypt")
    stroke = "each => getComputedStyle(each.querySelector('rect')).stroke"
    lit = page.locator(".ci-node.ci-before").first.evaluate(stroke)
    usual = page.locator(".ci-node:not(.ci-before, .ci-after, .ci-self)").first.evaluate(stroke)
    assert lit != usual
