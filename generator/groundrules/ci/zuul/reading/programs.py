"""RE2's programs of regular expressions: as many as fit in a limit are kept.

RE2 gives each expression up to 8 MB, and Zuul accepts any number of expressions.
"""

from __future__ import annotations

from threading import Lock
from typing import Any

import re2

MOST_KEPT = 2_000_000
"""The instructions of all programs that are kept; one takes up to 32 bytes."""

OVERHEAD = 100
"""What a program takes besides its instructions, counted in instructions."""

LARGE = 1000
"""The instructions of a program that re2 must not keep: it keeps 128 of any size."""


class Programs:
    """The programs that were used last, up to a sum of their sizes."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self.most, self.size = most, 0
        self._kept: dict[str, Any] = {}  # the one that was used last is at the end
        self._lock = Lock()

    def of(self, pattern: str) -> Any:
        """Return the program of an expression, compiled if it is not kept.  Raises `re2.error`."""
        with self._lock:
            program = self._kept.pop(pattern, None)
            if program is None:
                program = _compiled(pattern)
                self.size += _size(program)
            self._kept[pattern] = program
            while self.size > self.most:
                self.size -= _size(self._kept.pop(next(iter(self._kept))))
            return program


def _compiled(pattern: str) -> Any:
    options = re2.Options()
    options.log_errors = False
    program = re2.compile(pattern, options=options)
    if program.programsize > LARGE:
        re2.purge()
    return program


def _size(program: Any) -> int:
    return int(program.programsize) + OVERHEAD


PROGRAMS = Programs()
