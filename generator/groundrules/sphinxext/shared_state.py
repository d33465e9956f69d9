"""What Sphinx and its extensions keep between the builds of one application, and must not."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from sphinx.addnodes import toctree
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.logging import NAMESPACE, OnceFilter

_CACHES = ("_pickled_doctree_cache", "_write_doc_doctree_cache")


@contextmanager
def forgotten_at_end(app: Sphinx) -> Iterator[None]:
    """Remove what a build has left: attributes of the application, scripts and shown messages.

    Extensions cache in attributes, as pydata-sphinx-theme does with sidebars.  The scripts of a
    page, once added, would be on every page of the next build.
    """
    before = {*vars(app)}
    styles, scripts = app.registry.css_files, app.registry.js_files
    counts = len(styles), len(scripts)
    try:
        yield
    finally:
        for name in vars(app).keys() - before:
            delattr(app, name)
        del styles[counts[0] :], scripts[counts[1] :]
        for handler in logging.getLogger(NAMESPACE).handlers:
            for each in handler.filters:
                if isinstance(each, OnceFilter):
                    each.messages.clear()


def forget_doctrees(env: BuildEnvironment) -> None:
    """Clear the caches of nodes, which may be those of an earlier text."""
    for name in _CACHES:
        getattr(env, name).clear()
    vars(env).pop("master_doctree", None)


@contextmanager
def read_again_if_stopped(env: BuildEnvironment) -> Iterator[None]:
    """Let Sphinx read pages again if their reading was stopped, as by a full disk.

    Sphinx counts a page as read before it has written the nodes.
    """
    before = {**env.all_docs}
    try:
        yield
    except BaseException:
        for page, time in env.all_docs.items():
            if before.get(page) != time:
                env.all_docs[page] = 0  # every text is newer
        raise


def navigation_of(env: BuildEnvironment) -> object:
    """Return the tables of contents and the titles in them, which themes show on other pages."""
    tables = {
        page: [node["entries"] for node in env.tocs[page].findall(toctree)]
        for page in sorted(env.toctree_includes)
        if page in env.tocs
    }
    pages = {page for below in env.toctree_includes.values() for page in below}
    titles = {page: env.titles[page].astext() for page in pages if page in env.titles}
    return repr((tables, sorted(titles.items())))
