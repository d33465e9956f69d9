"""Parts of a page: lines that `PagePart` parses fast, and generated reStructuredText.

`PagePart` does without docutils' machinery if possible.  Generated text is read as
reStructuredText on a page of any parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from docutils import nodes
from docutils.parsers.rst import states
from docutils.parsers.rst.states import RSTState
from docutils.statemachine import StringList
from docutils.utils import new_document
from sphinx.util.docutils import SphinxDirective, switch_source_input
from sphinx.util.parsing import nested_parse_to_nodes

# A line that starts with a word, literal or role, and so is not a list, field or literal block.
_PARAGRAPH = re.compile(r"(?!\w{1,8}[.)](?: |$))(?:[^\W_]|``|:[a-z:]+:`)(?!.*::$).*")


class PagePart:
    """Some lines of a directive, ``offset`` lines after the first line of the page."""

    def __init__(self, lines: StringList, offset: int) -> None:
        self.lines, self.offset = lines, offset

    def parts(self, start: re.Pattern[str]) -> Iterator[PagePart]:
        """Yield each part whose first line matches ``start``."""
        starts = [index for index, line in enumerate(self.lines) if start.match(line)]
        for begin, end in pairwise([*starts, len(self.lines)]):
            yield PagePart(self.lines[begin:end], self.offset + begin)

    def indented(self, first: int = 0) -> PagePart:
        """Return the lines from ``first`` on as a block of their own."""
        lines = [index for index, line in enumerate(self.lines) if index >= first and line.strip()]
        if not lines:
            return PagePart(StringList(), self.offset)
        begin, end = lines[0], lines[-1] + 1
        block = self.lines[begin:end]
        block.trim_left(min(len(line) - len(line.lstrip()) for line in block if line.strip()))
        return PagePart(block, self.offset + begin)

    def read(self, state: RSTState) -> list[nodes.Node]:
        """Return the nodes of this block."""
        if len(self.lines) != 1 or not _PARAGRAPH.fullmatch(self.lines[0]):
            holder = nodes.Element()
            state.nested_parse(self.lines, self.offset, holder)
            return holder.children
        inline, messages = state.inline_text(self.lines[0], self.offset + 1)
        paragraph = nodes.paragraph(self.lines[0], "", *inline)
        [(paragraph.source, before)] = self.lines.items
        paragraph.line = before + 1
        return [paragraph, *messages]


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
