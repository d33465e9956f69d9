"""`printed`: a tree of a YAML text in the house style."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from groundrules.authoring.layout.scalar_lines import flow_lines, scalar_lines
from groundrules.yamlsource.block_scalars import STEP
from groundrules.yamlsource.trees import SourceTree, TreeEntry, TreeNode
from groundrules.yamlsource.widths import columns


def printed(tree: SourceTree) -> str:
    """Return the text of a tree, with line feeds and one at its end."""
    head = [line.rstrip() for line in tree.head.split("\n")] if tree.head else []
    foot = [line.rstrip() for line in tree.foot.rstrip().split("\n")] if tree.foot else []
    content = [*_commented(tree.header, 0), *_content(tree.root)]
    return "".join(f"{line}\n" for line in (*head, *_without_first_gap(content), *foot))


def _content(root: TreeNode) -> Iterator[str]:
    if root.is_block:
        if root.properties:
            yield root.properties
        yield from _without_first_gap(_block(root, 0))
    else:
        has_content = root.kind != "scalar" or root.source or root.properties
        yield from _value("", root, 0) if has_content else ()
        yield from root.tail


def _block(node: TreeNode, indent: int) -> Iterator[str]:
    """Yield the lines of a block collection; the first one can be empty."""
    after_kept = False
    for entry in node.entries:
        if after_kept:
            entry.lead = _without_first_gap(entry.lead)
        yield from _entry(entry, indent)
        after_kept = _ends_in_kept_lines(entry.value)
    yield from _commented(_without_first_gap(node.tail) if after_kept else node.tail, indent)


def _ends_in_kept_lines(value: TreeNode) -> bool:
    """Return whether an empty line below a value would belong to it: to a text with ``+``."""
    while value.is_block and not value.tail:
        value = value.entries[-1].value
    return value.is_kept


def _entry(entry: TreeEntry, indent: int) -> Iterator[str]:
    lead = list(entry.lead)
    value, pad = entry.value, " " * indent
    if entry.key is None:
        if value.is_block and not value.properties:
            lead += _hoisted(entry)
            first, *rest = _without_first_gap(_block(value, indent + STEP))
            yield from _commented(lead, indent)
            yield from (f"{pad}- {first.lstrip(' ')}", *rest)
            return
        mark = f"{pad}-"
    else:
        mark = f"{pad}{entry.key}{' ' if entry.key.startswith('*') else ''}:"
    if entry.comment and not value.is_block:
        if value.comment:
            lead.append(entry.comment)
        else:
            value.comment = entry.comment
    yield from _commented(lead, indent)
    yield from _with_value(mark, entry, indent)


def _with_value(mark: str, entry: TreeEntry, indent: int) -> Iterator[str]:
    value = entry.value
    if not value.is_block:
        yield from _value(mark, value, indent)
        return
    yield "  ".join(filter(None, (_joined(mark, value.properties), entry.comment)))
    yield from _without_first_gap(_block(value, indent + STEP))


def _hoisted(entry: TreeEntry) -> list[str]:
    """Take the comments above the first line of an item's own entries; return them."""
    first = entry.value.entries[0]
    taken = [entry.comment] if entry.comment else []
    taken += [line for line in first.lead if line]
    first.lead, entry.comment = [], ""
    if first.key is None and first.value.is_block and not first.value.properties:
        taken += _hoisted(first)
    return taken


def _value(mark: str, value: TreeNode, indent: int) -> Iterator[str]:
    """Yield the lines of a scalar, alias or flow collection after a key or dash."""
    head = _joined(mark, value.properties)
    column = columns(head) + 1 if head else 0
    if value.kind == "alias":
        lines = [value.source]
    elif value.kind == "scalar":
        lines = scalar_lines(value, column, indent)
    else:
        lines = flow_lines(value, column, indent)
    at = 0 if lines[0][:1] in ("|", ">") and value.kind == "scalar" else -1
    lines[0] = _joined(head, lines[0])
    if value.comment:
        lines[at] += f"  {value.comment}"
    yield from lines


def _joined(before: str, after: str) -> str:
    return f"{before} {after}" if before and after else before or after


def _commented(lines: Iterable[str], indent: int) -> Iterator[str]:
    pad = " " * indent
    was_empty = False
    for line in lines:
        if line or not was_empty:
            yield f"{pad}{line}" if line else ""
        was_empty = not line


def _without_first_gap(lines: Iterable[str]) -> list[str]:
    every = list(lines)
    return every[1:] if every and not every[0] else every
