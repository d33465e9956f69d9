"""Breadcrumbs of pages that stand in no table of contents: what a record belongs to.

Thousands of jobs in a table of contents would make every page's sidebar as long.  Their pages
name the pages above them in their first lines instead, and the theme is told here.
"""

from __future__ import annotations

import html
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx


def add_trail(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.Node
) -> None:
    """Give the theme the pages above an orphan, from its field ``ci-above``."""
    above = ((context.get("meta") or {}).get("ci-above") or "").split()
    titles = app.env.titles
    if above:
        context["parents"] = [
            {
                "link": app.builder.get_relative_uri(pagename, each),
                "title": html.escape(titles[each].astext()),  # themes take it for HTML
            }
            for each in above
            if each in titles
        ]
