"""Generated reStructuredText, read as such on a page of any parser."""

from __future__ import annotations

from docutils import nodes
from docutils.parsers.rst import states
from docutils.statemachine import StringList
from docutils.utils import new_document
from sphinx.util.docutils import SphinxDirective, switch_source_input
from sphinx.util.parsing import nested_parse_to_nodes


def read_generated(directive: SphinxDirective, text: str) -> list[nodes.Node]:
    """Return the nodes of reStructuredText that a directive generates.

    What is wrong with it is reported at the directive.  ``directive.state`` parses what the page's
    parser parses, which is Markdown on a MyST page: roles and directives would then be published
    as raw text.
    """
    lines, (source, line) = text.splitlines(), directive.get_source_info()
    # from Sphinx 9.2 on, both may be None by their types
    content = StringList(lines, items=[(source or "", (line or 1) - 1)] * len(lines))
    if isinstance(directive.state, states.RSTState):
        with switch_source_input(directive.state, content):
            return nested_parse_to_nodes(directive.state, content)
    page = directive.state.document
    part = new_document(page["source"], page.settings)
    part.reporter = page.reporter
    states.RSTStateMachine(states.state_classes, "Body").run(content, part)
    for pending in part.findall(nodes.pending):
        page.note_pending(pending)
    _note_labels(page, part)
    return part.children


def _note_labels(page: nodes.document, part: nodes.document) -> None:
    """Make the labels of a part those of its page, where Sphinx looks for them."""
    for name, is_explicit in part.nametypes.items():
        if is_explicit and name not in page.nametypes:
            page.nametypes[name] = is_explicit
            page.nameids[name] = identity = part.nameids[name]
            page.ids[identity] = part.ids[identity]
