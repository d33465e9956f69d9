"""A preview in the browser: the page follows the data, where the reader is."""

from __future__ import annotations

import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from marked import SMALL
from previewing import Preview, previewed

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the program needs POSIX")
MEMORY = "data/expectations/memory.yaml"
PAGE = "generated/expectations/memory-8gb.html"
PANEL = "#groundrules-preview"


def copied(folder: Path) -> Path:
    shutil.copytree(SMALL, folder, ignore=shutil.ignore_patterns("generated", "build"))
    return folder


@pytest.fixture(scope="module")
def preview(tmp_path_factory) -> Iterator[Preview]:
    with previewed(copied(tmp_path_factory.mktemp("preview") / "manual")) as started:
        yield started


@pytest.fixture
def page(browser, preview):
    """The page of a record in a small window, so that it can be scrolled."""
    context = browser.new_context(viewport={"width": 500, "height": 200})
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.goto(preview.address + PAGE)
    yield page
    context.close()


# First, as what a save leaves for later may load a page again
def test_a_mistake_is_shown_on_the_page_that_stays_and_goes_when_it_is_mended(preview, page):
    page.evaluate("window.isOld = true")
    preview.replace(MEMORY, "standing: guaranteed", "standing: guarantied")
    page.locator(PANEL).wait_for()
    text = page.locator(PANEL).inner_text()
    assert "The last change was not built. This page is the last good one." in text
    assert f"{MEMORY}:9:15: ERROR: 'guarantied' is not allowed here; did you mean" in text
    assert page.get_by_text("Every node has at least 8 GB of memory.").first.is_visible()
    preview.replace(MEMORY, "standing: guarantied", "standing: guaranteed")
    page.locator(PANEL).wait_for(state="detached")
    assert page.evaluate("window.isOld"), "the page was not loaded again"


def test_a_saved_record_is_shown_where_the_reader_is(preview, page):
    page.evaluate("scrollTo(0, 300)")
    page.evaluate("window.isOld = true")
    before = page.evaluate("scrollY")
    assert before > 100
    preview.replace(MEMORY, "the test needed it.", "the test needed all of it.")
    page.get_by_text("the test needed all of it.").wait_for()
    page.wait_for_function(f"Math.abs(scrollY - {before}) < 2")
    assert page.evaluate("window.isOld") is None


def test_the_page_of_a_new_record_is_shown_in_place_of_the_page_not_found(preview, page):
    assert page.goto(f"{preview.address}generated/platforms/pod.html").status == 404
    (preview.root / "data/platforms/pod.yaml").write_text(
        "{id: pod, title: Pod, summary: One.}\n", "utf-8"
    )
    page.locator("h1", has_text="Pod").wait_for()


def test_two_previews_have_two_addresses_and_ctrl_c_stops_each(preview, tiny_manual):
    with previewed(tiny_manual) as other:
        assert other.address != preview.address
        other.process.send_signal(signal.SIGINT)
        assert other.process.stderr
        assert other.process.stderr.read() == "The preview has stopped\n"
        assert other.process.wait(30) == 130


def test_a_killed_preview_leaves_no_process_and_the_next_one_works(tiny_manual):
    with previewed(tiny_manual) as killed:
        killed.process.kill()
        assert killed.process.stderr
        killed.process.stderr.read()  # which ends with the last of its processes
    with previewed(tiny_manual) as following:
        assert following.process.poll() is None
