"""The end of a finding's place, for carets and for editors."""

from __future__ import annotations

import re

# a quoted text, or text up to a comment, the end of a key, or the next item in brackets
_QUOTED = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:''|[^'])*'")
_PLAIN = re.compile(r"(?:(?! #|:(?:\s|$)).)+")
_IN_BRACKETS = re.compile(r"(?:(?! #|:(?:\s|$)|[,\]}]).)+")


def end_column(line: str, column: int) -> int:
    """Return the column after the YAML word at ``column`` of ``line``.

    >>> end_column("- {name: small, size: 24.10}  # odd", 23)
    28
    >>> end_column("title: 'It''s'  # a name", 8)
    15
    >>> end_column("a: [b, {c: d}, e] # f", 4)
    18
    >>> end_column("title:", 7)
    7
    """
    start = column - 1
    if line[start:column] in ("{", "["):
        return _closed(line, start) + 1
    brackets = line.count("{", 0, start) + line.count("[", 0, start)
    plain = _IN_BRACKETS if brackets else _PLAIN
    if not (word := _QUOTED.match(line, start) or plain.match(line, start)):
        return column  # an empty value, or a place past the end
    return start + max(len(word[0].rstrip()), 1) + 1


def _closed(line: str, start: int) -> int:
    """Return the end of the bracket at ``start``, or of the line."""
    depth = 0
    for at in range(start, len(line)):
        depth += (line[at] in "{[") - (line[at] in "}]")
        if depth == 0:
            return at + 1
    return len(line.rstrip())
