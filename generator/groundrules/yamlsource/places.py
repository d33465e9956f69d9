"""Places in a text: of a byte, and of a character of a folded value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from groundrules.yamlsource.values import Place

_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)*")  # an anchor and a tag before a value
_ESCAPE = re.compile(r"\\(?:x(\w{2})|u(\w{4})|U(\w{8})|(.))")
_ESCAPED_SPACES = " \tntvfrNLP_"  # after a backslash: characters that are white space


@lru_cache(maxsize=8)  # callers need many places in one text
def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines of a file, without a byte order mark."""
    return tuple(text.removeprefix("\ufeff").splitlines())


def place_of_byte(data: bytes, offset: int) -> Place:
    """Return the place of the byte at ``offset``; bytes before it can have any encoding."""
    before = lines_of(f"{data[:offset].decode('utf-8', 'replace')}.")
    return Place(len(before), len(before[-1]))


def place_in(text: str, start: Place, value: str, index: int) -> Place:
    """Return the place of character ``index`` of the scalar ``value`` in the file ``text``.

    ``start`` is the place of the scalar.  The style of a scalar changes only white space and
    escapes, so counting the other characters finds the same character in the file.  The result
    for white space is the next character; for the end, it is the last one.
    """
    wanted = min(_visible(value[:index]), max(_visible(value) - 1, 0))
    place = start
    for at in _characters(lines_of(text), start):
        place = at
        if wanted == 0:
            break
        wanted -= 1
    return place


def _visible(text: str) -> int:
    return len("".join(text.split()))


def _characters(lines: tuple[str, ...], start: Place) -> Iterator[Place]:
    """Yield the place of every character of the scalar at ``start`` that is not white space."""
    row, column = start.line - 1, start.column - 1
    if properties := _PROPERTIES.match(lines[row], column):
        column = properties.end()
    style = lines[row][column : column + 1]
    if style and style in "|>":
        row, column = row + 1, 0
    elif style and style in "'\"":
        column += 1
    for number in range(row, len(lines)):
        for at in _LINES.get(style, _plain)(lines[number], column):
            yield Place(number + 1, at + 1)
        column = 0


def _plain(line: str, column: int) -> Iterator[int]:
    return (at for at in range(column, len(line)) if not line[at].isspace())


def _single_quoted(line: str, column: int) -> Iterator[int]:
    while column < len(line):
        if not line[column].isspace():
            yield column
        column += 2 if line.startswith("''", column) else 1


def _double_quoted(line: str, column: int) -> Iterator[int]:
    while column < len(line):
        escape = _ESCAPE.match(line, column)
        if not _white(escape, line[column]):
            yield column
        column = escape.end() if escape else column + 1


def _white(escape: re.Match[str] | None, character: str) -> bool:
    """Return whether a part of double-quoted text is white space, or ends a line."""
    if escape is None:
        return character.isspace() or character == "\\"
    if short := escape[4]:
        return short in _ESCAPED_SPACES
    return chr(int(escape[1] or escape[2] or escape[3], 16)).isspace()


_LINES = {"'": _single_quoted, '"': _double_quoted}
