"""`Catalogue` → pages: plan (the list of pages), render (their text), write (the files)."""

GENERATED = "generated"
"""The folder of generated pages, in the source folder and in the site."""

FEED = "changes.atom"
"""The file name of the feed of changes, at the top of the site."""

FEEDS = "_data/feeds"
"""The folder of the feeds of single labels and graphs, in the site."""


def feed_of(page: str) -> str:
    """Return the file of the feed of a page; empty if it has none of its own.

    A label can be called ``index``, for its CI system names it; the list of graphs is no graph.

    >>> feed_of("generated/labels/index"), feed_of("generated/graphs/index")
    ('_data/feeds/labels/index.atom', '')
    """
    top, _, below = page.partition("/")
    folder = below.partition("/")[0]
    if top != GENERATED or folder not in ("labels", "graphs") or below == "graphs/index":
        return ""
    return f"{FEEDS}/{below}.atom"
