r"""Lookaheads, split into expressions that RE2 runs in linear time.

``^tools/(?!lint|test)\w+`` matches if ``^tools/\w+`` matches and ``^tools/(?:lint|test)`` does
not.  This is exact if the part before ``(?!`` has a fixed length, so that it can match in only
one way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

Matches = Callable[[str], bool]
Compile = Callable[[str], tuple[Matches, Matches]]

_FLAGS = re.compile(r"\(\?[ims]+\)")  # Python allows them only at the start
_ONE = re.compile(r"(?:\\\W|[^\\\[\](){}|*+?$])(?![*+?{])")  # one character, once
_SIGN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)
MOST = 20  # lookaheads in one alternative; each repeats the expression before it
_AHEAD = ("(?!", "(?=")
_REPETITIONS = ("*", "+", "?", "{")


class NotLinearError(ValueError):
    """An expression that cannot be split."""


class _Alternative(Struct, frozen=True):
    """The expressions that must or must not match at the start, and those for start and whole."""

    ahead: tuple[tuple[Matches, bool], ...]
    start: Matches
    full: Matches

    def looked(self, subject: str) -> bool:
        return all(matches(subject) is wanted for matches, wanted in self.ahead)


class Lookaheads(Struct, frozen=True):
    """An expression that is split into parts for RE2.

    Raises `NotLinearError`.
    """

    alternatives: tuple[_Alternative, ...]

    @classmethod
    def of(cls, pattern: str, compiled: Compile) -> Lookaheads:
        """Split ``pattern``; ``compiled`` compiles a part with RE2.  Raises `NotLinearError`."""
        match = _FLAGS.match(pattern)
        flags = match[0] if match else ""
        parts = _alternatives(pattern[len(flags) :])
        return cls(tuple(_alternative(part, flags, compiled) for part in parts))

    def matches(self, subject: str) -> bool:
        """Return whether the start of ``subject`` matches."""
        return any(part.looked(subject) and part.start(subject) for part in self.alternatives)

    def matches_all(self, subject: str) -> bool:
        """Return whether the whole of ``subject`` matches."""
        return any(part.looked(subject) and part.full(subject) for part in self.alternatives)


def _alternative(pattern: str, flags: str, compiled: Compile) -> _Alternative:
    closings = _closings(pattern)
    ahead: list[tuple[Matches, bool]] = []
    before, at = "", 0
    while True:
        if pattern.startswith(_AHEAD, at):
            end = closings[at]
            if pattern.startswith(_REPETITIONS, end + 1) or len(ahead) == MOST:
                raise NotLinearError(pattern)
            inner = f"{flags}{before}(?:{pattern[at + 3 : end]})"
            ahead.append((_part(inner, compiled)[0], pattern[at + 2] == "="))
            at = end + 1
        elif one := _ONE.match(pattern, at):
            before, at = before + one[0], one.end()
        else:
            break
    return _Alternative(tuple(ahead), *_part(f"{flags}{before}{pattern[at:]}", compiled))


def _part(pattern: str, compiled: Compile) -> tuple[Matches, Matches]:
    try:
        return compiled(pattern)
    except ValueError:
        raise NotLinearError(pattern) from None


def _alternatives(pattern: str) -> list[str]:
    """Return the alternatives: the parts between bars outside of groups."""
    depth, bars = 0, [-1]
    for index, sign in _signs(pattern):
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and depth == 0:
            bars.append(index)
    return [
        pattern[start + 1 : end] for start, end in zip(bars, (*bars[1:], len(pattern)), strict=True)
    ]


def _closings(pattern: str) -> dict[int, int]:
    """Return the index of each group's closing bracket, by that of its opening one."""
    opened: list[int] = []
    closings = {}
    for index, sign in _signs(pattern):
        if sign == "(":
            opened.append(index)
        elif sign == ")" and opened:
            closings[opened.pop()] = index
    return closings


def _signs(pattern: str) -> Iterator[tuple[int, str]]:
    """Yield the characters that are not escaped and not in a class, with their indexes."""
    for match in _SIGN.finditer(pattern):
        if len(match[0]) == 1:
            yield match.start(), match[0]
