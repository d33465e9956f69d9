"""The comments of a YAML text: the parser drops them, so they are found between scalars."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate

from msgspec import Struct

from groundrules.yamlsource.values import Place

# https://yaml.org/spec/1.1/#id864687: a comment starts at a line's start or after white space
_MARK = re.compile(r"(?:^|(?<=[ \t]))#", re.MULTILINE)
_BREAK = re.compile(r"[\r\n\x85\u2028\u2029]|\Z")


class Comment(Struct, frozen=True):
    """A comment: its text from ``#``, its place, and whether it is on its own line.

    ``lines`` are the lines to which it applies: its own line or the next one with content, with
    all lines of a text that starts or ends there.
    """

    text: str
    place: Place
    alone: bool
    lines: range


def comments(text: str) -> list[Comment]:
    """Return the comments of a text; nothing if it cannot be scanned.

    Every line and scalar is read once, for any number of comments.
    """
    text = text.removeprefix("\ufeff")
    if "#" not in text:
        return []
    import yaml

    try:
        scalars = list(_scalars(text))
    except yaml.YAMLError:
        return []
    lines = _Lines(text, (lines for *_, lines in scalars))
    starts = [start for start, *_ in scalars]
    comments = []
    end = 0
    for mark in _MARK.finditer(text):
        at = mark.start()
        before = bisect_right(starts, at) - 1
        if at < end or (before >= 0 and at < scalars[before][1]):
            continue  # inside a comment, or a scalar
        end = _end_of_line(text, at)
        comments.append(lines.comment(text[at:end], at))
    return comments


class _Lines:
    """The lines of a text: the start of each, the next one with content, and its scalar."""

    def __init__(self, text: str, scalars: Iterable[range]) -> None:
        self._lines = text.splitlines(keepends=True)
        self._starts = list(accumulate(map(len, self._lines), initial=0))
        self._next = self._next_that_say_something()
        self._spans: dict[int, tuple[int, int]] = {}
        for lines in scalars:
            for line in (lines[0], lines[-1]):
                first, last = self._spans.get(line, (line, line))
                self._spans[line] = min(first, lines[0]), max(last, lines[-1])

    def _next_that_say_something(self) -> list[int]:
        """Return for each line the first one, from itself on, that is neither empty nor a comment.

        Lines count from 1.
        """
        following = [0] * (len(self._lines) + 1)
        says = 0
        for number in range(len(self._lines), 0, -1):
            following[number] = says or number
            if self._lines[number - 1].strip()[:1] not in ("", "#"):
                says = number
        return following

    def comment(self, text: str, at: int) -> Comment:
        """Return the comment that starts at the index ``at``."""
        line = bisect_right(self._starts, at, hi=len(self._lines))
        start = self._starts[line - 1]
        alone = not self._lines[line - 1][: at - start].strip()
        about = self._next[line] if alone else line
        first, last = self._spans.get(about, (about, about))
        return Comment(text, Place(line, at - start + 1), alone, range(first, last + 1))


def _scalars(text: str) -> Iterator[tuple[int, int, range]]:
    import yaml

    from groundrules.yamlsource.tokens import tokens

    for token in tokens(text):
        if isinstance(token, yaml.ScalarToken):
            start, end = token.start_mark.index, token.end_mark.index
            lines = _lines(text, token.start_mark.line, start, end)
            if text[start] in "|>" and token.style in ("|", ">"):
                start = _end_of_line(text, start)  # its first line may end in a comment
            yield start, end, lines


def _lines(text: str, line: int, start: int, end: int) -> range:
    return range(line + 1, line + 1 + max(len(text[start:end].rstrip().splitlines()), 1))


def _end_of_line(text: str, at: int) -> int:
    newline = _BREAK.search(text, at)
    return newline.start() if newline else len(text)
