"""Makes each build read pages with warnings again, until the warnings are fixed.

Sphinx reports the warnings of a page only when it reads or writes it.  Otherwise a second build
with ``-W`` would pass without any fix.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Set
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.logging import NAMESPACE, OnceFilter, WarningStreamHandler
from typing_extensions import override

from groundrules.sphinxext.data_places import place_in_data
from groundrules.sphinxext.domain import ci_domain
from groundrules.sphinxext.finished_builds import store_of
from groundrules.sphinxext.saved_warnings import is_saved
from groundrules.store import digest

NAME = "warned"
# The settings that decide which warnings are reported; with others every page is read again.
SETTINGS = (
    "nitpicky",
    "nitpick_ignore",
    "nitpick_ignore_regex",
    "show_warning_types",
    "suppress_warnings",
)
Warned = tuple[str, list[str]]


class WarnedPaths(logging.Filter):
    """Collects the paths of files that reported warnings name; lets every record pass.

    Those of a generated page then name the data that it is made from.
    """

    def __init__(self, app: Sphinx) -> None:
        super().__init__()
        self.app, self.paths = app, set[str]()

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        location = getattr(record, "location", None)
        if location and not is_saved(record):
            path = _path(str(location))
            self.paths.add(path)
            place_in_data(self.app, path, record)
        return True

    def taken(self) -> set[str]:
        """Return the paths, and forget them: the next build can be in the same process."""
        paths, self.paths = self.paths, set()
        return paths


def collect_warnings(app: Sphinx) -> None:
    """Collect the warnings of a build, including those of worker processes.

    The filter is before Sphinx's last one, where suppressed warnings are removed, and all
    locations are text, even those from workers.
    """
    collected = WarnedPaths(app)
    for handler in logging.getLogger(NAMESPACE).handlers:
        if isinstance(handler, WarningStreamHandler):
            at = [type(each) for each in handler.filters].index(OnceFilter)
            handler.filters.insert(at, collected)
    app.connect("build-finished", lambda app, error: _put(app, collected.taken(), error))


def warned_pages(
    app: Sphinx, env: BuildEnvironment, added: Set[str], changed: Set[str], removed: Set[str]
) -> Iterable[str]:
    """Return the pages to read again: those with warnings in the last build."""
    settings, pages = _known(app)
    return list(env.all_docs) if settings != _settings(app) else pages


def _put(app: Sphinx, paths: Iterable[str], error: Exception | None) -> None:
    """Store the pages with warnings; after a failed build, also those of the build before."""
    pages = _pages_with(app, {os.path.realpath(path, strict=False) for path in paths})
    if error is not None:
        pages |= {*_known(app)[1]}
    store_of(app).put(NAME, (_settings(app), sorted(pages)))


def _known(app: Sphinx) -> Warned:
    return store_of(app).get(NAME, tuple[str, list[str]]) or ("", [])


def _settings(app: Sphinx) -> str:
    # sets have no order
    return digest(*(sorted(map(str, _listed(app.config[name]))) for name in SETTINGS))


def _listed(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list | set | tuple) else [value]


def _pages_with(app: Sphinx, paths: Set[str]) -> set[str]:
    """Return the pages that are written in, include or show texts of some files."""
    if not paths:
        return set()
    env = app.env
    notes = ci_domain(env).pages
    pages = set()
    for page in env.all_docs:
        parts = {str(env.doc2path(page))}
        parts |= notes[page].data_files if page in notes else set()
        parts |= {str(Path(app.srcdir, name)) for name in env.dependencies.get(page, ())}
        if not paths.isdisjoint(map(os.path.realpath, parts)):
            pages.add(page)
    return pages


def _path(location: str) -> str:
    """Return the path at the start of a location.

    >>> _path("/manual/source/index.rst:7")
    '/manual/source/index.rst'
    >>> _path("/manual/a.py:docstring of a.b:3")
    '/manual/a.py'
    """
    return location.split(":", 1)[0]
