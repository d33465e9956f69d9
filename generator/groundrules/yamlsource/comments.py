"""Comments of a YAML text, which the parser drops: found between the scalars that it scans."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from groundrules.yamlsource.values import Place

# https://yaml.org/spec/1.1/#id864687: '#' begins a comment at a line's start or after white space
_MARK = re.compile(r"(?:^|(?<=[ \t]))#", re.MULTILINE)
_BREAK = re.compile(r"[\r\n\x85\u2028\u2029]|\Z")


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment: its text from ``#`` on, its place, and whether it has a line of its own.

    ``lines`` are those it speaks of: its own line, or the next one that says something, with all
    lines of a text that begins or ends there.
    """

    text: str
    place: Place
    alone: bool
    lines: range


def comments(text: str) -> list[Comment]:
    """Return the comments of a text; none of one that cannot be scanned."""
    text = text.removeprefix("\ufeff")
    if "#" not in text:
        return []
    try:
        scalars = list(_scalars(text))
    except yaml.YAMLError:
        return []
    starts = [start for start, *_ in scalars]
    lines, found = text.splitlines(), []
    end = 0
    for mark in _MARK.finditer(text):
        at = mark.start()
        before = bisect_right(starts, at) - 1
        if at < end or (before >= 0 and at < scalars[before][1]):
            continue  # inside a comment, or a scalar
        end = _end_of_line(text, at)
        found.append(_comment(text[at:end], _place(text, at), lines, scalars))
    return found


def _comment(
    text: str, place: Place, lines: list[str], scalars: list[tuple[int, int, range]]
) -> Comment:
    alone = not lines[place.line - 1][: place.column - 1].strip()
    line = _next_line(lines, place.line) if alone else place.line
    spans = [span for *_, span in scalars if line in (span[0], span[-1])]
    first = min((span[0] for span in spans), default=line)
    last = max((span[-1] for span in spans), default=line)
    return Comment(text, place, alone, range(first, last + 1))


def _next_line(lines: list[str], line: int) -> int:
    """Return the first line after ``line`` that is neither empty nor a comment."""
    following = enumerate(lines[line:], line + 1)
    says = (number for number, each in following if each.strip()[:1] not in ("", "#"))
    return next(says, line)


def _scalars(text: str) -> Iterator[tuple[int, int, range]]:
    """Yield the characters that each scalar takes up, from and to, and its lines."""
    parser = yaml.CSafeLoader(text)
    try:
        while token := parser.get_token():
            if isinstance(token, yaml.ScalarToken):
                start, end = token.start_mark.index, token.end_mark.index
                lines = _lines(text, token.start_mark.line, start, end)
                if text[start] in "|>" and token.style in ("|", ">"):
                    start = _end_of_line(text, start)  # its first line may end in a comment
                yield start, end, lines
    finally:
        parser.dispose()


def _lines(text: str, line: int, start: int, end: int) -> range:
    return range(line + 1, line + 1 + max(len(text[start:end].rstrip().splitlines()), 1))


def _end_of_line(text: str, at: int) -> int:
    found = _BREAK.search(text, at)
    return found.start() if found else len(text)


def _place(text: str, at: int) -> Place:
    before = f"{text[:at]}.".splitlines()
    return Place(len(before), len(before[-1]))
