"""Attaches each comment of a text to the entry or value that it is about.

A comment on its own line is about the entry below it, or, if it is indented more deeply than that
entry, about the collection that ends above.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from msgspec import Struct

from groundrules.yamlsource.comments import comments
from groundrules.yamlsource.trees import SourceTree, TreeEntry, TreeNode


class _Placed(Struct):
    """An entry in a block collection, and the entry around that collection."""

    entry: TreeEntry
    owner: TreeNode
    above: _Placed | None


def attach_comments(tree: SourceTree, text: str) -> None:
    """Attach the comments and empty lines of a text to its tree."""
    _Attacher(tree, text).attach()


class _Attacher:
    def __init__(self, tree: SourceTree, text: str) -> None:
        self.tree, self.text = tree, text
        self.placed = list(_placed(tree.root, None))
        self.starts = [placed.entry.start for placed in self.placed]
        self.lines = text.split("\n")
        lines = text.splitlines(keepends=True)  # as `comments` counts them
        self.line_starts = list(accumulate(map(len, lines), initial=0))
        self.kept = set(self.kept_lines())

    def attach(self) -> None:
        begin = len(self.tree.head)
        end = len(self.text) - len(self.tree.foot)
        starts = self.line_starts
        for comment in comments(self.text):
            at = starts[comment.place.line - 1] + comment.place.column - 1
            if not begin <= at < end:
                continue  # a part of the head or foot
            words = comment.text.rstrip()
            if comment.alone:
                target = self.target(at, comment.place.column - 1)
                if self.is_spaced(comment.place.line):
                    target.append("")
                target.append(words)
            else:
                self.attach_to_line(at, words)
        for placed in self.placed:
            line = bisect_right(starts, placed.entry.start)
            if self.is_spaced(line) and self.is_first_on_line(placed.entry):
                placed.entry.lead.append("")
        for placed in self.placed[:1]:
            self.tree.header += placed.entry.lead if self.tree.header else []
            placed.entry.lead = []

    def is_spaced(self, line: int) -> bool:
        """Return whether an empty line is above a line, which no scalar contains."""
        return line > 1 and not self.lines[line - 2].strip() and line - 1 not in self.kept

    def kept_lines(self) -> Iterator[int]:
        """Yield the numbers of the lines of block scalars that end in empty lines or spaces."""
        for value in (placed.entry.value for placed in self.placed):
            last_line = value.text.rstrip("\n").rpartition("\n")[2]
            if value.is_kept or (value.style in ("|", ">") and last_line.isspace()):
                first = bisect_right(self.line_starts, value.start)
                yield from range(first, first + value.source.count("\n") + 1)

    def is_first_on_line(self, entry: TreeEntry) -> bool:
        start = entry.start
        return not self.text[start - entry.column : start].strip()

    def around(self, at: int) -> tuple[_Placed | None, _Placed | None]:
        """Return the last entry that starts before an offset, and the next one."""
        index = bisect_right(self.starts, at)
        following = self.placed[index] if index < len(self.placed) else None
        return (self.placed[index - 1] if index else None), following

    def target(self, at: int, column: int) -> list[str]:
        """Return the list for a comment on its own line."""
        before, following = self.around(at)
        if before is None:
            return self.beside_content(self.tree.root, at, self.tree.header)
        value = before.entry.value
        if not value.is_block and value.start > at:
            return before.entry.lead
        if value.flow and value.start < at < value.end:
            value.has_comments = True
            return []
        if following is None:
            return self.ended(before, column, -1, self.tree.root.tail)
        lead, at_least = following.entry.lead, following.entry.column
        if following.owner is value or column <= at_least:
            return lead
        return self.ended(before, column, at_least, lead)

    def beside_content(self, root: TreeNode, at: int, header: list[str]) -> list[str]:
        """Return the list for a comment outside or inside of a root without block entries."""
        if at < root.start or root.is_block:
            return header
        root.has_comments = root.has_comments or at < root.end
        return [] if at < root.end else root.tail

    def ended(self, before: _Placed, column: int, above: int, default: list[str]) -> list[str]:
        """Return the tail of the deepest collection for a comment in ``column``.

        The columns of its entries are greater than ``above``, so that it has ended.
        """
        placed: _Placed | None = before
        while placed is not None:
            if above < placed.entry.column <= column:
                return placed.owner.tail
            placed = placed.above
        return default

    def attach_to_line(self, at: int, words: str) -> None:
        """Attach a comment after something else on its line."""
        before, _ = self.around(at)
        value = before.entry.value if before else self.tree.root
        if value.flow and value.start < at < value.end:
            value.has_comments = True
        elif before and (value.is_block or value.start > at) and not before.entry.comment:
            before.entry.comment = words
        else:
            value.comment = words


def _placed(node: TreeNode, above: _Placed | None) -> Iterator[_Placed]:
    if node.is_block:
        for entry in node.entries:
            placed = _Placed(entry, node, above)
            yield placed
            yield from _placed(entry.value, placed)
