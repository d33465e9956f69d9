"""The page ``404.html``, which web servers show at any address that does not exist."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any, cast

from sphinx.application import Sphinx

from groundrules.sphinxext.html_page import HtmlPage, site_facts
from groundrules.sphinxext.translation import N_, word

PAGE = "404"
_TITLE, _TEXT = N_("Page not found"), N_("This address has no page, or has none any more.")
_SEARCH, _START = N_("Search the manual"), N_("Go to the front page")


def not_found_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the page, unless the manual has its own."""
    if app.builder.name not in ("html", "dirhtml") or PAGE in app.env.found_docs:
        return
    links = [(app.config.root_doc, _START)]
    if getattr(app.builder, "search", False):
        links.insert(0, ("search", _SEARCH))
    address = app.builder.get_relative_uri
    items = (
        f'<li><a href="{escape(address(PAGE, page))}">{escape(word(text))}</a></li>'
        for page, text in links
    )
    title = escape(word(_TITLE))
    body = f"<h1>{title}</h1>\n<p>{escape(word(_TEXT))}</p>\n<ul>{''.join(items)}</ul>\n"
    page = PAGE, {"title": title, "body": body}, "page.html"
    if app.builder.name == "html":
        yield page
    else:  # Sphinx would write 404/index.html, which no web server looks for
        cast(Any, app.builder).handle_page(*page, outfilename=Path(app.outdir, f"{PAGE}.html"))


def add_base(page: HtmlPage) -> None:
    """Make the links of the page relative to the manual, and not to the address asked for.

    If the manual does not know its address, a script cuts off the first folder that it has.
    Where pages are folders, Sphinx's links are relative to that of the page.
    """
    if page.name != PAGE:
        return
    app = page.app
    are_folders = app.builder.name == "dirhtml"
    home = f"{PAGE}/" if are_folders else ""
    site = site_facts(app.env).site or app.config.html_baseurl
    if site:
        base = f'<base href="{escape(site.rstrip("/"))}/{home}" />\n'
    else:
        pages = app.env.found_docs
        folders = {each.split("/")[0] for each in pages if are_folders or "/" in each}
        inner = "|".join(sorted(json.dumps(each)[1:-1].replace(".", r"\.") for each in folders))
        last = r"\/?" if are_folders else ""
        below = rf"\/(?:(?:{inner})\/.*|[^/]*{last})$"
        base = (
            '<script>document.head.prepend(Object.assign(document.createElement("base"), {href: '
            f"location.pathname.replace(/{below}/, '/{home}')}}))</script>\n"
        )
    page.context["metatags"] = base + (page.context.get("metatags") or "")
