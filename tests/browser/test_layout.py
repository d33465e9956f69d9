"""What makes a page slow or lets it move: too many elements, and scripts that change what is drawn.

Seconds depend on the machine, so that they are not tested.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

import pytest
from visiting import KINDS

LARGEST_SHIFT = 0.05
LONGEST = 8000
NOTE_SHIFTS = """window.shift = 0;
new PerformanceObserver(list => list.getEntries().forEach(each => window.shift += each.value))
    .observe({type: "layout-shift", buffered: true});"""
# A script starts when the page has been read
NOTE_CHANGES = """window.changed = [];
new MutationObserver(records => records.forEach(({target}) => {
    if (document.readyState !== "loading" && target.closest?.(".ci-matrix"))
        window.changed.push(target.outerHTML.slice(0, 60));
})).observe(document, {subtree: true, childList: true, attributes: true});"""


# A shift is noted when it was drawn: with its fonts, in the frames after a script, or later
SETTLE = """async () => {
    await document.fonts.ready;
    for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame);
    await new Promise(done => setTimeout(done, 300));
}"""
DESK, PHONE = 1440, 390


class Seen(NamedTuple):
    """What a page shows that nobody has touched, and how far its parts moved before."""

    shift: float
    height: int
    forms: int
    beside_forms: int


@pytest.fixture(scope="module")
def seen(browser, site) -> Iterator[Callable[[str, int], Seen]]:
    """Give a function that looks at a kind of page in a window of a width; only once."""
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(NOTE_SHIFTS)

    def look(kind: str, width: int) -> Seen:
        page.goto("about:blank")
        page.set_viewport_size({"width": width, "height": 900})
        page.goto((site / KINDS[kind]).as_uri())
        page.evaluate(SETTLE)
        return Seen(
            page.evaluate("window.shift"),
            page.evaluate("document.documentElement.scrollHeight"),
            page.locator(".ci-place > form").count(),
            page.locator(".ci-place > form ~ *, .ci-place > * ~ form").count(),
        )

    yield cache(look)
    context.close()


def test_a_cell_of_the_matrix_is_no_more_than_three_elements(visit):
    page = visit().open(KINDS["matrix"])
    cells = page.locator(".ci-matrix td").count()
    assert cells > 300
    assert page.locator(".ci-matrix td, .ci-matrix td *").count() <= 3 * cells
    assert page.locator("*").count() < 2500


def test_the_matrix_is_left_as_it_is_when_its_page_opens(browser, site):
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(NOTE_CHANGES)
    page.goto((site / KINDS["matrix"]).as_uri())
    page.locator(".ci-filter output", has_text="60 of 60 expectations").wait_for()
    assert page.evaluate("window.changed") == []
    page.get_by_label("Label", exact=True).fill("noble")
    assert page.evaluate("window.changed.length") > 0
    context.close()


@pytest.mark.parametrize("kind", ["matrix", "platform", "changes", "graph"])
def test_a_form_has_no_sibling_that_it_could_move(seen, kind):
    assert (seen(kind, DESK).forms, seen(kind, DESK).beside_forms) == (1, 0)


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("kind", ["front", "matrix", "platform", "platforms", "graph", "changes"])
def test_a_page_does_not_move_when_its_scripts_start(seen, kind, width):
    assert seen(kind, width).shift <= LARGEST_SHIFT


@pytest.mark.parametrize("kind", ["matrix", "platform", "platforms", "label"])
def test_a_page_of_labels_is_not_endless(seen, kind):
    assert seen(kind, DESK).height < LONGEST


def test_a_long_name_of_a_job_stays_in_its_column(visit):
    page = visit(viewport={"width": DESK, "height": 900}).open(KINDS["graphs"])
    rename = "names => names.forEach(name => { name.textContent = 'molecule_'.repeat(12); })"
    page.locator(".hlist .pre").evaluate_all(rename)
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size({"width": PHONE, "height": 900})
    narrow = page.evaluate("document.documentElement.scrollWidth")
    assert (narrow, wide) == (PHONE, DESK)


def test_what_is_particular_about_a_provider_opens_without_script(visit):
    page = visit(java_script_enabled=False).open(KINDS["platform"])
    provider = page.locator(".ci-providers tbody tr", has_text="osuosl-regionone")
    assert "Added, with about 15 AArch64 nodes." not in provider.inner_text()
    provider.locator("summary").press("Enter")
    assert "Added, with about 15 AArch64 nodes." in provider.inner_text()


def test_what_is_particular_about_a_provider_is_printed(visit):
    page = visit().open(KINDS["platform"])
    change = page.get_by_text("Added, with about 15 AArch64 nodes.")
    assert not change.is_visible()
    page.emulate_media(media="print")
    printed = change.bounding_box()
    page.emulate_media(media="screen")
    assert printed["height"] > 0


def test_the_picture_of_labels_opens_at_its_end_on_a_phone_and_keeps_names(visit):
    page = visit(viewport={"width": PHONE, "height": 844}).open(KINDS["platforms"])
    frame = page.locator(".ci-picture")
    assert frame.evaluate("each => each.scrollWidth > each.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.get_by_role("img", name="The labels of each operating system").count() == 1
    box, names = frame.bounding_box(), page.locator(".ci-names use")
    today = page.locator(".ci-lives > .ci-today").first.bounding_box()
    assert box["x"] + 131 < today["x"] < box["x"] + box["width"]
    assert names.bounding_box()["x"] == pytest.approx(box["x"], abs=2)
    frame.evaluate("each => { each.scrollLeft = -each.scrollWidth; }")
    assert names.bounding_box()["x"] == pytest.approx(box["x"], abs=2)


def test_the_header_is_one_line_in_every_width_that_shows_its_sections(visit):
    page = visit().open(KINDS["platforms"])
    header = page.locator(".bd-header")
    heights = set()
    for width in range(960, 1300, 10):
        page.set_viewport_size({"width": width, "height": 700})
        heights.add(header.bounding_box()["height"])
    assert page.locator(".bd-header").get_by_role("link", name="Decisions").is_visible()
    assert heights == {header.bounding_box()["height"]}
    assert heights.pop() < 80


@pytest.mark.parametrize("width", [650, 1200, 1400])
def test_the_picture_and_table_of_labels_show_today_in_every_column(visit, width):
    """Beside a column of contents, 1200 pixels leave as little room as a phone."""
    page = visit(viewport={"width": width, "height": 900}).open(KINDS["platforms"])
    box = page.locator(".ci-picture").bounding_box()
    today = page.locator(".ci-lives > .ci-today").first.bounding_box()
    assert box["x"] < today["x"] < box["x"] + box["width"]
    outside = """cells => cells.filter(cell => [...cell.querySelectorAll("*")].some(part =>
        part.getBoundingClientRect().right > cell.getBoundingClientRect().right)
    ).map(cell => cell.innerText)"""
    assert page.locator(".ci-going td, .ci-going th").evaluate_all(outside) == []
