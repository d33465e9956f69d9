"""The end of each page: who keeps the manual, where the record is, where to report a mistake."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from html import escape
from urllib.parse import quote

from sphinx.application import Sphinx
from sphinx.util.i18n import format_date

from groundrules.pages import GENERATED
from groundrules.sphinxext.html_page import HtmlPage, site_facts
from groundrules.sphinxext.manual_build import manual_build_of
from groundrules.sphinxext.origin import origin
from groundrules.sphinxext.translation import N_, word

ABOUT = f"{GENERATED}/about"
_KEPT_BY, _RECORD = N_("Kept by {publisher}"), N_("The record: {path}")
_REPORT, _ABOUT = N_("Report a mistake"), N_("About this manual")


def add_footer(page: HtmlPage) -> None:
    """Add the footer to a page, and make its last update the day of the data.

    The theme would show the day of the build, on which nothing may have changed.
    """
    if page.context.get("last_updated"):
        page.context["last_updated"] = _last_updated(page.app)
    if page.context.get("body"):
        page.context["body"] += f'<div class="ci-footer">{" · ".join(_parts(page))}</div>\n'


def _parts(page: HtmlPage) -> Iterator[str]:
    manual = site_facts(page.app.env)
    publisher = f'<span class="ci-name">{escape(manual.publisher)}</span>'
    yield escape(word(_KEPT_BY)).format(publisher=publisher)
    for record in page.doctree.findall(origin) if page.doctree else ():
        path = _link(f"{record['address'].rstrip('/')}/{quote(record.astext())}", record.astext())
        shown = path if record["address"] else escape(record.astext())
        yield escape(word(_RECORD)).format(path=f"<code>{shown}</code>")
        break
    if manual.report:
        yield _link(manual.report, word(_REPORT))
    yield _link(page.href(ABOUT), word(_ABOUT))


def _link(address: str, title: str) -> str:
    return f'<a href="{escape(address)}">{escape(title)}</a>'


def _last_updated(app: Sphinx) -> str | None:
    day = site_facts(app.env).updated or manual_build_of(app.config).last_day_in_git
    if day is None:
        return None
    noon = datetime.datetime.combine(day, datetime.time(12), tzinfo=datetime.UTC)
    form = app.config.html_last_updated_fmt or "%Y-%m-%d"
    return format_date(form, date=noon, language=app.config.language)
