"""`ValueEdits`: the edits of a text where a value differs, each at a place of the old text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any

from msgspec import Struct

from groundrules.fix import Route
from groundrules.fixes.edits import (
    Edit,
    NoWayError,
    column_of,
    line_end,
    line_start,
    lines_below,
    newline_of,
    with_edits,
)
from groundrules.fixes.new_values import block_text, is_in_one_line
from groundrules.fixes.proof import is_same
from groundrules.yamlsource import Tagged
from groundrules.yamlsource.spans import Node
from groundrules.yamlsource.writing import flow_text

Remarks = Mapping[Route, str]
"""Comments for new items of lists, by the route of the item."""


class ValueEdits(Struct):
    """Collects the edits of one text, each at a place of the text as it is."""

    before: str
    remarks: Remarks
    overrides: bool = True
    """Whether a key is added that a merge brings with another value."""

    edits: list[Edit] = []
    shared: list[int] = []
    expanded: list[int] = []
    _anchored: dict[int, Any] = {}  # the new values of changed collections, by their identity

    @property
    def text(self) -> str:
        """The text with the edits.  Raises `NoWayError` if two of them overlap."""
        return with_edits(self.before, self.edits)

    def value(self, node: Node, old: Any, new: Any, route: Route) -> None:
        """Change one value."""
        if is_same(old, new):
            return
        if node.kind == "alias":
            self.alias(node, old, new, route)
            return
        self._anchored[id(old)] = new
        if isinstance(old, dict) and isinstance(new, dict):
            self.mapping(node, old, new, route)
        elif isinstance(old, list) and isinstance(new, list):
            self.sequence(node, old, new, route)
        elif _names(old, new):
            self.named(node, new, route)
        elif isinstance(old, Tagged):
            start = self.before.rindex(old.tag, 0, node.start)
            self.edits.append(Edit(start, node.end, flow_text(new)))
        else:
            self.replace(node, new, route)

    def alias(self, node: Node, old: Any, new: Any, route: Route) -> None:
        """Keep an alias whose anchor gets the same value, and replace others by their values."""
        if id(old) in self._anchored and is_same(self._anchored[id(old)], new):
            self.shared.append(node.start)
            return
        self.expanded.append(node.start)
        self.replace(node, new, route)

    def replace(self, node: Node, new: Any, route: Route) -> None:
        """Write a value in the place of another one."""
        if node.kind == "scalar" and node.style in ("|", ">"):
            raise NoWayError("its value is a block of text")
        if node.items and not node.flow:
            below = self.block(new, self.column(node), route)
            self.edits.append(Edit(node.start, node.end, below.strip()))
            return
        start = line_start(self.before, node.start)
        line = self.before[start : node.start]
        has_more = self.before[node.end : line_end(self.before, node.end)].strip()
        if node.flow or is_in_one_line(new) or has_more:
            self.edits.append(Edit(node.start, node.end, flow_text(new)))
            return
        # the value of a key: below it, two columns deeper than the key
        key = len(line) - len(line.lstrip(" -"))
        below = self.block(new, key + 2, route)
        start = node.start - (len(line) - len(line.rstrip()))
        self.edits.append(Edit(start, node.end, f"{newline_of(self.before)}{below.rstrip()}"))

    def named(self, node: Node, new: dict[str, Any], route: Route) -> None:
        """Make a name in a list a mapping: the name with what belongs to it, or ``name`` first."""
        [*keys] = new
        word = self.before[node.start : node.end]
        if keys[0] == "name":
            if node.flow:
                fields = "".join(f", {key}: {flow_text(new[key])}" for key in keys[1:])
                self.edits.append(Edit(node.start, node.end, f"{{name: {word}{fields}}}"))
                return
            self.edits.append(Edit(node.start, node.start, "name: "))
            rest = {key: new[key] for key in keys[1:]}
            self.below(node.end, self.block(rest, self.column(node), route))
        elif node.flow:
            self.edits.append(Edit(node.start, node.end, f"{{{word}: {flow_text(new[keys[0]])}}}"))
        else:
            self.edits.append(Edit(node.end, node.end, ":"))
            column, place = self.column(node) + 2, (*route, keys[0])
            self.below(node.end, self.block(new[keys[0]], column, place))

    def below(self, end: int, new: str) -> None:
        """Write lines below the one with ``end``."""
        self.edits.append(lines_below(self.before, end, new))

    def block(self, value: Any, column: int, route: Route) -> str:
        """Return a value as lines."""
        new = block_text(value, column, route, self.remarks)
        return new.replace("\n", newline_of(self.before))

    def column(self, node: Node) -> int:
        """Return the column of a value, from 0."""
        return column_of(self.before, node.start)

    def mapping(
        self, node: Node, old: Mapping[Any, Any], new: Mapping[Any, Any], route: Route
    ) -> None:
        """Change the keys that differ."""
        for key in old:
            if key not in new:
                self.remove_key(node, key)
            elif key in node.keys and not is_same(old[key], new[key]):
                name, value = node.keys[key]
                if not new[key] and isinstance(new[key], (list, dict)) and value.kind != "alias":
                    self.empty(name, value, new[key])
                else:
                    self.value(value, old[key], new[key], (*route, key))
        for key in new:
            is_new = key not in old or (self.overrides and not is_same(old[key], new[key]))
            if key not in node.keys and is_new:
                self.add_key(node, key, new[key], route)

    def empty(self, name: Node, value: Node, new: Any) -> None:
        """Write an empty list or mapping beside its key."""
        start = self.before.index(":", name.end) + 1
        self.edits.append(Edit(start, value.end, f" {flow_text(new)}"))

    def remove_key(self, node: Node, key: Any) -> None:
        """Remove a key with its value."""
        if key not in node.keys:
            raise NoWayError(f"{key} is in a merged mapping")
        name, value = node.keys[key]
        self.remove(node, node.items.index(name), 2, value.end)

    def remove(self, node: Node, at: int, width: int, end: int) -> None:
        """Remove the ``width`` nodes of a collection from the index ``at`` on."""
        start = node.items[at].start
        following = node.items[at + width : at + width + 1]
        before = self.before[line_start(self.before, start) : start]
        if not node.flow and start == node.start and before.strip(" -"):
            raise NoWayError("it is on the line of something else")
        # the line of the first key can have the dash of an item
        if following and (node.flow or (width == 2 and at == 0)):
            self.edits.append(Edit(start, following[0].start))
        elif node.flow:
            self.edits.append(Edit(node.items[at - 1].end if at else start, end))
        else:
            self.edits.append(Edit(line_start(self.before, start), line_end(self.before, end)))

    def add_key(self, node: Node, key: str, value: Any, route: Route) -> None:
        """Add a key after the others."""
        if node.flow:
            self.add_in_brackets(node, flow_text({key: value})[1:-1])
        else:
            self.below(node.items[-1].end, self.block({key: value}, self.column(node), route))

    def add_in_brackets(self, node: Node, new: str) -> None:
        """Add a text after the last value in brackets."""
        at = node.items[-1].end if node.items else node.start + 1
        self.edits.append(Edit(at, at, f", {new}" if node.items else new))

    def sequence(self, node: Node, old: list[Any], new: list[Any], route: Route) -> None:
        """Change the items that differ; those with the same name are compared."""
        parts = list(_matching(old, new))
        kept = sum(size for *_, size in parts)
        if node.flow and kept < len(old) and kept < len(new):
            self.write_in_brackets(node, new, parts)
            return
        at = to = 0
        for start, other, size in parts:
            for index in range(at, start):
                self.remove(node, index, 1, node.items[index].end)
            if other > to:
                self.add_items(node, start, new[to:other], to, route)
            at, to = start + size, other + size
            for index, place in zip(range(start, at), range(other, to), strict=True):
                self.value(node.items[index], old[index], new[place], (*route, place))

    def write_in_brackets(
        self, node: Node, new: list[Any], parts: list[tuple[int, int, int]]
    ) -> None:
        """Write a list again, of which some items are removed and others added."""
        texts = [flow_text(item) for item in new]
        for start, other, size in parts:
            for offset in range(size):
                item = node.items[start + offset]
                texts[other + offset] = self.before[item.start : item.end]
        self.edits.append(Edit(node.items[0].start, node.items[-1].end, ", ".join(texts)))

    def add_items(self, node: Node, count: int, items: list[Any], to: int, route: Route) -> None:
        """Add items after the first ``count`` ones."""
        if node.flow:
            new = ", ".join(map(flow_text, items))
            if count == len(node.items):
                self.add_in_brackets(node, new)
            else:
                at = node.items[count].start
                self.edits.append(Edit(at, at, f"{new}, "))
            return
        column = self.column(node)
        new = "".join(
            self.block([item], column, (*route, to + offset)) for offset, item in enumerate(items)
        )
        if count == 0:
            at = line_start(self.before, node.items[0].start)
            if self.before[at : node.items[0].start].strip() != "-":
                raise NoWayError("the list starts on the line of something else")
            self.edits.append(Edit(at, at, new))
        else:
            self.below(node.items[count - 1].end, new)


def _matching(old: list[Any], new: list[Any]) -> Iterator[tuple[int, int, int]]:
    """Yield the parts of two lists with the same names: both starts, and the size.

    Most lists only get longer, so that what they begin with is not compared with everything.
    """
    keys, names = [_key(item) for item in old], [_key(item) for item in new]
    pairs = enumerate(zip(keys, names, strict=False))
    same = next((at for at, (one, other) in pairs if one != other), min(len(keys), len(names)))
    yield 0, 0, same
    matcher = SequenceMatcher(None, keys[same:], names[same:], autojunk=False)
    for start, other, size in matcher.get_matching_blocks():
        yield same + start, same + other, size


def _names(old: Any, new: Any) -> bool:
    """Return whether a name becomes a mapping with that name."""
    if not isinstance(old, str) or not isinstance(new, dict) or not new:
        return False
    key = next(iter(new))
    return bool((len(new) == 1 and key == old) or (key == "name" and new[key] == old))


def _key(item: Any) -> str:
    """Return the name of a job or dependency in a list, with which items are compared."""
    if isinstance(item, dict) and item:
        return str(item.get("name", next(iter(item))))
    return str(item)
