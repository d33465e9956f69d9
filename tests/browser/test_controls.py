"""The finder, the matrix and the graph: by keyboard, by address, both ways."""

from __future__ import annotations

import pytest
from visiting import KINDS


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("noble-32", "label", "ubuntu-noble-32GB"),
        ("letsenc", "job", "infra-prod-letsencrypt"),
        ("mtu", "expectation", "An MTU of 1500"),
        ("darmst", "session", "Darmstadt"),
        ("why your", "page", "Why your job waits"),
    ],
)
def test_a_part_of_a_name_finds_the_record_and_says_its_kind(visit, text, kind, name):
    page = visit().open("index.html")
    page.get_by_label("Find a label").fill(text)
    hit = page.locator("article .ci-hits a", has_text=name).first
    hit.wait_for()
    assert hit.locator(".ci-kind").inner_text() == kind


def test_the_finder_by_keyboard(visit):
    page = visit().open("queue-times.html")
    page.keyboard.press("Control+k")
    page.keyboard.type("swap")
    page.locator("dialog .ci-hits a").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/expectations/swap.html*")


def test_the_search_page_shows_records_above_the_text(visit):
    # from a file the text search itself complains: it may not fetch the pages for summaries
    page = visit(checked=False).open("search.html")
    page.goto(page.url + "?q=gitea-lb")
    hit = page.locator(".bd-search-container .ci-hits a").first
    hit.wait_for()
    assert "infra-prod-service-gitea-lb" in hit.inner_text()


def test_the_matrix_by_keyboard_and_its_address(visit):
    window = visit()
    page = window.open(KINDS["matrix"])
    page.get_by_label("Promise").focus()
    page.keyboard.type("ipv")
    page.keyboard.press("Tab")
    page.keyboard.type("noble")
    rows = page.locator(".ci-matrix tbody tr:visible").count()
    assert 0 < rows < 8
    assert "promise=ipv" in page.url
    assert "label=noble" in page.url
    other = visit()
    again = other.open(f"{KINDS['matrix']}#promise=ipv&label=noble")
    assert again.locator(".ci-matrix tbody tr:visible").count() == rows
    assert again.get_by_label("Label").input_value() == "noble"
    again.get_by_role("button", name="Show all").click()
    again.wait_for_function("!location.hash.includes('=')")
    assert again.locator(".ci-matrix tbody tr:visible").count() > 40


def test_headers_of_the_matrix_stay(visit):
    page = visit(viewport={"width": 1000, "height": 700}).open(KINDS["matrix"])
    frame = page.locator("div:has(> .ci-matrix)")
    before = page.locator(".ci-matrix thead").bounding_box()
    frame.evaluate("each => each.scrollTo(900, 900)")
    assert page.locator(".ci-matrix thead").bounding_box()["y"] == pytest.approx(before["y"], abs=1)
    side = page.locator(".ci-matrix tbody tr:nth-child(20) > :first-child").bounding_box()
    assert side["x"] == pytest.approx(frame.bounding_box()["x"], abs=2)


def test_the_graph_by_keyboard(visit):
    page = visit().open(KINDS["graph"])
    page.get_by_role("button", name="Whole picture").focus()
    page.keyboard.press("Tab")  # the frame, which scrolls
    page.keyboard.press("Tab")  # the first job
    focused = "document.activeElement.textContent.trim()"
    first = page.evaluate(focused)
    page.keyboard.press("ArrowRight")
    assert page.evaluate(focused) != first
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(focused) == first
    assert page.locator(".ci-lit").count() == 1
    page.keyboard.press("Escape")
    assert page.locator(".ci-lit").count() == 0
    page.keyboard.press("Enter")
    page.wait_for_url("**/jobs/opendev-deploy/*")


def test_a_row_and_its_arrow_lead_to_each_other(visit):
    page = visit().open(KINDS["graph"])
    page.locator("tr", has=page.locator("#wait-opendev-deploy-2")).hover()
    assert "ci-marked" in page.locator("#arrow-opendev-deploy-2").get_attribute("class")
    page.locator("#wait-opendev-deploy-2").click()
    assert page.url.endswith("#arrow-opendev-deploy-2")
    page.locator("#arrow-opendev-deploy-3").dispatch_event("click")
    assert page.url.endswith("#wait-opendev-deploy-3")


def test_zoom(visit):
    page = visit().open(KINDS["graph"])
    width = "document.querySelector('.ci-graph').getBoundingClientRect().width"
    before = page.evaluate(width)
    page.get_by_role("button", name="Larger").click()
    assert page.evaluate(width) == pytest.approx(before * 1.25, rel=0.01)
    page.get_by_role("button", name="Whole picture").click()
    assert page.evaluate(width) <= page.locator(".ci-diagram").bounding_box()["width"] + 1
