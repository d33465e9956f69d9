"""`HtmlPage`: a page that Sphinx is about to write, to which parts of this package add."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.application import Sphinx


class HtmlPage(NamedTuple):
    """A page, the variables of its template, and its nodes if it has a source."""

    app: Sphinx
    name: str
    context: dict[str, Any]
    doctree: nodes.document | None

    def href(self, page: str) -> str:
        """Return the address of another page, relative to this one."""
        return self.app.builder.get_relative_uri(self.name, page)


def on_each_page(*add: Callable[[HtmlPage], None], in_epub: bool = False) -> Callable[..., None]:
    """Return a handler of Sphinx's event ``html-page-context`` that calls some functions."""

    def handle(app: Sphinx, name: str, _: str, context: dict[str, Any], doctree: Any) -> None:
        if in_epub or app.builder.name != "epub":
            page = HtmlPage(app, name, context, doctree)
            for add_part in add:
                add_part(page)

    return handle
