"""`PreviewBuilder`: Sphinx's HTML builder, which can leave for later what does not show a change.

A page that was saved is shown sooner without the search index, the indices, the inventory and the
static files.  `PreviewBuilder.catch_up` writes them.
"""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path, PosixPath

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.parallel import SerialTasks
from typing_extensions import override

from groundrules.atomic import write_bytes
from groundrules.build_folders import UnwritableFolderError, unwritable


class PreviewBuilder(StandaloneHTMLBuilder):
    """The builder; while it is ``brief``, it writes pages and their images only.

    ``written`` are the pages that it has written since `take_written`.
    """

    def __init__(self, app: Sphinx, env: BuildEnvironment) -> None:
        super().__init__(app, env)
        self.brief = False
        self.written: set[str] = set()
        self._not_indexed: set[str] = set()

    def take_written(self) -> set[str]:
        """Return the pages that were written since the last call."""
        written, self.written = self.written, set()
        return written

    def write_pages(self, outdated: Set[str], updated: Set[str], *, brief: bool) -> None:
        """Write the pages in both sets and those whose tables of contents show them."""
        self._begin(brief=brief)
        self.write(outdated, updated, "update")
        self.finish()
        self.finish_tasks.join()

    def catch_up(self) -> None:
        """Write what brief builds have left for later; it stays left if that fails."""
        not_indexed = self._not_indexed & self.env.found_docs
        self._begin(brief=False)
        self.prepare_writing(not_indexed)
        for page in sorted(not_indexed):
            self._index(page)
        self.finish()
        self.finish_tasks.join()
        self._not_indexed = set()

    def _begin(self, *, brief: bool) -> None:
        self.brief = brief
        self.init_css_files()  # else those of the page that was written last stay
        self.init_js_files()
        self.finish_tasks = SerialTasks()

    def _index(self, page: str) -> None:
        """Index a page from its nodes; those that were written have the titles of notes too."""
        with logging.suppress_logging():  # the warnings were reported when it was written
            doctree = self.env.get_and_resolve_doctree(page, self, tags=self.tags)
        title = self.env.longtitles.get(page)
        self.index_page(page, doctree, title.astext() if title else "")

    @override
    def get_output_path(self, page_name: str, /) -> Path:
        return PagePath(super().get_output_path(page_name))

    @override
    def write_documents(self, docnames: Set[str]) -> None:
        self.written |= docnames
        super().write_documents(docnames)

    @override
    def copy_assets(self) -> None:
        if not self.brief:
            super().copy_assets()

    @override
    def load_indexer(self, docnames: Set[str]) -> None:
        if not self.brief:
            super().load_indexer(docnames)

    @override
    def index_page(self, pagename: str, doctree: nodes.document, title: str) -> None:
        if self.brief:
            self._not_indexed.add(pagename)
        else:
            super().index_page(pagename, doctree, title)

    @override
    def finish(self) -> None:
        if self.brief:
            self.copy_image_files()
        else:
            super().finish()


class PagePath(PosixPath):
    """The path that Sphinx writes a page to.

    Sphinx itself empties the page first, and only warns if it cannot write the new one.
    """

    @override
    def write_text(
        self,
        data: str,
        encoding: str | None = None,
        errors: str | None = None,
        newline: str | None = None,
    ) -> int:
        """Replace the file.  Raises `UnwritableFolderError`; then it is unchanged."""
        try:
            write_bytes(PosixPath(self), data.encode(encoding or "utf-8", errors or "strict"))
        except OSError as error:
            raise UnwritableFolderError(unwritable(error, self)) from None
        return len(data)
