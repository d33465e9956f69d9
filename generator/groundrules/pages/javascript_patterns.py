r"""Expressions of RE2 as JavaScript, where a browser surely decides the same.

The two differ in what ``.`` and ``\s`` match, in flags, and in the names of groups.  A browser also
tries the ways of a match one by one, so an expression with many of them could stop it.  Everything
that is not known to be equal is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

LONGEST_PATH = 500
"""The browser does not compare longer paths."""

LONGEST_PATTERN = 2_000
MOST_STEPS = 50_000_000
DEEPEST = 20

_TOKEN = re.compile(
    r"""(?P<set>\[\^?(?:\\.|[^\]\\])+\])
      | (?P<open>\((?:\?:|\?P?<\w+>)?(?!\?))
      | (?P<close>\))
      | (?P<or>\|)
      | (?P<repeat>[*+?]\??|\{(?P<least>\d{1,2})(?P<comma>,(?P<most>\d{1,2})?)?\}\??)
      | (?P<edge>[\^$]|\\[Abz])
      | (?P<escape>\\.)
      | (?P<any>\.)
      | (?P<sign>[^\\\[\]{}()|*+?^$.])""",
    re.VERBOSE | re.DOTALL,
)
_EDGES = {"^": "^", "$": "$", r"\A": "^", r"\z": "$", r"\b": r"\b"}
_SETS = {"d": "0-9", "w": "0-9A-Za-z_", "s": r"\t\n\f\r "}
_SIGNS = {"t": r"\t", "n": r"\n", "r": r"\r", "f": r"\f"}
_IN_SET = re.compile(r"\\.|[^\\]", re.DOTALL)


class NotEqualError(ValueError):
    """An expression that JavaScript may decide differently."""


class _Part(NamedTuple):
    """A part in JavaScript, and a bound of the ways in which it can match a path."""

    text: str
    ways: int = 1
    is_edge: bool = False


def in_javascript(pattern: str) -> str | None:
    """Return an expression that matches where RE2's matches the start of a path.

    None if there is no such expression.
    """
    try:
        if len(pattern) > LONGEST_PATTERN:
            return None
        part = _Parser(pattern).whole()
    except NotEqualError:
        return None
    return f"^(?:{part.text})" if part.ways <= MOST_STEPS else None


class _Parser:
    """Reads an expression from left to right."""

    def __init__(self, pattern: str) -> None:
        self._tokens = [*_tokens(pattern)]
        self._at = self._depth = 0

    def whole(self) -> _Part:
        part = self._alternatives()
        if self._at < len(self._tokens):
            raise NotEqualError
        return part

    def _alternatives(self) -> _Part:
        parts = [self._sequence()]
        while self._next_is("or"):
            self._at += 1
            parts.append(self._sequence())
        return _Part("|".join(part.text for part in parts), sum(part.ways for part in parts))

    def _sequence(self) -> _Part:
        texts, ways = [], 1
        while self._at < len(self._tokens) and not self._next_is("or", "close"):
            part = self._repeated(self._one())
            texts.append(part.text)
            ways *= part.ways
        return _Part("".join(texts), ways)

    def _next_is(self, *kinds: str) -> bool:
        return self._at < len(self._tokens) and self._tokens[self._at].lastgroup in kinds

    def _one(self) -> _Part:
        token = self._tokens[self._at]
        self._at += 1
        if token.lastgroup == "open":
            return self._group()
        if token.lastgroup == "edge":
            return _Part(_EDGES[token[0]], is_edge=True)
        return _Part(_one_sign(token))

    def _group(self) -> _Part:
        self._depth += 1
        if self._depth > DEEPEST:
            raise NotEqualError
        inner = self._alternatives()
        if not self._next_is("close"):
            raise NotEqualError
        self._at += 1
        self._depth -= 1
        return _Part(f"(?:{inner.text})", inner.ways)

    def _repeated(self, part: _Part) -> _Part:
        if not self._next_is("repeat"):
            return part
        token = self._tokens[self._at]
        self._at += 1
        if part.is_edge or self._next_is("repeat"):
            raise NotEqualError
        if token[0].startswith("?"):
            return _Part(f"{part.text}?", part.ways + 1)
        if part.ways > 1:  # repetitions of repetitions
            raise NotEqualError
        return _Part(f"{part.text}{token[0].removesuffix('?')}", _times(token))


def _tokens(pattern: str) -> Iterator[re.Match[str]]:
    at = 0
    while at < len(pattern):
        token = _TOKEN.match(pattern, at)
        if token is None:
            raise NotEqualError
        yield token
        at = token.end()


def _times(token: re.Match[str]) -> int:
    """Return how many repetitions there may be."""
    if token["least"] is None or (token["comma"] and token["most"] is None):
        return LONGEST_PATH
    least, most = int(token["least"]), int(token["most"] or token["least"])
    if most < least:
        raise NotEqualError
    return most - least + 1


def _one_sign(token: re.Match[str]) -> str:
    """Return what matches one character."""
    if token.lastgroup == "any":
        return r"[^\n]"
    if token.lastgroup == "set":
        return _set(token[0])
    sign = token[0]
    if token.lastgroup == "escape" and sign[1].isalnum():
        name = sign[1]
        if name in _SIGNS:
            return _SIGNS[name]
        if name.lower() not in _SETS:
            raise NotEqualError
        return f"[{'^' if name.isupper() else ''}{_SETS[name.lower()]}]"
    if token.lastgroup not in ("escape", "sign"):
        raise NotEqualError
    return _quoted(sign[-1])


def _quoted(sign: str) -> str:
    """Return a character that has no other meaning, in a set or outside."""
    if sign.isascii() and (sign.isalnum() or sign in "_ "):
        return sign
    return f"\\u{{{ord(sign):x}}}"


def _set(text: str) -> str:
    is_negated = text.startswith("[^")
    inner = text[2:-1] if is_negated else text[1:-1]
    if "[:" in inner or "&&" in inner or inner.startswith("]"):
        raise NotEqualError
    signs: list[str] = _IN_SET.findall(inner)
    made = [_in_set(sign) for sign in signs]
    for at, sign in enumerate(signs):
        if sign == "-" and 0 < at < len(signs) - 1:
            first, last = signs[at - 1], signs[at + 1]
            is_range = _is_plain(first) and _is_plain(last) and first <= last
            if not is_range or (at > 2 and signs[at - 2] == "-"):
                raise NotEqualError
            made[at] = "-"
    return f"[{'^' if is_negated else ''}{''.join(made)}]"


def _is_plain(sign: str) -> bool:
    return len(sign) == 1 and sign.isascii() and sign.isalnum()


def _in_set(sign: str) -> str:
    if len(sign) == 2 and sign[1].isalnum():
        if sign[1] in _SIGNS or sign[1] in _SETS:
            return _SIGNS.get(sign[1]) or _SETS[sign[1]]
        raise NotEqualError
    return _quoted(sign[-1])
