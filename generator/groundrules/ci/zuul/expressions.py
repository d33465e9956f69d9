"""Regular expressions as Zuul reads them: RE2, and Perl's syntax where RE2 refuses.

Zuul falls back to Python's engine, which can be made to run for ever.  Here the fallback takes
apart what is common (looking ahead at the start) and asks RE2 for each part; another expression
goes to Python's engine only where few repetitions bound its time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import re2

LONGEST_PATTERN = 10_000
LONGEST_SUBJECT = 500
MOST_REPETITIONS = 3
MOST_KNOWN = 1000

Matches = Callable[[str], bool]


class InvalidError(ValueError):
    """An expression that neither engine accepts."""


class Expression:
    """A regular expression; ``negate`` turns its answer round.

    ``complaint`` is None for RE2; else what RE2 says, with ``is_run`` false where the fallback is
    not safe to run and the expression counts as matching nothing.

    Raises `InvalidError` when Python's engine refuses it too.
    """

    __slots__ = ("_known", "complaint", "full", "is_run", "negate", "pattern", "start")

    def __init__(self, pattern: str, negate: bool = False) -> None:
        self.pattern, self.negate = pattern, negate
        self.complaint: str | None = None
        self.is_run = True
        self._known: dict[str, bool] = {}
        try:
            self.start, self.full = _re2(pattern)
        except re2.error as error:
            self.complaint = _told(error)
            self._fall_back(pattern)

    def _fall_back(self, pattern: str) -> None:
        try:
            compiled = re.compile(pattern[:LONGEST_PATTERN])
        except (re.error, RecursionError, OverflowError) as error:
            raise InvalidError(str(error)) from None
        self.start = self.full = lambda subject: False
        if parts := _lookaheads(pattern):
            self.start, self.full = parts
        elif _is_tame(pattern):
            self.start = lambda subject: bool(compiled.match(subject[:LONGEST_SUBJECT]))
            self.full = lambda subject: bool(compiled.fullmatch(subject[:LONGEST_SUBJECT]))
        else:
            self.is_run = False

    def matches(self, subject: str) -> bool:
        """Return whether the start of ``subject`` matches; the same few are asked for often."""
        if (known := self._known.get(subject)) is not None:
            return known
        known = self.start(subject) is not self.negate
        if len(self._known) < MOST_KNOWN:
            self._known[subject] = known
        return known

    def matches_all(self, subject: str) -> bool:
        """Return whether the whole of ``subject`` matches."""
        return self.full(subject) is not self.negate


@lru_cache(maxsize=16384)
def expression(pattern: str, negate: bool = False) -> Expression:
    """Return the `Expression`, compiled once.  Raises `InvalidError`."""
    return Expression(pattern, negate)


def _re2(pattern: str) -> tuple[Matches, Matches]:
    options = re2.Options()
    options.log_errors = False
    compiled = re2.compile(pattern, options=options)
    return (
        lambda subject: compiled.match(subject) is not None,
        lambda subject: compiled.fullmatch(subject) is not None,
    )


def _told(error: Any) -> str:
    text = error.args[0] if error.args else "not RE2"
    return text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)


def _is_tame(pattern: str) -> bool:
    """Return whether so few repetitions occur that trying all ways ends soon."""
    repetitions = sum(pattern.count(sign) for sign in "*+{")
    nested = any(f"){sign}" in pattern for sign in "*+{")
    return len(pattern) <= LONGEST_PATTERN and repetitions <= MOST_REPETITIONS and not nested


def _lookaheads(pattern: str) -> tuple[Matches, Matches] | None:
    """Return how to answer ``^(?!a)(?=b)rest`` with RE2 alone, or None for another form."""
    rest = pattern.removeprefix("^")
    ahead: list[tuple[Matches, bool]] = []
    while rest.startswith(("(?!", "(?=")):
        end = _closing(rest)
        try:
            ahead.append((_re2(rest[3:end])[0], rest[2] == "="))
        except re2.error:
            return None
        rest = rest[end + 1 :]
    if not ahead or _has_alternatives(rest):
        return None
    try:
        start, full = _re2(rest)
    except re2.error:
        return None

    def looked(subject: str) -> bool:
        return all(matches(subject) is wanted for matches, wanted in ahead)

    return lambda s: looked(s) and start(s), lambda s: looked(s) and full(s)


def _closing(pattern: str) -> int:
    """Return where the group that ``pattern`` starts with is closed."""
    depth = 0
    for index, sign in _signs(pattern):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return index
    return len(pattern)


def _has_alternatives(pattern: str) -> bool:
    depth = 0
    for _, sign in _signs(pattern):
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and depth == 0:
            return True
    return False


def _signs(pattern: str) -> list[tuple[int, str]]:
    """Return the characters that are not escaped and not in a class, with their places."""
    return [
        (match.start(), match[0])
        for match in re.finditer(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", pattern, re.DOTALL)
        if len(match[0]) == 1
    ]
