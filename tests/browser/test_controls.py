"""The finder, the matrix and the graph: by keyboard, by address, both ways."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from visiting import KINDS, Visit

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture(scope="module")
def front(browser, site) -> Iterator[Callable[[str], Page]]:
    """Give a function that types into the field of the front page, which stays open meanwhile."""
    window = Visit(browser)
    window.site = site
    page = window.open("index.html")

    def typed(text: str) -> Page:
        page.get_by_label("Find a label").fill("")
        page.wait_for_function("!document.querySelector('article .ci-status').textContent")
        assert page.locator("article .ci-hits a").count() == 0
        page.get_by_label("Find a label").fill(text)
        page.locator("article .ci-hits a").first.wait_for()
        return page

    yield typed
    noted = [*window.complaints, *window.strangers]
    window.context.close()
    assert noted == []


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("noble-32", "label", "ubuntu-noble-32GB"),
        ("accessb", "job", "infra-prod-run-accessbot"),
        ("mtu", "expectation", "An MTU of 1500"),
        ("darmst", "session", "Darmstadt"),
        ("why your", "page", "Why your job waits"),
    ],
)
def test_a_part_of_a_name_finds_the_record_and_says_its_kind(front, text, kind, name):
    page = front(text)
    hit = page.locator("article .ci-hits a", has_text=name).first
    hit.wait_for()
    assert hit.locator(".ci-kind").inner_text() == kind


def test_the_box_shows_the_best_hits_and_how_many_there_are(front):
    page = front("noble")
    hits = page.locator("article .ci-hits a")
    kinds = hits.locator(".ci-kind").all_inner_texts()
    assert (kinds[0], len(kinds)) == ("label", 8)
    status = page.locator("article .ci-status").inner_text()
    assert re.fullmatch(r"The first 8 of \d\d hits\. Enter shows more", status)


def test_words_that_nothing_has_lead_to_the_topics(front):
    page = front("xyzzy")
    status = page.locator("article .ci-status")
    status.get_by_text("Nothing found for “xyzzy”. Where to ask, and the topics:").wait_for()
    assert page.locator("article .ci-hits .ci-kind").all_inner_texts()[:2] == ["page", "topic"]
    page.get_by_label("Find a label").fill("")
    page.wait_for_function("!document.querySelector('article .ci-status').textContent")
    assert page.locator("article .ci-hits a").count() == 0


def test_what_the_search_needs_is_loaded_when_somebody_searches(visit):
    window = visit()
    page = window.open("index.html")
    assert not any("searchentries" in address for address in window.asked)
    page.get_by_label("Find a label").fill("swap")
    page.locator("article .ci-hits a").first.wait_for()
    assert [address for address in window.asked if "searchentries" in address] != []


def test_without_script_there_is_no_field_to_search_in(visit):
    window = visit(java_script_enabled=False)
    for name in ("index.html", "search.html"):
        page = window.open(name)
        assert page.locator("input[name=q]:visible").count() == 0


def test_the_finder_by_keyboard(visit):
    page = visit().open("queue-times.html")
    page.keyboard.press("Control+k")
    page.keyboard.type("swap")
    page.locator("dialog .ci-hits a").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/expectations/swap.html*")


def test_the_matrix_by_keyboard_and_its_address(visit):
    window = visit()
    page = window.open(KINDS["matrix"])
    page.get_by_label("Expectation").focus()
    page.keyboard.type("ipv")
    page.keyboard.press("Tab")
    page.keyboard.type("noble")
    rows = page.locator(".ci-matrix tbody tr:visible").count()
    assert 0 < rows < 8
    assert "expectation=ipv" in page.url
    assert "label=noble" in page.url
    other = visit()
    again = other.open(f"{KINDS['matrix']}#expectation=ipv&label=noble")
    assert again.locator(".ci-matrix tbody tr:visible").count() == rows
    assert again.get_by_label("Label", exact=True).input_value() == "noble"
    again.get_by_role("button", name="Show all").click()
    again.wait_for_function("!location.hash.includes('=')")
    assert again.locator(".ci-matrix tbody tr:visible").count() > 40


CELLS = """rows => rows.map(row => [...row.cells].filter(each => !each.hidden)
    .map(each => each.innerText.trim()))"""
ABOVE, BELOW = ".ci-differing tbody tr:visible", ".ci-same tbody tr:visible"


def test_labels_are_compared_by_keyboard_and_address(visit):
    page = visit().open(KINDS["matrix"])
    page.get_by_label("Label", exact=True).focus()
    page.keyboard.type("ubuntu-noble-8GB, ubuntu-jammy")
    shown = page.locator(ABOVE).evaluate_all(CELLS)
    assert 0 < len(shown) < 7
    assert all(one != other for _, one, other in shown)
    assert page.url.endswith("#label=ubuntu-noble-8GB%2C+ubuntu-jammy")
    assert (
        page.inner_text(".ci-filter output")
        == f"{len(shown)} of 60 expectations differ, 2 of 53 labels"
    )
    assert len(shown) + page.locator(BELOW).count() == 60
    # as links from elsewhere wrote it
    other = f"{KINDS['matrix']}#label=ubuntu-noble-8GB,ubuntu-jammy&rows=that+differ"
    again = visit().open(other)
    assert again.locator(ABOVE).evaluate_all(CELLS) == shown
    again.get_by_role("button", name="Show all").click()
    again.wait_for_function("!location.hash.includes('=')")
    assert again.locator(ABOVE).count() + again.locator(BELOW).count() == 60


def test_a_label_is_added_from_the_list(visit):
    page = visit().open(f"{KINDS['matrix']}#label=ubuntu-noble-8GB")
    page.get_by_label("Add a label").select_option("debian-trixie-8GB")
    assert (
        page.get_by_label("Label", exact=True).input_value()
        == "ubuntu-noble-8GB, debian-trixie-8GB"
    )
    heads = page.locator(".ci-differing thead th:visible").all_inner_texts()
    assert heads == ["Expectation", "debian-trixie-8GB", "ubuntu-noble-8GB"]


def test_labels_with_the_same_answers_do_not_differ(visit):
    page = visit().open(f"{KINDS['matrix']}#label=centos-10-stream-8GB,rockylinux-10-8GB")
    assert page.inner_text(".ci-filter output") == "0 of 60 expectations differ, 2 of 53 labels"
    assert (page.locator(ABOVE).count(), page.locator(BELOW).count()) == (0, 60)


def test_an_unknown_label_is_not_compared(visit):
    page = visit().open(f"{KINDS['matrix']}#label=ubuntu-jammy,+xyzzy&rows=that+differ")
    assert (page.locator(ABOVE).count(), page.locator(BELOW).count()) == (0, 60)


def test_an_address_that_asks_for_what_no_field_offers_asks_for_nothing(visit):
    strange = "standing=%3Cb%3E&rows=often&platform=%3Cscript%3Ealert(1)%3C/script%3E&x=y"
    page = visit().open(f"{KINDS['matrix']}#{strange}")
    assert page.locator(ABOVE).count() + page.locator(BELOW).count() == 60
    chosen = "all => all.map(each => each.options[each.selectedIndex]?.text)"
    assert page.locator(".ci-filter select").evaluate_all(chosen) == ["choose", "any"]


def test_a_single_label_is_not_taken_for_those_whose_name_begins_so(visit):
    page = visit().open(f"{KINDS['matrix']}#label=ubuntu-jammy")
    heads = page.locator(".ci-matrix thead th:visible").all_inner_texts()
    assert heads == ["Expectation", "ubuntu-jammy"]
    assert page.locator(BELOW).count() == 60


def test_labels_are_filtered_sorted_and_copied(visit):
    page = visit(permissions=["clipboard-read", "clipboard-write"]).open(KINDS["platform"])
    rows = page.locator(".ci-labels tbody tr:visible")
    page.get_by_label("Text").fill("noble")
    page.get_by_label("Memory").select_option("8 GB")
    assert page.url.endswith("#text=noble&memory=8+GB")
    assert all("noble" in name for name in rows.locator("td:first-child").all_inner_texts())
    assert {*rows.locator("td:nth-child(4)").all_inner_texts()} == {"8 GB"}
    page.get_by_role("button", name="Show all").click()
    page.wait_for_function("!location.hash.includes('=')")
    page.get_by_role("button", name="Memory").click()
    sizes = [each for each in rows.locator("td:nth-child(4)").all_inner_texts() if each != "–"]
    assert sizes == sorted(sizes, key=lambda size: int(size.split()[0]))
    assert page.locator("th[aria-sort=ascending]").inner_text().strip() == "Memory"
    page.get_by_role("button", name="Copy a nodeset with debian-trixie-8GB").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.split()[-2:] == ["label:", "debian-trixie-8GB"]


def test_an_old_address_of_a_label_leads_to_its_row_and_from_there_to_its_page(visit):
    page = visit().open(f"{KINDS['platform']}#ubuntu-jammy-32GB")
    page.locator("tr:has(:target) td:first-child a").click()
    page.wait_for_url("**/labels/ubuntu-jammy-32GB.html*")
    page.get_by_role("link", name="ubuntu-jammy", exact=True).click()
    page.wait_for_url("**/matrix.html#label=ubuntu-jammy-32GB*")
    assert page.locator(ABOVE).count() > 0


def test_changes_by_keyboard_and_their_address(visit):
    page = visit().open(KINDS["changes"])
    rows = page.locator(".ci-changes tbody tr:visible")
    every = rows.count()
    page.get_by_label("Text").focus()
    page.keyboard.type("zuul-launcher")
    page.keyboard.press("Tab")
    page.keyboard.type("Single-use")
    page.keyboard.press("Tab")
    page.keyboard.type("2025-07")
    shown = rows.all_inner_texts()
    assert 0 < len(shown) < every
    assert all(
        "zuul-launcher" in each and "Single-use" in each and each >= "2025-07" for each in shown
    )
    assert page.locator(".ci-filter output").inner_text() == f"{len(shown)} of {every} changes"
    assert page.url.endswith("#text=zuul-launcher&topic=Single-use+virtual+machine&since=2025-07")
    page.get_by_label("Text").fill("xyzzy")
    assert (rows.count(), page.inner_text(".ci-filter output")) == (0, "Nothing matches")
    again = visit().open(
        f"{KINDS['changes']}#text=zuul-launcher&topic=Single-use+virtual+machine&since=2025-07"
    )
    assert again.locator(".ci-changes tbody tr:visible").all_inner_texts() == shown
    again.get_by_role("button", name="Show all").click()
    again.wait_for_function("!location.hash.includes('=')")
    assert again.locator(".ci-changes tbody tr:visible").count() == every


def test_headers_of_the_matrix_stay(visit):
    page = visit(viewport={"width": 1000, "height": 700}).open(KINDS["matrix"])
    frame = page.locator("div:has(> .ci-differing)")
    frame.evaluate("each => each.scrollTo(900, 0)")
    side = page.locator(".ci-differing tbody tr:nth-child(3) > :first-child").bounding_box()
    assert side["x"] == pytest.approx(frame.bounding_box()["x"], abs=2)
    frame = page.locator("div:has(> .ci-same)")
    before = page.locator(".ci-same thead").bounding_box()["y"]
    frame.evaluate("each => each.scrollTo(0, 900)")
    top = frame.bounding_box()["y"]
    assert top <= page.locator(".ci-same thead").bounding_box()["y"] <= before
    assert page.locator(".ci-same tbody tr").first.bounding_box()["y"] < top


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


def test_up_and_down_go_through_the_columns_of_the_graph(visit):
    page = visit().open(KINDS["graph"])
    field = page.get_by_label("Find a job")
    field.fill("accessbot")
    field.press("Enter")
    page.keyboard.press("ArrowDown")
    lower = "document.activeElement.textContent.trim()"
    assert page.evaluate(lower) == "infra-prod-service-eavesdrop"
    page.keyboard.press("ArrowUp")
    assert page.evaluate(lower) == "infra-prod-run-accessbot"


def test_the_mouse_drags_the_picture_by_its_ground(visit):
    page = visit(viewport={"width": 800, "height": 700}).open(KINDS["graph"])
    for _ in range(4):
        page.get_by_role("button", name="Larger").click()
    frame = page.locator(".ci-diagram")
    before = frame.evaluate("each => each.scrollLeft")
    box = frame.bounding_box()
    # a row in which neither a job nor an arrow is on the way
    ground = page.evaluate(
        """([left, top]) => [...Array(300).keys()].map((at) => top + at).find((y) =>
            [200, 220, 240, 260, 280, 300].every(
                (x) => !document.elementFromPoint(left + x, y).closest("a")))""",
        [box["x"], box["y"] + 4],
    )
    page.mouse.move(box["x"] + 300, ground)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, ground, steps=5)
    page.mouse.up()
    assert frame.evaluate("each => each.scrollLeft") == pytest.approx(before + 100, abs=2)


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
