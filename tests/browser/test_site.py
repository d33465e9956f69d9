"""What a reader sees: a first answer on the first screen, and pages that need nobody else."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

pytestmark = pytest.mark.xdist_group("browser")
ROOT = Path(__file__).parents[2]
# one page of each kind, those with the widest tables; all hand-written pages
GENERATED = {
    "actions": "actions",
    "changes": "changes",
    "expectation": "expectations/memory-8gb",
    "expectations": "expectations/index",
    "graph": "graphs/opendev-deploy",
    "graphs": "graphs/index",
    "job": "jobs/opendev-deploy/infra-prod-service-gitea",
    "matrix": "matrix",
    "platform": "platforms/single-use-vm",
    "platforms": "platforms/index",
    "session": "sessions/ocata-summit-2016",
    "sessions": "sessions/index",
    "topic": "topics/images",
}
WRITTEN = sorted(
    path.relative_to(ROOT / "source").with_suffix("").as_posix()
    for path in (ROOT / "source").rglob("*.rst")
    if "generated" not in path.parts
)
PAGES = [*(f"generated/{name}" for name in GENERATED.values()), *WRITTEN, "search", "genindex"]


def test_every_kind_of_page_is_looked_at():
    from groundrules.pages.plan import plan
    from groundrules.records import load

    catalogue = load(ROOT).catalogue
    assert catalogue is not None
    assert {page.template for page in plan(catalogue)} == set(GENERATED)


@dataclass
class Look:
    """What one page did when it was opened, in light and in dark, on a wide and a narrow screen."""

    complaints: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    titles: int = 0
    narrow: tuple[int, int] = (0, 0)
    too_wide: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def page(browser):
    """A page of 1280 × 800, in light."""
    context = browser.new_context(viewport=WIDE, color_scheme="light")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def look(page, site) -> Callable[[str], Look]:
    """Look at a page of the manual, once."""
    seen = Look()
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.on(
        "console",
        lambda said: seen.complaints.append(said.text) if said.type == "error" else None,
    )
    page.on("requestfailed", lambda asked: seen.complaints.append(asked.url))
    page.on("request", lambda asked: seen.fetched.append(asked.url))

    @cache
    def open_page(name: str) -> Look:
        seen.complaints, seen.fetched = [], []
        page.goto((site / f"{name}.html").as_uri())
        made = Look(titles=page.locator("h1").count())
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            with suppress(
                playwright.TimeoutError
            ):  # the theme follows when the page is drawn again
                page.wait_for_function(THEME_IS, arg=scheme, timeout=5000)
            made.themes.append(page.evaluate("document.documentElement.dataset.theme"))
        page.set_viewport_size({"width": 320, "height": 640})
        made.narrow, made.too_wide = page.evaluate(NARROW)
        page.set_viewport_size(WIDE)
        page.emulate_media(color_scheme="light")
        made.complaints, made.fetched = seen.complaints, seen.fetched
        return made

    return open_page


THEME_IS = "scheme => document.documentElement.dataset.theme === scheme"
WIDE = {"width": 1280, "height": 800}
NARROW = """() => [
    [document.documentElement.scrollWidth, document.documentElement.clientWidth],
    [...document.querySelectorAll("main *")]
        .filter(each => each.getBoundingClientRect().right > innerWidth + 1)
        .map(each => `${each.tagName}.${each.className} ${each.innerText ?? ""}`.slice(0, 80))
        .slice(0, 5),
]"""


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_without_complaint(look, name):
    assert look(name).complaints == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_needs_no_other_host(look, name):
    others = [url for url in look(name).fetched if not url.startswith(("file:", "data:"))]
    assert (others, len(look(name).fetched) > 1) == ([], True)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_light_or_dark_as_its_reader_wants(look, name):
    assert look(name).themes == ["light", "dark"]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_one_title(look, name):
    assert look(name).titles == 1


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_a_narrow_screen(look, name):
    wanted, there = look(name).narrow
    assert wanted <= there, look(name).too_wide


FIRST = (
    "A public IP address",
    "At least 8 GB of memory",
    "At least 80 GB of disk",
    "IPv6",
    "Swap",
    "Nested virtualization",
)


def test_the_first_screen_says_what_a_job_can_and_cannot_count_on(page, site):
    page.goto((site / "index.html").as_uri())
    shown = page.evaluate(
        """[...document.querySelectorAll(".ci-glance th, .ci-glance a")]
           .filter(each => {
             const box = each.getBoundingClientRect();
             return box.height > 0 && box.bottom <= innerHeight && box.right <= innerWidth;
           })
           .map(each => each.innerText.trim())"""
    )
    assert {"A job can count on", "A job can not count on", *FIRST} <= set(shown)
    assert len(shown) > 30


def test_a_diagram_leads_to_its_jobs(page, site):
    page.goto((site / "generated/graphs/opendev-deploy.html").as_uri())
    job = "infra-prod-service-gitea"
    page.locator(".ci-graph a").filter(has=page.get_by_text(job, exact=True)).click()
    page.wait_for_function("name => document.title.startsWith(name)", arg=job, timeout=5000)
    assert page.url == (site / f"generated/jobs/opendev-deploy/{job}.html").as_uri() + f"#{job}"


def test_a_diagram_can_be_reached_and_scrolled_by_keyboard(page, site):
    page.goto((site / "generated/graphs/opendev-deploy.html").as_uri())
    assert page.locator(".ci-diagram").get_attribute("tabindex") == "0"
    page.locator(".ci-diagram").focus()
    assert page.evaluate("document.activeElement.className") == "ci-diagram"
