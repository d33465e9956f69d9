"""`formatted`: the text of a data file in the house style, verified by reading it again."""

from __future__ import annotations

from typing import Any

from groundrules.authoring.layout.record_layouts import RecordLayout, RecordLayouts
from groundrules.authoring.layout.tree_text import printed
from groundrules.fixes.edits import newline_of
from groundrules.fixes.proof import comment_texts, plain_values
from groundrules.text import natural_key
from groundrules.yamlsource import Problem
from groundrules.yamlsource.trees import TreeEntry, TreeNode, marks, source_tree

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


_MERGE = "<<"
_UNKNOWN = RecordLayout()


def order(node: TreeNode, layout: RecordLayout, layouts: RecordLayouts) -> None:
    """Order the entries of a record and of its parts in place.

    An alias never moves before its anchor: entries that name the same anchor keep their order.
    """
    if node.kind == "sequence":
        for entry in node.entries:
            order(entry.value, layout, layouts)
    if node.kind != "mapping" or not layout.keys:
        return
    for entry in node.entries:
        part = layouts.get(layout.parts.get(entry.name, ""), _UNKNOWN)
        order(entry.value, part, layouts)
        if entry.name in layout.unordered:
            _sort(entry.value)
    places = {key: place for place, key in enumerate((_MERGE, *layout.keys))}
    last = len(places)  # unknown keys keep their order
    _reorder(node, sorted(node.entries, key=lambda entry: places.get(entry.name, last)))


def ordered_values(value: Any, layout: RecordLayout, layouts: RecordLayouts) -> Any:
    """Return values as `plain_values` has them, each list sorted whose order has no meaning."""
    if isinstance(value, list):
        return [ordered_values(item, layout, layouts) for item in value]
    if isinstance(value, tuple):  # a type or tag, and the value
        return value[0], ordered_values(value[1], layout, layouts)
    if not isinstance(value, dict) or not layout.keys:
        return value
    result = {}
    for key, item in value.items():
        part = layouts.get(layout.parts.get(key, ""), _UNKNOWN)
        result[key] = ordered_values(item, part, layouts)
        if key in layout.unordered and isinstance(item, list):
            result[key] = sorted(item, key=repr)
    return result


def _sort(node: TreeNode) -> None:
    """Sort a list of texts; leave one with an anchor, because elsewhere its order may matter."""
    is_plain = all(
        entry.value.kind == "scalar" and not entry.value.properties for entry in node.entries
    )
    if node.kind == "sequence" and is_plain and not node.properties:
        _reorder(node, sorted(node.entries, key=lambda entry: natural_key(entry.value.text)))


def _reorder(node: TreeNode, entries: list[TreeEntry]) -> None:
    if not node.has_comments and _by_name(entries) == _by_name(node.entries):
        node.entries = entries


def _by_name(entries: list[TreeEntry]) -> dict[str, list[int]]:
    """Return the entries of each anchor and its aliases, in their order."""
    by_name: dict[str, list[int]] = {}
    for entry in entries:
        for name in entry.names:
            by_name.setdefault(name, []).append(id(entry))
    return by_name
