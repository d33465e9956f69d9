"""Every kind of page: no serious barrier, no page that scrolls sideways, facts without script."""

from __future__ import annotations

import pytest
from visiting import KINDS, visit  # noqa: F401 - a fixture

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

# what is wrong in one scheme is wrong in both, but for colours
SCHEMES = {"light": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"], "dark": ["color-contrast"]}


# axe takes a minute for thousands of cells; fewer of the same kind say the same
SMALLER = {
    "matrix": "generated/matrix.html#promise=memory&label=noble",
    "platform": "generated/platforms/static-privileged-vm.html",
    "reference": "reference/sphinx.html",
}


@pytest.mark.parametrize("kind", KINDS)
def test_no_serious_barrier_in_either_scheme(visit, kind):
    window = visit(color_scheme="light")
    page = window.open(SMALLER.get(kind, KINDS[kind]))
    page.evaluate("document.querySelectorAll('table [hidden]').forEach(each => each.remove())")
    found = []
    for scheme, rules in SCHEMES.items():
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.wait_for_function(
            "mode => document.documentElement.dataset.theme === mode", arg=scheme
        )
        results = axe.Axe().run(
            page, options={"preload": False, "resultTypes": ["violations"], "runOnly": rules}
        )
        found += [
            f"{scheme}: {each['id']}: {each['nodes'][0]['html']}"
            for each in results.response["violations"]
            if each["impact"] in ("serious", "critical")
        ]
    assert found == []


@pytest.mark.parametrize("width", [320, 768, 1600])
def test_no_page_scrolls_sideways(visit, width):
    window = visit(viewport={"width": width, "height": 800})
    wide = []
    for name in KINDS.values():
        page = window.open(name)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(name)
    assert wide == []


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
    for kind in ("front", "matrix", "graph"):
        page = window.open(KINDS[kind])
        page.emulate_media(media="print")
        assert (
            page.locator(".ci-filter, .ci-tools, .ci-search").evaluate_all(
                "all => all.filter(each => each.offsetParent).length"
            )
            == 0
        )
        assert page.locator("h1").is_visible()


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
