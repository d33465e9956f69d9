"""An Atom feed of what changed (RFC 4287), written by feedgenerator."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from urllib.parse import urljoin

from feedgenerator import Atom1Feed

from groundrules.pages.outline import Event, Outline

NAME = "changes.atom"
MOST = 100


def feed(outline: Outline, address: Callable[[str, str], str], plain: Callable[[str], str]) -> str:
    """Return the feed of the newest changes.

    ``address`` gives a record's page, relative to the site, by kind and name; ``plain`` turns
    reStructuredText into text.  Links are whole where ``manual.yaml`` says the site's address.
    """
    manual = outline.catalogue.manual
    site = manual.site or ""
    atom = Atom1Feed(
        title=f"{manual.title}: changes",
        link=site or "index.html",
        feed_url=urljoin(site, NAME),
        feed_guid=f"urn:groundrules:{manual.title}",
        description=plain(manual.summary),
        author_name=manual.publisher,
        language="en",
    )
    for event in outline.events[:MOST]:
        what = plain(event.what)
        atom.add_item(
            title=f"{event.title}: {what}",
            link=urljoin(site, address(event.kind, event.name)),
            description=what,
            unique_id=_identity(event),
            pubdate=_noon(event.date),
            updateddate=_noon(event.date),
        )
    return str(atom.writeString("utf-8"))


def _identity(event: Event) -> str:
    """Return a name that stays when the text is corrected; one a record, day and kind."""
    return f"urn:groundrules:{event.kind}:{event.name}:{event.date}"


def _noon(date: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(date, datetime.time(12), tzinfo=datetime.UTC)
