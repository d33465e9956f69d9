"""``ci:toctree``: a toctree that leaves out generated pages that the manual does not have."""

from __future__ import annotations

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.directives.other import TocTree
from typing_extensions import override

from groundrules.pages import GENERATED


class KnownPages(TocTree):
    """Sphinx's ``toctree`` without the pages of kinds of records that the manual does not have.

    Their entries appear with the first record.
    """

    @override
    def run(self) -> list[nodes.Node]:
        self.content = StringList([entry for entry in self.content if not self._is_missing(entry)])
        # Sphinx reads pages in this set again when pages are added or removed
        self.env.glob_toctrees.add(self.env.docname)
        return super().run()

    def _is_missing(self, entry: str) -> bool:
        page = entry.strip().removeprefix("/")
        return page.startswith(f"{GENERATED}/") and page not in self.env.found_docs
