"""The lines of a flow collection: one, or as many as its items need."""

from __future__ import annotations

from groundrules.authoring.layout.scalar_lines import joined_source, kept_lines
from groundrules.yamlsource.block_scalars import STEP
from groundrules.yamlsource.trees import TreeNode
from groundrules.yamlsource.widths import columns
from groundrules.yamlsource.writing import WIDTH


def flow_lines(node: TreeNode, column: int, indent: int) -> list[str]:
    """Return the lines of a flow collection that starts in ``column``.

    If it does not fit on one line, the others start below its first item.  With comments, or a
    text that needs its line breaks, it is kept as it is but for the indentation.
    """
    items = None if node.has_comments else _items(node)
    if items is None:
        return kept_lines(node, indent + STEP)
    opening, closing = _brackets(node)
    lines, room = [opening], WIDTH - column
    for item in items:
        if columns(lines[-1]) + columns(item) > room and len(lines[-1]) > 1:
            lines[-1] = lines[-1].rstrip()
            lines.append(" ")
        lines[-1] += f"{item} "
    lines[-1] = lines[-1].rstrip() if items else opening
    lines[-1] += closing
    return [lines[0], *(f"{' ' * column}{line}" for line in lines[1:])]


def _items(node: TreeNode) -> list[str] | None:
    """Return the items on one line each, with their commas; None if one cannot be."""
    items = [_item(entry.key, entry.value) for entry in node.entries]
    words = [item for item in items if item is not None]
    if len(words) < len(items):
        return None
    return [f"{word}," for word in words[:-1]] + words[-1:]


def _item(key: str | None, value: TreeNode) -> str | None:
    word = _on_one_line(value)
    if key is None or word is None:
        return word or None
    is_alias = key.startswith("*")
    return f"{key}{' ' if is_alias else ''}: {word}" if word and "\n" not in key else None


def _on_one_line(node: TreeNode) -> str | None:
    if node.kind == "alias":
        return node.source
    if node.kind == "scalar":
        word = joined_source(node)
        return " ".join(filter(None, (node.properties, word))) if word is not None else None
    items = _items(node)
    if items is None:
        return None
    opening, closing = _brackets(node)
    return f"{f'{node.properties} ' if node.properties else ''}{opening}{' '.join(items)}{closing}"


def _brackets(node: TreeNode) -> tuple[str, str]:
    """Return the brackets; a single pair in a list has none."""
    if node.kind == "sequence":
        return "[", "]"
    return ("{", "}") if node.source.startswith("{") else ("", "")
