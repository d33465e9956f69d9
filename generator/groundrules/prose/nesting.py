"""Blocks in blocks of a text, no deeper than readers could follow.

Docutils reads each by a call inside the last, and Sphinx stores a page the same way: a hundred
of them, in a text of a few lines, end the program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from docutils.parsers.rst.states import RSTState
from docutils.statemachine import StringList

MOST = 20


@contextmanager
def nested_at_most(most: int, refuse: Callable[[int], None]) -> Iterator[None]:
    """Let docutils read ``most`` blocks in each other; ``refuse`` gets the line of the next.

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

    RSTState.nested_parse = nested_parse  # type: ignore[method-assign]
    try:
        yield
    finally:
        RSTState.nested_parse = saved  # type: ignore[method-assign]
