"""A graph of 300 jobs stays usable: search, highlights, explanation, zoom and keyboard."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from large import JOBS, graph, name, write_large
from visiting import Visit


@pytest.fixture(scope="module")
def address(marked) -> str:
    """The page of the large graph, below the site."""
    page = write_large(marked / "generated/graphs/deploy.html")
    return page.relative_to(marked).as_posix()


@pytest.fixture
def page(visit, marked, address):
    return visit(marked, viewport={"width": 1280, "height": 800}).open(address)


@pytest.fixture(scope="module")
def opened(browser, marked, address):
    """The page, opened once for what is only typed into its field."""
    window = Visit(browser, viewport={"width": 1280, "height": 800})
    window.site = marked
    yield window.open(address)
    noted = [*window.complaints, *window.strangers]
    window.context.close()
    assert noted == []


@pytest.fixture
def field(opened):
    """The field for a job, in which nothing is typed."""
    found = opened.get_by_label("Find a job")
    found.fill("")
    assert opened.inner_text(".ci-explanation") == ""
    return found


def shown(page, selector: str) -> list[str]:
    return [each.strip() for each in page.locator(selector).all_text_contents()]


def test_every_job_and_dependency_is_drawn(opened):
    assert opened.locator(".ci-node").count() == JOBS
    assert opened.locator(".ci-arrow").count() == len(graph().effective) > 500


def test_a_job_is_found_by_name_and_brought_into_sight(opened, field):
    page = opened
    field.fill("job-298")
    job = page.locator(".ci-node", has_text="job-298").bounding_box()
    frame = page.locator(".ci-diagram").bounding_box()
    assert frame["x"] <= job["x"] < frame["x"] + frame["width"]
    assert frame["y"] <= job["y"] < frame["y"] + frame["height"]
    assert shown(page, ".ci-match") == ["job-298"]


def test_dependencies_are_highlighted_and_described_in_the_visible_part(opened, field):
    page = opened
    field.fill("job-099")
    before, after = graph().ancestors("job-099"), graph().descendants("job-099")
    assert sorted(shown(page, ".ci-before")) == sorted(before)
    assert sorted(shown(page, ".ci-after")) == sorted(after)
    output = page.locator(".ci-explanation")
    assert f"job-099 waits for {len(before)} (" in output.inner_text()
    assert f"; {len(after)} wait for it (" in output.inner_text()
    beside = JOBS - len(before) - len(after) - 1
    assert f"; not known for {beside}." in output.inner_text()
    box = output.bounding_box()
    assert box["y"] + box["height"] <= page.viewport_size["height"] + 1


def test_the_relation_of_two_jobs_is_described(opened, field):
    page, output = opened, opened.locator(".ci-explanation")
    field.fill("job-298, job-299")
    assert output.inner_text() == (
        "Nothing written here makes job-298 or job-299 wait for the other. To be known before they "
        "run side by side: what do they touch, and does one have to wait?"
    )
    field.fill("job-004, job-298")
    first, way = re.fullmatch(
        r"(\S+) waits for job-004 through (.+)\.", output.inner_text()
    ).groups()
    steps = [first, *way.split(", "), "job-004"]
    assert (first, len(steps)) == ("job-298", 4)  # no way is shorter
    edges = {(edge.job, edge.dependency) for edge in graph().effective}
    assert set(pairwise(steps)) <= edges
    assert sorted(shown(page, ".ci-match")) == ["job-004", "job-298"]


def test_reasons_that_are_asked_for_do_not_lie_over_the_picture(page):
    page.get_by_label("Find a job").fill("job-099")
    page.locator(".ci-explanation summary").click()
    assert page.locator(".ci-explanation li").count() > 3
    frame, output = (
        page.locator(each).bounding_box() for each in (".ci-diagram", ".ci-explanation")
    )
    assert output["y"] >= frame["y"] + frame["height"]


def test_the_whole_picture_fits_its_frame(page):
    page.get_by_role("button", name="Whole picture").click()
    frame = page.locator(".ci-diagram")
    assert frame.evaluate("each => each.scrollHeight - each.clientHeight") <= 1
    assert frame.evaluate("each => each.scrollWidth - each.clientWidth") <= 1


def test_the_keyboard_goes_from_a_found_job_along_its_arrows(page):
    field = page.get_by_label("Find a job")
    field.fill("job-010")
    field.press("Enter")
    focused = "document.activeElement.textContent.trim()"
    assert page.evaluate(focused) == "job-010"
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(focused) in {name(number) for number in (10 // 3, 10 // 7)}


def test_the_keyboard_brings_the_job_it_goes_to_into_sight(page):
    field = page.get_by_label("Find a job")
    field.fill("job-299")
    field.press("Enter")
    page.keyboard.press("ArrowLeft")
    seen = page.evaluate("document.activeElement.textContent.trim()")
    assert seen in {name(number) for number in (299 // 3, 299 // 7)}
    assert in_sight(page, f".ci-node:has-text('{seen}')")


def test_a_row_brings_its_arrow_into_sight(page):
    page.get_by_role("button", name="Larger").click()
    for number in (len(graph().effective), 1):
        page.locator(f"#wait-large-{number}").click()
        assert in_sight(page, f"#arrow-large-{number} polygon")


def in_sight(page, selector: str) -> bool:
    """Return whether a part of the picture is inside its frame and the window."""
    part, frame = (page.locator(each).bounding_box() for each in (selector, ".ci-diagram"))
    window = {"x": 0, "y": 0, **page.viewport_size}
    return all(
        box["x"] - 1 <= part["x"]
        and part["x"] + part["width"] <= box["x"] + box["width"] + 1
        and box["y"] - 1 <= part["y"]
        and part["y"] + part["height"] <= box["y"] + box["height"] + 1
        for box in (frame, window)
    )


def test_its_last_row_and_arrow_lead_to_each_other(page):
    last = len(graph().effective)
    page.locator(f"#wait-large-{last}").click()
    assert page.url.endswith(f"#arrow-large-{last}")
    page.locator(f"#arrow-large-{last}").dispatch_event("click")
    assert page.url.endswith(f"#wait-large-{last}")
