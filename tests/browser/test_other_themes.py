"""Under other themes, tables and pictures stay inside the page, and texts can be read."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from marked import write_marked
from sphinx.cmd.build import build_main

PAGES = (
    "index.html",
    "generated/matrix.html",
    "generated/changes.html",
    "generated/graphs/deploy.html",
    "generated/platforms/vm.html",
)
# a theme → the module that brings it, its extension, and the part with a page's text
THEMES = {
    "alabaster": ("alabaster", "", "div.body"),
    "classic": ("sphinx", "", "div.body"),
    "sphinx_rtd_theme": ("sphinx_rtd_theme", "", ".rst-content"),
    "openstackdocs": ("openstackdocstheme", ",openstackdocstheme", ".docs-body"),
}
# what reaches out of the text of the page and has no frame that scrolls or cuts it
OUTSIDE = """(text) => {
  const body = document.querySelector(text);
  const end = body.getBoundingClientRect().right + 1;
  const framed = (part) => part !== document.body &&
    (getComputedStyle(part).overflowX !== "visible" || framed(part.parentElement));
  return [...body.querySelectorAll("table, figure, form, dl, pre")]
    .filter((part) => part.getBoundingClientRect().right > end && !framed(part.parentElement))
    .map((part) => `${part.tagName} ${part.className}`);
}"""

FAINT = """(text) => axe.run({include: [[text]]}, {
    iframes: false, preload: false, reporter: "no-passes", runOnly: ["color-contrast"],
    selectors: false,
}).then((all) => all.violations.flatMap((each) => each.nodes).map((node) => node.html))"""


@pytest.fixture(scope="module")
def unthemed(tmp_path_factory):
    """The manual with marks, not yet built; what Sphinx reads of it is the same for each theme."""
    root = tmp_path_factory.mktemp("themes")
    write_marked(root / "manual")
    return root


class Seen(NamedTuple):
    """What is wrong with each page under a theme: on a desk, on a phone, and with its colours."""

    wide: dict[str, list[str]]
    narrow: dict[str, list[str]]
    faint: dict[str, list[str]]


@pytest.fixture(scope="module", params=THEMES)
def themed(request, unthemed, browser) -> Seen:
    """The manual with marks under another theme, each page opened once."""
    module, extension, text = THEMES[request.param]
    pytest.importorskip(module, reason=f"the theme {request.param} is not installed")
    axe = pytest.importorskip("axe_playwright_python.base", reason="axe is not installed")
    site, manual = unthemed / request.param, unthemed / "manual"
    options = ["-q", "-D", f"html_theme={request.param}", "-d", str(unthemed / "doctrees")]
    options += ["-D", f"extensions=groundrules.sphinxext{extension}"]
    assert build_main([*options, "-c", str(manual), str(manual / "source"), str(site)]) == 0
    seen, page = Seen({}, {}, {}), browser.new_page()
    for name in PAGES:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto((site / name).as_uri())
        seen.wide[name] = page.evaluate(OUTSIDE, text)
        page.evaluate(axe.AXE_SCRIPT)
        seen.faint[name] = page.evaluate(FAINT, f"{text} section")
        page.set_viewport_size({"width": 390, "height": 900})
        seen.narrow[name] = page.evaluate(OUTSIDE, text)
    page.close()
    return seen


def test_nothing_runs_out_of_the_page(themed):
    assert themed.wide == {name: [] for name in PAGES}


def test_nothing_runs_out_of_the_page_on_a_phone(themed):
    assert themed.narrow == {name: [] for name in PAGES}


def test_texts_have_a_contrast_of_at_least_4_5(themed):
    assert themed.faint == {name: [] for name in PAGES}
