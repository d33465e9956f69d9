"""Limits the memory of a build, and the work of the garbage collector.

Sphinx keeps the nodes of every page from reading to writing, about 170 KiB for each page,
although it has pickled the page too.  The collector visits them, the records and the environment
repeatedly.  With Python's default threshold of 700, that takes a quarter of the build, and the
cost of a page grows with the number of pages.  So only few pages are kept.  Other objects live
until the end, so they are frozen, and the collector skips them.
"""

from __future__ import annotations

import gc
from contextlib import AbstractContextManager, ExitStack
from weakref import WeakKeyDictionary, WeakSet

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from groundrules.garbage import collection_less_often, unfrozen_at_end

THRESHOLD = 10_000
MOST_PAGES = 20


def seldom_collected() -> AbstractContextManager[None]:
    """Raise the collector's threshold for a while."""
    return collection_less_often(THRESHOLD)


_reduced: WeakKeyDictionary[Sphinx, ExitStack] = WeakKeyDictionary()
_with_many_pages: WeakSet[Sphinx] = WeakSet()


def collect_seldom(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Reduce the work of the collector until the build has ended or failed."""
    stack = _reduced.setdefault(app, ExitStack())
    stack.enter_context(seldom_collected())
    if len(docnames) >= MOST_PAGES:
        stack.enter_context(unfrozen_at_end())  # it counts all frozen objects
        _with_many_pages.add(app)
        gc.freeze()  # without collecting first, which would take a tenth of a second


def collect_as_before(app: Sphinx, exception: Exception | None) -> None:
    """Let the collector work again as before the build."""
    if stack := _reduced.pop(app, None):
        stack.close()


def hold_fewer_pages(app: Sphinx, docname: str, source: list[str]) -> None:
    """Release the nodes of pages if there are many, before the next page is read."""
    if len(_held(app)) >= MOST_PAGES:
        _let_go(app)


def hold_no_pages(app: Sphinx, env: BuildEnvironment) -> None:
    """Release all if many pages were read, before pages are written."""
    if app in _with_many_pages:
        _with_many_pages.discard(app)
        _let_go(app)


def _held(app: Sphinx) -> dict[str, nodes.document]:
    return getattr(app.env, "_write_doc_doctree_cache", {})


def _let_go(app: Sphinx) -> None:
    """Release the nodes of pages, and freeze all other objects.

    Between two pages, all other objects live until the end.
    """
    _held(app).clear()
    gc.collect()
    gc.freeze()
