"""What a negated item leaves of a list of irrelevant files, as far as the texts alone show it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto

from groundrules.checks.traps.paths import literal
from groundrules.graphs.definitions import FileMatcher

FIXED = re.compile(r"(?:[\w/-]|\\\W)*(?![*?+{])")
"""The start of an expression that every path it matches has."""


class Left(Enum):
    """The files that start a job, according to its list of irrelevant files."""

    NONE = auto()
    """The items match every file."""
    NEGATED = auto()
    """Every file that the negated item leaves, so that the other items have no effect."""
    UNKNOWN = auto()


def files_left(negated: FileMatcher, others: Sequence[FileMatcher]) -> Left:
    """Return what a list with a negated item leaves.

    The texts show this only if the negated one spells out a path, or the start of one.
    """
    path = literal(negated.pattern)
    if not path or not others:
        return Left.UNKNOWN
    is_whole = negated.pattern.endswith("$")
    left = {_left_by(item, path, is_whole=is_whole) for item in others}
    if Left.NONE in left:
        return Left.NONE
    return Left.UNKNOWN if Left.UNKNOWN in left else Left.NEGATED


def _left_by(item: FileMatcher, path: str, *, is_whole: bool) -> Left:
    """Return what one item leaves of a file, or of the files whose path starts with ``path``."""
    if is_whole:
        return Left.NONE if item.matches(path) else Left.NEGATED
    start = fixed_start(item.pattern)
    if start.startswith(path) or path.startswith(start):
        return Left.UNKNOWN
    return Left.NONE if item.negate else Left.NEGATED


def may_except(pattern: str, negated: str) -> bool:
    """Return whether an expression may be an exception to the files that a negated one leaves.

    An example is ``^src/manual/`` beside a negated ``^src/``.
    """
    return fixed_start(pattern).startswith(fixed_start(negated))


def fixed_start(pattern: str) -> str:
    """Return the start of every path that an expression matches, as far as it is fixed."""
    fixed = FIXED.match(pattern.removeprefix("^"))
    return "" if fixed is None or "|" in pattern else re.sub(r"\\(\W)", r"\1", fixed[0])
