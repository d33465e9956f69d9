"""What makes a page slow or lets it move: too many elements, and scripts that change what is drawn.

Seconds depend on the machine, so that they are not tested.
"""

from __future__ import annotations

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


@pytest.fixture
def new_page(browser, site):
    """Give a function that opens a page in a window of its own, after a script."""
    contexts = []

    def start(kind: str, script: str = "", **settings):
        contexts.append(browser.new_context(**settings))
        page = contexts[-1].new_page()
        page.add_init_script(script)
        page.goto((site / KINDS[kind]).as_uri())
        return page

    yield start
    for each in contexts:
        each.close()


def test_a_cell_of_the_matrix_is_no_more_than_three_elements(new_page):
    page = new_page("matrix")
    cells = page.locator(".ci-matrix td").count()
    assert cells > 300
    assert page.locator(".ci-matrix td, .ci-matrix td *").count() <= 3 * cells
    assert page.locator("*").count() < 2500


def test_the_matrix_is_left_as_it_is_when_its_page_opens(new_page):
    page = new_page("matrix", NOTE_CHANGES)
    page.locator(".ci-filter output", has_text="60 of 60 expectations").wait_for()
    assert page.evaluate("window.changed") == []
    page.get_by_label("Label", exact=True).fill("noble")
    assert page.evaluate("window.changed.length") > 0


@pytest.mark.parametrize("kind", ["matrix", "platform", "changes", "graph"])
def test_a_form_has_no_sibling_that_it_could_move(new_page, kind):
    page = new_page(kind)
    assert page.locator(".ci-place > form").count() == 1
    assert page.locator(".ci-place > form ~ *, .ci-place > * ~ form").count() == 0


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("kind", ["front", "matrix", "platform", "platforms", "graph", "changes"])
def test_a_page_does_not_move_when_its_scripts_start(new_page, kind, width):
    page = new_page(kind, NOTE_SHIFTS, viewport={"width": width, "height": 900})
    page.wait_for_timeout(300)  # a shift is noted when it was drawn
    assert page.evaluate("window.shift") <= LARGEST_SHIFT


@pytest.mark.parametrize("width", [390, 1440])
def test_a_long_name_of_a_job_stays_in_its_column(new_page, width):
    page = new_page("graphs", viewport={"width": width, "height": 900})
    rename = "names => names.forEach(name => { name.textContent = 'molecule_'.repeat(12); })"
    page.locator(".hlist .pre").evaluate_all(rename)
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("kind", ["matrix", "platform", "platforms", "label"])
def test_a_page_of_labels_is_not_endless(new_page, kind):
    page = new_page(kind, viewport={"width": 1440, "height": 900})
    assert page.evaluate("document.documentElement.scrollHeight") < LONGEST


def test_what_is_particular_about_a_provider_opens_without_script(new_page):
    page = new_page("platform", java_script_enabled=False)
    provider = page.locator(".ci-providers tbody tr", has_text="osuosl-regionone")
    assert "Added, with about 15 AArch64 nodes." not in provider.inner_text()
    provider.locator("summary").press("Enter")
    assert "Added, with about 15 AArch64 nodes." in provider.inner_text()


def test_what_is_particular_about_a_provider_is_printed(new_page):
    page = new_page("platform")
    change = page.get_by_text("Added, with about 15 AArch64 nodes.")
    assert not change.is_visible()
    page.emulate_media(media="print")
    assert change.bounding_box()["height"] > 0


def test_the_picture_of_labels_opens_at_its_end_on_a_phone_and_keeps_names(new_page):
    page = new_page("platforms", viewport={"width": 390, "height": 844})
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
