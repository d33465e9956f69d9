"""Under the themes that Sphinx ships, tables and pictures stay inside the page."""

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
# what reaches out of the text of the page and has no frame that scrolls or cuts it
OUTSIDE = """() => {
  const end = document.querySelector("div.body").getBoundingClientRect().right + 1;
  const framed = (part) => part !== document.body &&
    (getComputedStyle(part).overflowX !== "visible" || framed(part.parentElement));
  return [...document.querySelectorAll("div.body :is(table, figure, form, dl, pre)")]
    .filter((part) => part.getBoundingClientRect().right > end && !framed(part.parentElement))
    .map((part) => `${part.tagName} ${part.className}`);
}"""


@pytest.fixture(scope="module")
def unthemed(tmp_path_factory):
    """The manual with marks, not yet built; what Sphinx reads of it is the same for each theme."""
    root = tmp_path_factory.mktemp("themes")
    write_marked(root / "manual")
    return root


@pytest.fixture(scope="module", params=["alabaster", "classic"])
def themed(request, unthemed):
    """The manual with marks, under another theme."""
    site, manual = unthemed / request.param, unthemed / "manual"
    options = ["-q", "-D", f"html_theme={request.param}", "-d", str(unthemed / "doctrees")]
    assert build_main([*options, "-c", str(manual), str(manual / "source"), str(site)]) == 0
    return site


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_runs_out_of_the_page(themed, browser, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    outside = {}
    for name in PAGES:
        page.goto((themed / name).as_uri())
        outside[name] = page.evaluate(OUTSIDE)
    page.close()
    assert outside == {name: [] for name in PAGES}
