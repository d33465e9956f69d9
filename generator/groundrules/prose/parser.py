"""`Parser`: docutils' own, which keeps its state machine from one short text to the next.

Making one takes docutils as long as all else about a text of one paragraph.
"""

from __future__ import annotations

from functools import cache

from docutils import nodes
from docutils.parsers import rst
from docutils.parsers.rst import states
from docutils.statemachine import string2lines
from typing_extensions import override


@cache
def _machine() -> states.RSTStateMachine:
    return states.RSTStateMachine(states.state_classes, "Body")


class Parser(rst.Parser):
    """Reads reStructuredText, many texts one after the other."""

    @override
    def parse(self, inputstring: str, document: nodes.document) -> None:
        self.setup_parse(inputstring, document)
        settings = document.settings
        lines = string2lines(inputstring, settings.tab_width, convert_whitespace=True)
        limit = settings.line_length_limit  # what docutils' expressions are safe for
        for number, line in enumerate(lines, 1):
            if len(line) > limit:
                document += document.reporter.error(f"Line {number} exceeds the line-length-limit.")
                break
        else:
            self._run(lines, document)
        self.finish_parse()

    def _run(self, lines: list[str], document: nodes.document) -> None:
        try:
            _machine().run(lines, document)
        except BaseException:
            _machine.cache_clear()  # it was left in the middle of a text
            raise
