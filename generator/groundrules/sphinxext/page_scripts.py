"""The scripts and styles of a page: the search box on all pages, filters and diagrams if needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, cast

from sphinx.application import Sphinx

from groundrules.sphinxext.html_page import HtmlPage

# search_box loads the others of the search when somebody searches, and changing those of its form.
EVERYWHERE = ("dom", "translation", "sphinx_search", "search_box", "drawer")
# A class in a page's body → its scripts; each uses those before it.
WIDGETS: Mapping[str, tuple[str, ...]] = {
    "ci-figure": ("matching", "job_graph", "graph_explanation", "graph_tools", "graph_picture"),
    "ci-changing": ("changing",),
    "ci-differing": ("matching", "table_filter", "matrix"),
    "ci-snippet": ("snippet",),
    "ci-labels": ("matching", "table_filter", "labels"),
    "ci-rules": ("rules",),
    "ci-changes": ("matching", "table_filter", "changes"),
}

STYLES = {
    "ci-gantt": "gantt",
    "ci-labels": "labels",
    "ci-matrix": "matrix",
    "ci-measurements": "measured",
    "ci-snippet": "labels",
}
"""A class in a page's body → the style sheet that only such pages need."""


def add_scripts(app: Sphinx) -> None:
    """Add the scripts of every page."""
    _add(app, EVERYWHERE)


def add_scripts_of_page(page: HtmlPage) -> None:
    """Add the scripts and styles of the widgets on a page."""
    body = str(page.context.get("body", ""))
    names = [name for widget, scripts in WIDGETS.items() if widget in body for name in scripts]
    for style in dict.fromkeys(style for widget, style in STYLES.items() if widget in body):
        page.app.add_css_file(f"groundrules/{style}.css")
    # a script cannot run twice, because it declares a global name
    _add(page.app, dict.fromkeys(names))


def _add(app: Sphinx, names: Iterable[str]) -> None:
    # "defer" keeps the order; modules do not load from file:// addresses
    for name in names:
        app.add_js_file(f"groundrules/{name}.js", loading_method="defer")


def remove_maps(app: Sphinx, exception: Exception | None) -> None:
    """Remove the source maps of the theme, which only its developers need.

    They are half of a published manual.
    """
    builder = cast(Any, app.builder)
    if exception is not None or builder.format != "html":
        return
    for folder in builder.theme.get_theme_dirs():
        static = Path(folder, "static")
        for path in static.rglob("*.map"):
            Path(app.outdir, "_static", path.relative_to(static)).unlink(missing_ok=True)
