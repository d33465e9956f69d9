"""Breadcrumbs and the current section, also for pages that are in no table of contents.

With thousands of jobs in a table of contents, the sidebar of every page would be as long.
Instead, their pages list the pages above them in their first lines, and this module passes these
to the theme.

pydata-sphinx-theme takes titles in its navigation bar for HTML.  Anybody who contributes a record
or page could so run a script on every page.  While the theme writes the bar, characters of HTML
are replaced by code points that Unicode keeps out of texts, and afterwards by entities.  Unlike
titles escaped beforehand, this also suits a theme that escapes.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx.addnodes import toctree
from sphinx.environment import BuildEnvironment

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


_GUARDS = {character: chr(0xFDD0 + at) for at, character in enumerate("&<>\"'")}
_GUARD = str.maketrans(_GUARDS)
_ENTITIES = str.maketrans({guard: html.escape(character) for character, guard in _GUARDS.items()})


@contextmanager
def guarded_titles(env: BuildEnvironment) -> Iterator[None]:
    """Guard the titles of the first page's tables of contents; `as_html` writes them."""
    tables = list(env.tocs[env.config.root_doc].findall(toctree))
    entries = [table["entries"] for table in tables]
    pages = {page for pairs in entries for _, page in pairs} | {env.config.root_doc}
    titles = {page: env.titles[page] for page in pages if page in env.titles}
    try:
        env.titles.update({page: _guarded(title) for page, title in titles.items()})
        for table, pairs in zip(tables, entries, strict=True):
            table["entries"] = [(title and title.translate(_GUARD), page) for title, page in pairs]
        yield
    finally:
        env.titles.update(titles)
        for table, pairs in zip(tables, entries, strict=True):
            table["entries"] = pairs


def as_html(bar: str) -> str:
    """Return the bar with guarded characters as entities.

    >>> as_html(f"<b>{'<script>'.translate(_GUARD)}</b>")
    '<b>&lt;script&gt;</b>'
    """
    return bar.translate(_ENTITIES)


# the theme writes the bar for every page, with the same titles
_known: WeakKeyDictionary[nodes.title, nodes.title] = WeakKeyDictionary()


def _guarded(title: nodes.title) -> nodes.title:
    """Return a copy of a title; the theme writes formulas in it differently from text."""
    if title in _known:
        return _known[title]
    guarded = _known[title] = nodes.title()
    for child in title.children:
        text = child.astext().translate(_GUARD)
        guarded += nodes.math("", text) if isinstance(child, nodes.math) else nodes.Text(text)
    return guarded
