"""`formatted`: the text of a data file in the house style, verified by reading it again."""

from __future__ import annotations

from typing import Any

from groundrules.authoring.layout.ordering import order, ordered_values
from groundrules.authoring.layout.record_layouts import RecordLayout, RecordLayouts
from groundrules.authoring.layout.tree_text import printed
from groundrules.fixes.edits import newline_of
from groundrules.fixes.proof import comment_texts, plain_values
from groundrules.yamlsource import Problem
from groundrules.yamlsource.trees import marks, source_tree

_BREAKS = "\x85\u2028\u2029"  # YAML 1.1 ends a line at them, other programs do not
_BOM = "\ufeff"


def formatted(text: str, layout: RecordLayout, layouts: RecordLayouts) -> str:
    """Return the text in the house style; it keeps its line ends and byte order mark.

    Raises `Problem` for a text with a mistake, or whose meaning or comments would change.
    """
    mark = _BOM if text.startswith(_BOM) else ""
    before = text.removeprefix(_BOM).replace("\r\n", "\n").replace("\r", "\n")
    _check_breaks(before)
    values = plain_values(before)
    tree = source_tree(before)
    order(tree.root, layout, layouts)
    after = printed(tree)
    _check(before, after, values, lambda value: ordered_values(value, layout, layouts))
    return mark + after.replace("\n", newline_of(text))


def _check_breaks(text: str) -> None:
    for row, line in enumerate(text.split("\n")):
        for column, character in enumerate(line):
            if character in _BREAKS:
                message = f"the line separator U+{ord(character):04X} is invisible; remove it"
                raise Problem(message, row + 1, column + 1)


def _check(before: str, after: str, values: Any, sort: Any) -> None:
    """Raise `Problem` unless a text has the values, comments, anchors and tags of another."""
    try:
        is_same = sort(plain_values(after)) == sort(values)
    except Problem as problem:
        raise _refused(f"the result cannot be read: {problem.message}") from None
    if not is_same:
        raise _refused("the file would have another meaning")
    if _comments(after) != _comments(before):
        raise _refused("a comment would be lost")
    if sorted(marks(after)) != sorted(marks(before)):
        raise _refused("an anchor, alias or tag would be lost")


def _comments(text: str) -> list[str]:
    return sorted(comment.rstrip() for comment in comment_texts(text))


def _refused(reason: str) -> Problem:
    return Problem(f"cannot be formatted: {reason}; format this file by hand", 1, 1)
