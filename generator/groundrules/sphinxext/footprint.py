"""What a build holds in memory, and how often the garbage collector walks through it.

Sphinx keeps the nodes of every page from reading to writing: some 170 KiB a page, with the page
itself at hand as a pickle all the same.  The collector walks through them again and again, at
Python's own threshold of 700 for a quarter of the whole build; reading a page's pickle costs less.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

THRESHOLD = 10_000
MOST_PAGES = 20  # the collector then walks for 14 % of a build of 1,000 pages, not 19 %


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Raise the collector's threshold for a while.

    A threshold that is higher already, or off, is somebody's choice and stays; so does one that
    was set meanwhile.
    """
    before = gc.get_threshold()
    raised = (THRESHOLD, *before[1:])
    if not 0 < before[0] < THRESHOLD:
        yield
        return
    gc.set_threshold(*raised)
    try:
        yield
    finally:
        if gc.get_threshold() == raised:
            gc.set_threshold(*before)


def collect_seldom(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Raise the collector's threshold until the build has ended, also where it fails."""
    stack = ExitStack()
    stack.enter_context(seldom_collected())
    app.connect("build-finished", lambda *_: stack.close())


def hold_fewer_pages(app: Sphinx, _: nodes.document) -> None:
    """Let go of the nodes of pages when there are many; Sphinx reads them from its own files."""
    held = getattr(app.env, "_write_doc_doctree_cache", None)
    if held and len(held) >= MOST_PAGES:
        held.clear()
