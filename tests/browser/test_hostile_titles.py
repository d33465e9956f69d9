"""Titles that look like HTML are text on every page, also in the theme's navigation bar."""

from __future__ import annotations

import pytest
from marked import write_marked

TITLE = "<script>alert(2)</script><img src=x onerror=alert(3)> & &amp;"
TITLES = {
    "manual.yaml": ["What our jobs may count on"],
    "platforms/vm.yaml": ["Single-use virtual machine"],
    "expectations/memory.yaml": ["Memory\n", "Swap"],
    "graphs/deploy.yaml": ["How the servers are deployed"],
    "sessions/summit-2016.yaml": ["What a test may expect"],
}
SHOW_IT = {
    "generated/expectations/swap.html",
    "generated/graphs/deploy.html",
    "generated/platforms/vm.html",
    "generated/sessions/summit-2016.html",
    "generated/topics/memory.html",
    "listings.html",
    "quiet.html",
}
FIRST = """\
{title}
{line}

.. toctree::
   :glob:

   generated/**
   quiet
   {title} <listings>
   formula
   roles
"""
FORMULA = "</a><b>bold</b> :math:`</span><script>alert(4)</script>`"
SHOWN = """() => ({
  scripts: [...document.scripts].filter((script) => script.text.startsWith("alert")).length,
  images: document.querySelectorAll("[onerror]").length,
  bold: document.querySelectorAll("nav b").length,
})"""


def write_hostile(folder):
    """Write a manual whose every title looks like HTML, each in the theme's navigation bar."""
    write_marked(folder)
    for name, titles in TITLES.items():
        file = folder / "data" / name
        text = file.read_text("utf-8")
        for title in titles:
            assert f"title: {title}" in text
            text = text.replace(f"title: {title}", f"title: '{TITLE}'\n", 1)
        file.write_text(text, "utf-8")
    source, line = folder / "source", "=" * len(TITLE)
    (source / "index.rst").write_text(FIRST.format(title=TITLE, line=line), "utf-8")
    (source / "quiet.rst").write_text(f"{TITLE}\n{line}\n", "utf-8")
    (source / "formula.rst").write_text(f"{FORMULA}\n{'=' * len(FORMULA)}\n", "utf-8")


@pytest.fixture(scope="module")
def hostile(built):
    return built("hostile-titles", write_hostile)


@pytest.fixture
def window(browser):
    """A page, and the dialogs that it opened."""
    context = browser.new_context()
    context.set_offline(True)  # formulas ask for MathJax
    page, dialogs = context.new_page(), []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    yield page, dialogs
    context.close()


def test_no_title_becomes_an_element(hostile, window):
    page, dialogs = window
    for path in sorted(hostile.rglob("*.html")):
        page.goto(path.as_uri())
        assert page.evaluate(SHOWN) == {"scripts": 0, "images": 0, "bold": 0}, path.name
    assert dialogs == []


def test_no_title_becomes_an_element_of_search_results(hostile, window):
    page, dialogs = window
    page.goto(f"{(hostile / 'search.html').as_uri()}?q=8+GB")
    page.locator("main li b", has_text=TITLE).first.wait_for()
    assert page.evaluate(SHOWN) == {"scripts": 0, "images": 0, "bold": 0}
    assert dialogs == []


def test_the_bar_shows_titles_as_they_are_written(hostile, window):
    page, _ = window
    page.goto((hostile / "index.html").as_uri())
    shown = page.locator(".bd-header .nav-link").evaluate_all(
        "all => all.map((link) => [link.getAttribute('href'), link.textContent.trim()])"
    )
    assert {href for href, title in shown if title == TITLE} == SHOW_IT
    assert dict(shown)["generated/matrix.html"] == "Expectations and labels"
    assert dict(shown)["formula.html"].startswith("</a><b>bold</b> ")
