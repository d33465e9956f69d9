"""A phone: nothing is cut, and the first view of a picture shows as much as can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

import pytest
from visiting import KINDS, Visit

PHONE = {"width": 320, "height": 700}
LEGIBLE = 6.5  # pixels of the page for a letter's height, smaller than which nobody reads
SEEN = """frame => [...frame.querySelectorAll(".ci-node")].filter(each => {
    const [job, box] = [each, frame].map(part => part.getBoundingClientRect());
    return job.left >= box.left && job.right <= box.right;
}).length"""
LETTERS = """frame => {
    const svg = frame.querySelector("svg");
    return parseFloat(getComputedStyle(svg).fontSize) * svg.clientWidth / svg.viewBox.baseVal.width;
}"""
CUT = """all => all.filter(each => each.scrollWidth > each.clientWidth + 1 && each.clientWidth)
    .map(each => each.innerText)"""
BEYOND = "all => all.filter(each => each.getBoundingClientRect().right > innerWidth).length"
UNNAMED = """all => all.filter(each => getComputedStyle(each, "::before").content === "none"
    || !each.dataset.label).map(each => each.innerText)"""


class Shown(NamedTuple):
    """What one kind of page shows on a phone; ``cut``, ``beyond`` and ``unnamed`` are mistakes."""

    title: str
    crumbs: str
    cut: list[str]
    fields: int
    beyond: int
    unnamed: list[str]


@pytest.fixture(scope="module")
def shown(browser, site) -> Iterator[Callable[[str], Shown]]:
    """Give a function that looks at a kind of page; only once."""
    window = Visit(browser, viewport=PHONE)
    window.site = site

    def look(kind: str) -> Shown:
        page = window.open(KINDS[kind])
        crumbs = page.get_by_label("Breadcrumb")
        fields = page.locator("form[class^=ci-] :is(input, select, button)")
        cells = page.locator("table.ci-stacked tbody td:nth-child(n + 2):visible")
        return Shown(
            title=page.inner_text("h1"),
            crumbs=crumbs.inner_text() if crumbs.count() else "",
            cut=crumbs.locator("*").evaluate_all(CUT),
            fields=fields.count(),
            beyond=fields.evaluate_all(BEYOND),
            unnamed=cells.evaluate_all(UNNAMED),
        )

    yield cache(look)
    noted = [*window.complaints, *window.strangers]
    window.context.close()
    assert noted == []


@pytest.mark.parametrize("kind", ["session", "job", "expectation", "graph"])
def test_breadcrumbs_are_not_cut(shown, kind):
    assert shown(kind).cut == []
    assert shown(kind).crumbs.split("\n")[-1] == shown(kind).title.rstrip("#")


@pytest.mark.parametrize("kind", ["front", "matrix", "platform", "changes", "graph"])
def test_fields_are_not_cut(shown, kind):
    assert shown(kind).fields >= 2
    assert shown(kind).beyond == 0


@pytest.mark.parametrize(("width", "seen"), [(320, 2), (480, 8), (768, 8), (1600, 8)])
def test_the_first_view_of_a_graph_is_as_whole_as_it_is_legible(visit, width, seen):
    page = visit(viewport={"width": width, "height": 800}).open(KINDS["graph"])
    frame = page.locator(".ci-diagram")
    assert frame.evaluate(SEEN) >= seen
    assert frame.evaluate(LETTERS) >= LEGIBLE
    whole = frame.evaluate("each => each.scrollWidth <= each.clientWidth")
    assert whole == (seen == 8)


def test_a_small_graph_is_whole_at_once_and_no_larger_than_drawn(visit):
    window = visit(viewport=PHONE)
    frame = window.open("generated/graphs/groundrules-ci.html").locator(".ci-diagram")
    assert frame.evaluate("each => each.scrollWidth <= each.clientWidth")
    window.page.set_viewport_size({"width": 1600, "height": 800})
    svg = frame.locator("svg")
    assert svg.evaluate("each => each.clientWidth - each.viewBox.baseVal.width") == 0


@pytest.mark.parametrize("kind", ["platform", "front", "label", "platforms", "graph"])
def test_tables_keep_the_names_of_their_columns(shown, kind):
    assert shown(kind).unnamed == []


def test_no_word_of_the_matrix_is_cut_into_letters(visit):
    page = visit(viewport=PHONE).open(KINDS["matrix"])
    heights = page.locator(".ci-differing :is(td .ci-badge, li code)").evaluate_all(
        "all => all.map(each => each.getBoundingClientRect().height)"
    )
    assert len(heights) > 100
    assert max(heights) < 40


def test_a_link_to_a_graph_looks_like_its_text(visit):
    page = visit().open(KINDS["changes"])
    fonts = page.locator(".ci-changes td:nth-child(3) a span.ci").evaluate_all(
        "all => all.map(each => getComputedStyle(each).fontFamily)"
    )
    assert len(fonts) > 50
    assert len(set(fonts)) == 1
