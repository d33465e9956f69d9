"""`Node`: the start and end of a value in a text, for edits."""

from __future__ import annotations

import re
from typing import Any

import yaml
from msgspec import Struct

_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)*(?:[&!]\S*$)?", re.MULTILINE)


class Node(Struct):
    """A value as it is written.

    ``start`` and ``end`` are character offsets; an alias has no content, and its end is unknown
    (-1).  ``style`` is the quote or block mark of a scalar; ``flow`` means ``{}`` or ``[]``.
    ``keys`` and ``items`` are those of a mapping or list.
    """

    kind: str
    start: int
    end: int
    style: str = ""
    flow: bool = False
    keys: dict[str, tuple[Node, Node]] = {}
    items: list[Node] = []


def parsed(text: str) -> Node:
    """Return the root of a text that `read` has accepted."""
    shift = len(text) - len(text.removeprefix("\ufeff"))
    root = yaml.compose(text[shift:], yaml.CSafeLoader)
    return _node(root, text, 0, shift)


def _node(node: Any, text: str, after: int, shift: int) -> Node:
    start, end = node.start_mark.index + shift, node.end_mark.index + shift
    if start < after:  # written earlier, so this is an alias to it
        return Node("alias", after, -1)
    if (properties := _PROPERTIES.match(text, start, end)) and text[start : start + 1] in "&!":
        start = properties.end()
    if isinstance(node, yaml.ScalarNode):
        block = node.style in ("|", ">")
        return Node(
            "scalar", start, _content_end(text, start, end) if block else end, node.style or ""
        )
    return _collection(node, text, Node(node.id, start, end, flow=bool(node.flow_style)), shift)


def _collection(node: Any, text: str, made: Node, shift: int) -> Node:
    at = made.start
    for item in node.value:
        if isinstance(item, tuple):
            key = _node(item[0], text, at, shift)
            value = _node(item[1], text, max(key.end, at), shift)
            if isinstance(item[0], yaml.ScalarNode):
                made.keys[item[0].value] = key, value
            made.items += [key, value]
        else:
            value = _node(item, text, at, shift)
            made.items.append(value)
        at = max(value.end, at)
    if not made.flow and made.items:  # the parser ends a block where the next token starts
        made.start = min(made.start, made.items[0].start)
        made.end = made.items[-1].end
    return made


def _content_end(text: str, start: int, end: int) -> int:
    """Return the end of a block of text; the empty lines after it belong to it only with ``+``."""
    header = text[start:end].split("\n", 1)[0]
    return end if "+" in header else start + len(text[start:end].rstrip())
