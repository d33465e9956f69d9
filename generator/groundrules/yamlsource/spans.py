"""`Node`: the start and end of a value in a text, for edits."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import yaml
from msgspec import Struct

_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)*(?:[&!]\S*$)?", re.MULTILINE)


class Node(Struct):
    """A value as it is written.

    ``start`` and ``end`` are character offsets.  ``style`` is the quote or block mark of a scalar;
    ``flow`` means ``{}`` or ``[]``, or inside of them.  ``keys`` and ``items`` are those of a
    mapping or list.
    """

    kind: str
    start: int
    end: int
    style: str = ""
    flow: bool = False
    keys: dict[str, tuple[Node, Node]] = {}
    items: list[Node] = []


def parsed(text: str) -> Node:
    """Return the root of a text that `read` has accepted and that has a value."""
    shift = len(text) - len(text.removeprefix("\ufeff"))
    parser = yaml.CSafeLoader(text[shift:])
    try:
        while not isinstance(event := parser.get_event(), yaml.NodeEvent):
            pass  # the start of the stream, and of the document
        return _Nodes(text, shift, parser.get_event).node(event)
    finally:
        parser.dispose()


class _Nodes(Struct):
    """Builds nodes from events, because PyYAML's composer drops the places of aliases."""

    text: str
    shift: int
    next_event: Callable[[], Any]

    def node(self, event: Any) -> Node:
        start, end = self.place(event)
        if isinstance(event, yaml.AliasEvent):
            return Node("alias", start, end)
        properties = _PROPERTIES.match(self.text, start, end)
        if properties and self.text[start : start + 1] in "&!":
            start = properties.end()
        if isinstance(event, yaml.ScalarEvent):
            if event.style in ("|", ">"):
                end = _content_end(self.text, start, end)
            return Node("scalar", start, end, event.style or "")
        return self.collection(event, start)

    def place(self, event: Any) -> tuple[int, int]:
        return event.start_mark.index + self.shift, event.end_mark.index + self.shift

    def collection(self, event: Any, start: int) -> Node:
        kind = "sequence" if isinstance(event, yaml.SequenceStartEvent) else "mapping"
        made = Node(kind, start, start, flow=bool(event.flow_style))
        names: list[str | None] = []  # the texts of scalars
        while not isinstance(event := self.next_event(), yaml.CollectionEndEvent):
            names.append(getattr(event, "value", None))
            made.items.append(item := self.node(event))
            item.flow |= made.flow
        if kind == "mapping":
            pairs = zip(names[::2], made.items[::2], made.items[1::2], strict=True)
            made.keys |= {name: (key, value) for name, key, value in pairs if name is not None}
        made.end = self.place(event)[1]
        if not made.flow and made.items:  # the parser ends a block where the next token starts
            made.start = min(made.start, made.items[0].start)
            made.end = made.items[-1].end
        return made


def _content_end(text: str, start: int, end: int) -> int:
    """Return the end of a block of text; the empty lines after it belong to it only with ``+``."""
    header = text[start:end].split("\n", 1)[0]
    return end if "+" in header else start + len(text[start:end].rstrip())
