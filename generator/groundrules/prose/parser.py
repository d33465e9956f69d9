"""`Parser`: docutils' parser, which reuses its state machine for many short texts.

Creating a state machine takes as long as parsing a text of one paragraph.
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
        limit = settings.line_length_limit  # the input for which docutils' expressions are safe
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
            _machine.cache_clear()  # an exception left it in the middle of a text
            raise
