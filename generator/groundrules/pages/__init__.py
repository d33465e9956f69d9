"""`Catalogue` → pages: plan (the list of pages), render (their text), write (the files)."""

GENERATED = "generated"
"""The folder of generated pages, in the source folder and in the site."""

FEED = "changes.atom"
"""The file name of the feed of changes, at the top of the site."""

FEEDS = "_data/feeds"
"""The folder of the feeds of single labels and graphs, in the site."""


def feed_of(page: str) -> str:
    """Return the file of the feed of a page; empty if it has none of its own.

    >>> feed_of("generated/labels/noble"), feed_of("generated/graphs/index")
    ('_data/feeds/labels/noble.atom', '')
    """
    top, _, below = page.partition("/")
    folder, _, name = below.partition("/")
    if top != GENERATED or folder not in ("labels", "graphs") or name in ("", "index"):
        return ""
    return f"{FEEDS}/{below}.atom"
