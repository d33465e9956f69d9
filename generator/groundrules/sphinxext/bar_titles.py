"""Titles in the theme's navigation bar, which pydata-sphinx-theme takes for HTML.

Anybody who contributes a record or page could so run a script on every page.  While the theme
writes the bar, characters of HTML are replaced by code points that Unicode keeps out of texts, and
afterwards by entities.  Unlike titles escaped beforehand, this also suits a theme that escapes.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from contextlib import contextmanager
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx.addnodes import toctree
from sphinx.environment import BuildEnvironment

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
