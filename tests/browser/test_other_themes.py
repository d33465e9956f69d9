"""Under other themes, tables and pictures stay inside the page, and texts can be read."""

from __future__ import annotations

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

FAINT = """(text) => axe.run({include: [[text]]}, {runOnly: ["color-contrast"]})
  .then((all) => all.violations.flatMap((each) => each.nodes).map((node) => node.html))"""


@pytest.fixture(scope="module")
def unthemed(tmp_path_factory):
    """The manual with marks, not yet built; what Sphinx reads of it is the same for each theme."""
    root = tmp_path_factory.mktemp("themes")
    write_marked(root / "manual")
    return root


@pytest.fixture(scope="module", params=THEMES)
def themed(request, unthemed):
    """The manual with marks under another theme, and the part with a page's text."""
    module, extension, text = THEMES[request.param]
    pytest.importorskip(module, reason=f"the theme {request.param} is not installed")
    site, manual = unthemed / request.param, unthemed / "manual"
    options = ["-q", "-D", f"html_theme={request.param}", "-d", str(unthemed / "doctrees")]
    options += ["-D", f"extensions=groundrules.sphinxext{extension}"]
    assert build_main([*options, "-c", str(manual), str(manual / "source"), str(site)]) == 0
    return site, text


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_runs_out_of_the_page(themed, browser, width):
    site, text = themed
    page = browser.new_page(viewport={"width": width, "height": 900})
    outside = {}
    for name in PAGES:
        page.goto((site / name).as_uri())
        outside[name] = page.evaluate(OUTSIDE, text)
    page.close()
    assert outside == {name: [] for name in PAGES}


def test_texts_have_a_contrast_of_at_least_4_5(themed, browser):
    axe = pytest.importorskip("axe_playwright_python.base", reason="axe is not installed")
    site, text = themed
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    faint = {}
    for name in PAGES:
        page.goto((site / name).as_uri())
        page.evaluate(axe.AXE_SCRIPT)
        faint[name] = page.evaluate(FAINT, f"{text} section")
    page.close()
    assert faint == {name: [] for name in PAGES}
