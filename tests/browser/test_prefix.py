"""The site below a path prefix of a web server: nothing is missing, nothing is asked elsewhere."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from visiting import KINDS

PREFIX = "/some/prefix/"


class Handler(SimpleHTTPRequestHandler):
    """Serves the site below the prefix, and nothing beside it."""

    def send_head(self):
        """Take the prefix away; what does not begin with it is not there."""
        if not self.path.startswith(PREFIX):
            self.send_error(404)
            return None
        self.path = self.path.removeprefix(PREFIX[:-1])
        return super().send_head()

    def log_message(self, *_) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address(site) -> Iterator[str]:
    """Where the site is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=site))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}{PREFIX}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(browser, address):
    """A page that must be answered, in full, by the site alone."""
    context = browser.new_context()
    page, wrong = context.new_page(), []
    page.on("console", lambda said: wrong.append(said.text) if _is_error(said) else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", lambda request: wrong.append(request.url))
    page.on("response", lambda each: wrong.append(each.url) if each.status >= 400 else None)
    page.on(
        "request",
        lambda each: None if each.url.startswith((address, "data:")) else wrong.append(each.url),
    )
    yield page
    page.wait_for_load_state("networkidle")
    context.close()
    assert wrong == []


def _is_error(said) -> bool:
    """Return whether a message is one, and not of the icon that Chromium asks of any host."""
    return said.type == "error" and not said.location["url"].endswith("/favicon.ico")


def test_the_front_page_leads_on(page, address):
    page.goto(address)
    page.get_by_label("Find a label").fill("swap")
    page.locator("article .ci-hits a", has_text="Swap").first.click()
    page.wait_for_url(f"{address}generated/expectations/swap.html*")
    page.get_by_label("Breadcrumb").get_by_role("link", name="Memory").click()
    page.wait_for_url(f"{address}generated/topics/memory.html")
    page.get_by_label("Breadcrumb").get_by_role("link", name="Home").click()
    page.wait_for_url(f"{address}index.html")


def test_the_matrix_is_reached_from_a_label(page, address):
    page.goto(address + KINDS["label"])
    page.get_by_role("link", name="All expectations for this label").first.click()
    page.wait_for_url(f"{address}{KINDS['matrix']}#label=*")
    assert page.locator(".ci-matrix thead th:visible").count() == 2
    page.goto(address + KINDS["matrix"])
    page.locator(".ci-differing thead a", has_text="ubuntu-jammy-32GB").click()
    page.wait_for_url(f"{address}{KINDS['label']}#*")


def test_the_graph_leads_to_its_jobs(page, address):
    page.goto(address + KINDS["graph"])
    page.get_by_label("Find a job").fill("accessbot")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}generated/jobs/opendev-deploy/infra-prod-run-accessbot.html#*")


def test_the_search_finds_and_cites(page, address):
    page.goto(f"{address}search.html?q=overcommitment")
    hit = page.locator(".ci-hits li").first
    hit.wait_for()
    assert hit.locator("p").inner_text().endswith(".")
    hit.locator("a").click()
    page.wait_for_url(f"{address}donate-resources.html*")
