"""Ignore comments on hand-written pages: ``.. groundrules:`` in ``.rst``, ``%`` in MyST."""

from __future__ import annotations

import re

from groundrules.yamlsource import Comment, Place

_MARKS = {
    ".rst": re.compile(r"\s*(\.\.\s+groundrules:.*)"),
    ".md": re.compile(r"\s*(%\s*groundrules:.*)"),
}
PAGES = tuple(_MARKS)


def page_comments(path: str, text: str) -> list[Comment]:
    """Return the comments of a page that are meant for this tool.

    Each is on a line of its own and applies to the next block, the lines up to an empty one.
    """
    mark = _MARKS[path[path.rindex(".") :]]
    lines = text.split("\n")
    block, end = range(0), len(lines) + 1
    comments: list[Comment] = []
    for number in range(len(lines), 0, -1):
        line = lines[number - 1]
        if match := mark.fullmatch(line):
            comments.append(Comment(match[1], Place(number, match.start(1) + 1), True, block))
            end = number
        elif line.strip():
            block = range(number, end)
        else:
            end = number
    return comments[::-1]
