"""What a build holds in memory, and how often the garbage collector walks through it.

Sphinx keeps the nodes of every page from reading to writing, some 170 KiB a page, although it
has pickled the page as well.  The collector walks through them, the records and the environment
again and again.  At Python's own threshold of 700 that is a quarter of the whole build, and the
cost of one page grows with the number of pages.  So few pages are held.  What outlives them is
needed to the end: it is frozen, and the collector passes it by.
"""

from __future__ import annotations

import gc
from contextlib import AbstractContextManager, ExitStack

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from groundrules.garbage import collection_less_often, unfrozen_at_end

THRESHOLD = 10_000
MOST_PAGES = 20


def seldom_collected() -> AbstractContextManager[None]:
    """Raise the collector's threshold for a while."""
    return collection_less_often(THRESHOLD)


def collect_seldom(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Spare the collector work until the build has ended, also where it fails."""
    stack = ExitStack()
    stack.enter_context(seldom_collected())
    stack.enter_context(unfrozen_at_end())
    if len(docnames) >= MOST_PAGES:
        gc.freeze()  # at once: to look first for what is no longer needed takes a tenth of a second
    app.connect("build-finished", lambda *_: stack.close())


def hold_fewer_pages(app: Sphinx, docname: str, source: list[str]) -> None:
    """Let go of the nodes of pages when there are many, before the next one is read."""
    if len(_held(app)) >= MOST_PAGES:
        _let_go(app)


def hold_no_pages(app: Sphinx, env: BuildEnvironment) -> None:
    """Let go of all when many have been read, before pages are written."""
    if gc.get_freeze_count():
        _let_go(app)


def _held(app: Sphinx) -> dict[str, nodes.document]:
    return getattr(app.env, "_write_doc_doctree_cache", {})


def _let_go(app: Sphinx) -> None:
    """Let go of the nodes of pages, and have the collector pass by what else there is.

    Between two pages nothing else is held that goes before the end.
    """
    _held(app).clear()
    gc.collect()
    gc.freeze()
