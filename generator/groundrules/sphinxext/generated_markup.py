"""Generated reStructuredText, read as such on a page of any parser."""

from __future__ import annotations

from docutils import nodes
from docutils.parsers import rst
from docutils.parsers.rst.states import RSTState
from docutils.utils import new_document
from sphinx.util.docutils import SphinxDirective


def read_generated(directive: SphinxDirective, text: str) -> list[nodes.Node]:
    """Return the nodes of reStructuredText that a directive generates.

    ``directive.state`` parses what the page's parser parses, which is Markdown on a MyST page:
    roles and directives would then be published as raw text.
    """
    if isinstance(directive.state, RSTState):
        return directive.parse_text_to_nodes(text, allow_section_headings=True)
    page = directive.state.document
    part = new_document(page["source"], page.settings)
    part.reporter = page.reporter
    rst.Parser().parse(text, part)
    for pending in part.findall(nodes.pending):
        page.note_pending(pending)
    return part.children
