"""Orders the keys of records as their models do, and sorts lists whose order has no meaning."""

from __future__ import annotations

from typing import Any

from groundrules.authoring.layout.record_layouts import RecordLayout, RecordLayouts
from groundrules.text import natural_key
from groundrules.yamlsource.trees import TreeEntry, TreeNode

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
        part = (
            layouts.get(layout.parts.get(key, ""), _UNKNOWN) if isinstance(key, str) else _UNKNOWN
        )
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
