"""`ChangedFiles`: the paths of a change, and which of them match expressions.

Zuul leaves out the commit message, and lets every matcher pass when no file is left
(``MatchAnyFiles`` and ``MatchAllFiles`` in zuul/change_matcher.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec import Struct

from groundrules.ci.zuul.reading.expressions import expression
from groundrules.ci.zuul.reading.objects import Pattern

COMMIT_MESSAGE = "/COMMIT_MSG"


class Match(NamedTuple):
    """An expression and the first changed file that it matches."""

    pattern: Pattern
    path: str


class ChangedFiles(Struct):
    """The paths of a change without the commit message.

    An expression is compared with each path once, whatever number of jobs has it.
    """

    paths: tuple[str, ...] = ()
    _bits: dict[Pattern, int] = {}

    @classmethod
    def of(cls, paths: Iterable[str]) -> ChangedFiles:
        """Return the files of a change."""
        return cls(tuple(path for path in dict.fromkeys(paths) if path != COMMIT_MESSAGE))

    def first_match(self, patterns: Sequence[Pattern]) -> Match | None:
        """Return the first expression that matches a file."""
        for pattern in patterns:
            if bits := self._matched(pattern):
                return Match(pattern, self._first(bits))
        return None

    def first_outside(self, patterns: Sequence[Pattern]) -> str | None:
        """Return the first file that no expression matches."""
        bits = 0
        for pattern in patterns:
            bits |= self._matched(pattern)
        left = ~bits & ((1 << len(self.paths)) - 1)
        return self._first(left) if left else None

    def _first(self, bits: int) -> str:
        return self.paths[(bits & -bits).bit_length() - 1]

    def _matched(self, pattern: Pattern) -> int:
        """Return a number with one bit for each path, set if the expression matches it."""
        if (known := self._bits.get(pattern)) is None:
            compiled = expression(*pattern)
            flags = "".join("01"[compiled.matches(path)] for path in reversed(self.paths))
            known = self._bits[pattern] = int(flags, 2) if flags and compiled.is_run else 0
        return known


def not_run(patterns: Iterable[Pattern]) -> str:
    """Return the first expression that is not run here; empty if there is none."""
    return next((pattern[0] for pattern in patterns if not expression(*pattern).is_run), "")
