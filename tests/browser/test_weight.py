"""What the manual adds of its own to a page, beside theme and Sphinx."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

import pytest
from visiting import KINDS

from groundrules.sphinxext.page_scripts import EVERYWHERE, WIDGETS

LIMIT: Final = 40_000
STYLE = {"groundrules.css", "manual.css"}
SPHINX = {
    "basic.css",
    "doctools.js",
    "documentation_options.js",
    "language_data.js",
    "pygments.css",
    "searchtools.js",
    "sphinx_highlight.js",
}
NEEDED = {
    "changes": ("ci-changes",),
    "graph": ("ci-figure",),
    "graphs": ("ci-figure",),
    "job": ("ci-figure",),
    "label": ("ci-snippet",),
    "matrix": ("ci-differing",),
    "platform": ("ci-labels", "ci-snippet"),
    "rules": ("ci-rules",),
}

STYLES_OF = {
    "kept": ("measured",),
    "label": ("labels",),
    "matrix": ("matrix",),
    "platform": ("labels",),
}


def loaded_by(site: Path, name: str) -> set[str]:
    """Return the scripts and styles of Sphinx and the manual that a page loads."""
    page = (site / name).read_text("utf-8")
    return {*re.findall(r'(?:src|href)="[^"]*_static/((?:groundrules/)?[\w-]+\.(?:js|css))', page)}


@pytest.mark.parametrize("kind", KINDS)
def test_own_script_and_style_of_a_page_stay_below_forty_kilobytes(site, kind):
    own = loaded_by(site, KINDS[kind]) - SPHINX
    size = sum((site / "_static" / name).stat().st_size for name in own)
    assert 15_000 < size < LIMIT


def test_a_search_loads_half_of_what_it_did(visit, site):
    window = visit()
    window.open("search.html?q=memory").locator(".ci-hits a").first.wait_for()
    files = {unquote(urlsplit(address).path) for address in window.asked}
    sizes = {Path(name).name: Path(name).stat().st_size for name in files}
    assert {"minisearch.js", "searchentries.js", "searchindex.js"} <= sizes.keys()
    assert sum(sizes.values()) < 1_200_000


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_loads_no_script_that_it_does_not_need(site, kind):
    needed = {name for widget in NEEDED.get(kind, ()) for name in WIDGETS[widget]}
    scripts = {f"groundrules/{name}.js" for name in {*EVERYWHERE, *needed}}
    styles = STYLE | {f"groundrules/{name}.css" for name in STYLES_OF.get(kind, ())}
    assert loaded_by(site, KINDS[kind]) - SPHINX == scripts | styles
