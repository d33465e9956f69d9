"""`PagePart`: lines of a page, parsed without docutils' machinery if possible."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from docutils import nodes
from docutils.parsers.rst.states import RSTState
from docutils.statemachine import StringList

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
