"""The lines of a scalar in the house style; quotes and block marks are those of its author."""

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
