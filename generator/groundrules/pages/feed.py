"""An Atom feed of what changed (RFC 4287), written by feedgenerator."""

from __future__ import annotations

import datetime
import html
import re
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urljoin

from feedgenerator import Atom1Feed
from typing_extensions import override

from groundrules.pages import FEED
from groundrules.pages.event import Event
from groundrules.pages.outline import Outline

_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # its "Char"
MOST = 100
# Used if nothing has changed yet.  The time of the build would make each build different.
NEVER = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


class _Feed(Atom1Feed):  # type: ignore[misc]
    @override
    def latest_post_date(self) -> datetime.datetime:
        # feedgenerator returns the current time where nothing has changed
        return super().latest_post_date() if self.items else NEVER


Place = tuple[str, str | None]
"""The address of a record, relative to the site, and its title where a page has it."""


class FeedView(NamedTuple):
    """The feed of one label or graph: its kind and name, the file, and the events."""

    kind: str
    name: str
    file: str
    events: list[Event]


def feed(
    outline: Outline,
    place: Callable[[str, str], Place],
    plain: Callable[[str], str],
    translate: Callable[[str], str] = str,
    language: str = "en",
    view: FeedView | None = None,
) -> str:
    """Return the feed of the newest changes, or of those of a ``view``.

    ``place`` finds a record by kind and name; ``plain`` turns reStructuredText into text of the
    ``language``, and ``translate`` a word of this program.  Links are whole where ``manual.yaml``
    says the site's address.
    """
    manual = outline.catalogue.manual
    site = f"{manual.site.rstrip('/')}/" if manual.site else ""
    address, about = ("", "") if view is None else place(view.kind, view.name)
    title = manual.title if view is None else f"{manual.title}: {about or view.name}"
    identity = f"urn:groundrules:{_printable(manual.title)}"
    atom = _Feed(
        title=translate("{title}: changes").format(title=_printable(title)),
        link=urljoin(site, address) or "index.html",
        feed_url=urljoin(site, view.file if view else FEED),
        feed_guid=f"{identity}:{view.kind}:{view.name}" if view else identity,
        description=_printable(plain(manual.summary)),
        author_name=_printable(manual.publisher),
        language=language,
    )
    for event in (outline.events if view is None else view.events)[:MOST]:
        what = _printable(plain(event.what))
        link, of_record = place(event.kind, event.name)
        atom.add_item(
            title=f"{_printable(of_record or event.title)}: {what}",
            link=urljoin(site, link),
            description=html.escape(what, quote=False),  # written as type="html"
            unique_id=outline.event_ids[id(event)],
            pubdate=_noon(event.date),
            updateddate=_noon(event.date),
        )
    return str(atom.writeString("utf-8"))


def _printable(text: str) -> str:
    """Return ``text`` without characters that are not allowed in XML."""
    return _NOT_IN_XML.sub("", text)


def _noon(date: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(date, datetime.time(12), tzinfo=datetime.UTC)
