"""`Parser`: docutils' parser for many short texts, and a limit of the nesting of their blocks.

Creating a state machine takes as long as parsing a text of one paragraph, so it is reused.
Docutils parses nested blocks recursively, and Sphinx pickles pages recursively: a hundred levels,
in a text of a few lines, end the program.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cache
from typing import Any

from docutils import nodes
from docutils.parsers import rst
from docutils.parsers.rst import states
from docutils.parsers.rst.states import RSTState
from docutils.statemachine import StringList, string2lines
from typing_extensions import override

from groundrules.replaced import replaced

MOST = 20


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


def nested_at_most(most: int, refuse: Callable[[int], None]) -> AbstractContextManager[None]:
    """Limit docutils to ``most`` nested blocks; call ``refuse`` with the line of the next one.

    The content of that is not read.
    """
    saved, depth = RSTState.nested_parse, 0

    def nested_parse(
        self: RSTState, block: StringList, input_offset: int, *arguments: Any, **settings: Any
    ) -> int:
        nonlocal depth
        if depth == most:
            refuse(input_offset + 1)
            return input_offset + len(block)
        depth += 1
        try:
            return saved(self, block, input_offset, *arguments, **settings)
        finally:
            depth -= 1

    return replaced(RSTState, nested_parse=nested_parse)
