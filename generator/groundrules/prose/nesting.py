"""Limits the nesting of blocks in a text.

Docutils parses nested blocks recursively, and Sphinx pickles pages recursively: a hundred levels,
in a text of a few lines, end the program.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from docutils.parsers.rst.states import RSTState
from docutils.statemachine import StringList

from groundrules.replaced import replaced

MOST = 20


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
