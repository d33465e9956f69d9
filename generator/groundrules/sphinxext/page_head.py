"""What the head of each page says: its description, and where the feed of changes is."""

from __future__ import annotations

from html import escape

from sphinx.application import Sphinx
from sphinx.util.osutil import relative_uri

from groundrules.pages import FEED, feed_of
from groundrules.sphinxext.html_page import HtmlPage, site_facts
from groundrules.sphinxext.search_data import titles_of
from groundrules.sphinxext.search_entries import entries_of, with_titles


def add_head(page: HtmlPage) -> None:
    """Add links to the feeds of all changes and of the page, and a description if it has none."""
    app = page.app
    tags = page.context.get("metatags") or ""
    if 'name="description"' not in tags and (text := _description(app, page.name)):
        tags += f'<meta name="description" content="{escape(text)}" />\n'
    title = site_facts(app.env).title
    own = feed_of(page.name)
    feeds = [(own, f"{title}: {app.env.titles[page.name].astext()}")] if own else []
    for feed, name in (*feeds, (FEED, title)):
        file = relative_uri(app.builder.get_target_uri(page.name), feed)
        tags += f'<link rel="alternate" type="application/atom+xml" title="{escape(name)}" '
        tags += f'href="{file}" />\n'
    page.context["metatags"] = tags


def _description(app: Sphinx, page: str) -> str:
    """Return the first sentence of a page, or of the record that it is about."""
    entries = entries_of(app.env).get(page, ())
    sentence = with_titles(entries[0].sentence, titles_of(app.env)) if entries else ""
    if not entries or sentence:
        return sentence
    first = entries[0]
    return f"{first.title}: {first.details}" if first.details else first.title
