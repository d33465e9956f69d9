"""What the head of each page says: its description, and where the feed of changes is."""

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.osutil import relative_uri

from groundrules.pages import FEED
from groundrules.sphinxext.first_sentence import with_titles
from groundrules.sphinxext.manual_build import manual_build_of
from groundrules.sphinxext.search_data import titles_of
from groundrules.sphinxext.search_entries import entries_of


def add_head(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Add a link to the feed, and a description to a page that has none of its own."""
    if app.builder.name == "epub":
        return
    tags = context.get("metatags") or ""
    if 'name="description"' not in tags and (text := _description(app, pagename)):
        tags += f'<meta name="description" content="{escape(text)}" />\n'
    feed = relative_uri(app.builder.get_target_uri(pagename), FEED)
    title = escape(manual_build_of(app.config).catalogue.manual.title)
    tags += f'<link rel="alternate" type="application/atom+xml" title="{title}" href="{feed}" />\n'
    context["metatags"] = tags


def _description(app: Sphinx, page: str) -> str:
    """Return the first sentence of a page, or of the record that it is about."""
    entries = entries_of(app.env).get(page, ())
    sentence = with_titles(entries[0].sentence, titles_of(app.env)) if entries else ""
    if not entries or sentence:
        return sentence
    first = entries[0]
    return f"{first.title}: {first.details}" if first.details else first.title
