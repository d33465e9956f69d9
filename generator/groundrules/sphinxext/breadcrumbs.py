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

from groundrules.sphinxext.bar_titles import as_html, guarded_titles
from groundrules.sphinxext.html_page import HtmlPage

NAVIGATION = "generate_header_nav_html"  # an entry of pydata-sphinx-theme's navigation bar
_MARKED = re.compile(r'(<li class="[^"]*current active[^"]*">\s*<a )(?![^>]*aria-current)')


def add_trail(page: HtmlPage) -> None:
    """Pass the pages above an orphan, from its field ``ci-above``, to the theme."""
    titles = page.app.env.titles
    if above := _above(page.context):
        page.context["parents"] = [
            {
                "link": page.href(each),
                "title": html.escape(titles[each].astext()),  # themes take it for HTML
            }
            for each in above
            if each in titles
        ]


def mark_section(page: HtmlPage) -> None:
    """Mark the section of every page in the theme's navigation bar, and show titles as text.

    The theme itself marks only sections of pages in the table of contents, and only visually.
    """
    if NAVIGATION not in page.context:
        return
    env, bar, href = page.app.env, page.context[NAVIGATION], ""
    if above := _above(page.context):
        href = page.href(section_of(env.toctree_includes, above[0], env.config.root_doc))

    def shown(*options: object, **named: object) -> str:
        with guarded_titles(env):
            return marked(as_html(str(bar(*options, **named))), href)

    page.context[NAVIGATION] = shown


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
