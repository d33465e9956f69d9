"""The lines of a scalar or flow collection; quotes and block marks are those of its author."""

from __future__ import annotations

from groundrules.yamlsource.block_scalars import STEP, folded_lines, literal_lines
from groundrules.yamlsource.scalars import is_text
from groundrules.yamlsource.trees import TreeNode
from groundrules.yamlsource.widths import columns, filled
from groundrules.yamlsource.writing import WIDTH


def scalar_lines(node: TreeNode, column: int, indent: int) -> list[str]:
    """Return the lines of a scalar that starts in ``column``; the others are indented.

    ``indent`` is that of the collection around it.
    """
    if node.style in ("|", ">"):
        return _block_lines(node, indent + STEP)
    joined = joined_source(node)
    if joined is None:
        return kept_lines(node, indent + STEP)
    is_long = column + columns(joined) > WIDTH
    if is_long and node.style == "" and _is_prose(node, WIDTH - indent - STEP):
        return folded_lines(node.text, indent + STEP, WIDTH, "-")
    return kept_lines(node, indent + STEP) if is_long else [joined]


def joined_source(node: TreeNode) -> str | None:
    """Return a plain or quoted scalar on one line; None if its line breaks have a meaning."""
    if "\n" not in node.source:
        return node.source
    first, *middle, last = node.source.split("\n")
    parts = [first.rstrip(" \t"), *(part.strip(" \t") for part in middle), last.lstrip(" \t")]
    if not all(parts) or any(part.endswith("\\") for part in parts[:-1]):
        return None
    return " ".join(parts)


def kept_lines(node: TreeNode, indent: int) -> list[str]:
    """Return the lines of a node as they are, with another indentation."""
    first, *rest = node.source.split("\n")
    pad = " " * indent
    stripped = (line.strip(" \t") for line in rest)
    return [
        first.rstrip(" \t") if rest else first,
        *(f"{pad}{line}" if line else "" for line in stripped),
    ]


def _block_lines(node: TreeNode, indent: int) -> list[str]:
    # at the end of a file without a line break, the text has none either
    chomp = node.chomp if node.text.endswith("\n") else "-"
    if not node.text.strip("\n"):
        return [f"{node.style}{chomp}", *[""] * len(node.text)]
    if node.style == "|":
        return literal_lines(node.text, indent, chomp)
    return folded_lines(node.text, indent, WIDTH, chomp)


def _is_prose(node: TreeNode, width: int) -> bool:
    """Return whether a long plain scalar can be folded: it is text, and has words to break at."""
    is_tagged = "!" in node.properties
    return not is_tagged and is_text(node.text) and len(filled(node.text, width)) > 1


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
