"""Breadcrumbs and the current section, also for pages that are in no table of contents.

With thousands of jobs in a table of contents, the sidebar of every page would be as long.
Instead, their pages list the pages above them in their first lines, and this module passes these
to the theme.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from groundrules.sphinxext.bar_titles import as_html, guarded_titles

NAVIGATION = "generate_header_nav_html"  # an entry of pydata-sphinx-theme's navigation bar
_MARKED = re.compile(r'(<li class="[^"]*current active[^"]*">\s*<a )(?![^>]*aria-current)')


def add_trail(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.Node
) -> None:
    """Pass the pages above an orphan, from its field ``ci-above``, to the theme."""
    titles = app.env.titles
    if above := _above(context):
        context["parents"] = [
            {
                "link": app.builder.get_relative_uri(pagename, page),
                "title": html.escape(titles[page].astext()),  # themes take it for HTML
            }
            for page in above
            if page in titles
        ]


def mark_section(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.Node
) -> None:
    """Mark the section of every page in the theme's navigation bar, and show titles as text.

    The theme itself marks only sections of pages in the table of contents, and only visually.
    """
    if NAVIGATION not in context:
        return
    bar, href = context[NAVIGATION], ""
    if above := _above(context):
        section = section_of(app.env.toctree_includes, above[0], app.config.root_doc)
        href = app.builder.get_relative_uri(pagename, section)

    def shown(*options: object, **named: object) -> str:
        with guarded_titles(app.env):
            return marked(as_html(str(bar(*options, **named))), href)

    context[NAVIGATION] = shown


def _above(context: Mapping[str, Any]) -> list[str]:
    return ((context.get("meta") or {}).get("ci-above") or "").split()


def section_of(includes: Mapping[str, list[str]], page: str, root: str) -> str:
    """Return the page directly below ``root`` whose tables of contents lead to ``page``."""
    seen = {root}
    while page not in seen:
        seen.add(page)
        above = next((each for each, below in includes.items() if page in below), root)
        if above not in seen:
            page = above
    return page


def marked(bar: str, href: str) -> str:
    """Return a navigation bar with the entry for ``href`` marked, unless one is marked.

    >>> marked('<li class="nav-item "><a class="nav-link" href="a.html">', "a.html")
    '<li class="nav-item  current active"><a aria-current="true" class="nav-link" href="a.html">'
    """
    if href:
        entry = rf'(<li class="[^"]*)(">\s*<a [^>]*href="{re.escape(href)}")'
        bar = re.sub(entry, r"\1 current active\2", bar)
    return _MARKED.sub(r'\1aria-current="true" ', bar)
