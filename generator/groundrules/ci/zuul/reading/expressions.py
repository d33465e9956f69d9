"""Regular expressions as Zuul reads them: RE2, and Python's syntax as a fallback.

Zuul falls back to Python's engine, which an expression can keep busy forever.  Here, lookaheads
are split into parts that RE2 can run, and other expressions are not run.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from typing import Any
from weakref import WeakValueDictionary

import re2

from groundrules.ci.zuul.reading.lookaheads import Lookaheads, NotLinearError
from groundrules.ci.zuul.reading.programs import PROGRAMS
from groundrules.text import verbatim

LONGEST_PATTERN = 10_000
MOST_KNOWN = 1000

Matches = Callable[[str], bool]


class InvalidError(ValueError):
    """An expression that is invalid for both engines."""


class Expression:
    """A regular expression; ``negate`` inverts the result.

    ``complaint`` is RE2's error message, or None.  ``is_run`` is false if only Python's engine
    could run the expression; it then matches nothing.

    Raises `InvalidError` if Python's engine rejects it too.
    """

    __slots__ = (
        "__weakref__",
        "_known",
        "complaint",
        "full",
        "is_run",
        "negate",
        "pattern",
        "start",
    )

    def __init__(self, pattern: str, negate: bool = False) -> None:
        self.pattern, self.negate = pattern, negate
        self.complaint: str | None = None
        self.is_run = True
        self._known: dict[str, bool] = {}
        try:
            self.start, self.full = _re2(pattern)
        except NotRE2Error as error:
            self.complaint = str(error)
            self._fall_back(pattern)

    def _fall_back(self, pattern: str) -> None:
        self.start = self.full = lambda subject: False
        self.is_run = False
        if len(pattern) > LONGEST_PATTERN:
            return
        try:
            with warnings.catch_warnings():  # future changes of Python are not errors
                warnings.simplefilter("ignore")
                re.compile(pattern)
        except (re.error, RecursionError, OverflowError) as error:
            raise InvalidError(str(error)) from None
        with suppress(NotLinearError):
            parts = Lookaheads.of(pattern, _re2)
            self.start, self.full, self.is_run = parts.matches, parts.matches_all, True

    def matches(self, subject: str) -> bool:
        """Return whether the start of ``subject`` matches; answers are cached."""
        if (known := self._known.get(subject)) is not None:
            return known
        known = self.start(subject) is not self.negate
        if len(self._known) < MOST_KNOWN:
            self._known[subject] = known
        return known

    def matches_all(self, subject: str) -> bool:
        """Return whether the whole of ``subject`` matches."""
        return self.full(subject) is not self.negate


# more may be in use than are cached: the files of every branch share them
_in_use: WeakValueDictionary[tuple[str, bool], Expression] = WeakValueDictionary()


@lru_cache(maxsize=16384)
def expression(pattern: str, negate: bool = False) -> Expression:
    """Return the `Expression`, compiled once while it is in use.  Raises `InvalidError`."""
    key = pattern, negate
    if (compiled := _in_use.get(key)) is None:
        compiled = _in_use[key] = Expression(pattern, negate)
    return compiled


class NotRE2Error(ValueError):
    """An expression that RE2 does not accept, with the message of RE2."""


def for_re2(pattern: str) -> Any:
    """Return an expression as RE2 compiles it, without a line in its log.  Raises `re2.error`."""
    return PROGRAMS.of(pattern)


def _re2(pattern: str) -> tuple[Matches, Matches]:
    try:
        for_re2(pattern)
    except re2.error as error:
        raise NotRE2Error(_text_of(error)) from None
    # not the program itself, which would be kept as long as the expression
    return (
        lambda subject: for_re2(pattern).match(subject) is not None,
        lambda subject: for_re2(pattern).fullmatch(subject) is not None,
    )


def _text_of(error: Any) -> str:
    """Return RE2's message, with the part of the expression at its end in quotes."""
    text = error.args[0] if error.args else "not RE2"
    text = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    kind, colon, part = text.partition(": ")
    return f"{kind}{colon}{verbatim(part)}" if part else text


def is_matched(path: str, pattern: str, negate: bool) -> bool:
    """Return whether a file matcher matches a path; one that is invalid matches itself only."""
    if pattern == path:
        return not negate
    try:
        return expression(pattern, negate).matches(path)
    except InvalidError:
        return False
