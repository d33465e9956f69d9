"""`source_tree`: a YAML text as it is written, with comments and empty lines, for a formatter."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Any, cast

import yaml
from msgspec import Struct, field

from groundrules.yamlsource.tokens import tokens
from groundrules.yamlsource.values import Problem, place_of


class TreeEntry(Struct):
    """A key with its value, or an item of a list.

    ``key`` is the key as written, with its anchor or tag; ``name`` its text.  ``lead`` are the
    comments on the lines above it, with ``""`` for an empty line.  ``comment`` is the one between
    the key or dash and a value on the next lines.  ``names`` are the anchors in the entry and
    those that its aliases refer to.
    """

    value: TreeNode
    key: str | None = None
    name: str = ""
    start: int = 0
    column: int = 0
    lead: list[str] = []
    comment: str = ""
    names: set[str] = set()


class TreeNode(Struct):
    """A scalar, alias, mapping or list as written.

    ``properties`` are its anchor and tag.  ``source`` is the text of a scalar, an alias or a flow
    collection, and ``text`` the value of a scalar.  ``comment`` is the one on its last line, for
    a block scalar on its first.  ``tail`` are the comments below the last entry.
    """

    kind: str
    start: int
    end: int
    properties: str = ""
    source: str = ""
    text: str = ""
    style: str = ""
    flow: bool = False
    entries: list[TreeEntry] = []
    comment: str = ""
    has_comments: bool = False
    tail: list[str] = []

    @property
    def is_block(self) -> bool:
        """Whether it is a mapping or list in block style."""
        return self.kind in ("mapping", "sequence") and not self.flow

    @property
    def chomp(self) -> str:
        """The ``+`` or ``-`` of a block scalar, which decides about the line breaks at its end."""
        header = self.source.partition("\n")[0].partition("#")[0]
        return next((mark for mark in "+-" if mark in header and self.style in ("|", ">")), "")

    @property
    def is_kept(self) -> bool:
        """Whether the empty lines below it belong to it."""
        return self.chomp == "+"


class SourceTree(Struct):
    """A document: what is before and after its content, and the content.

    ``head`` are the directives and the ``---``, ``header`` the comments above the content.
    """

    root: TreeNode
    head: str = ""
    foot: str = ""
    header: list[str] = field(default_factory=list)


def source_tree(text: str) -> SourceTree:
    """Return the tree of a text that `read` has accepted, without a byte order mark.

    Raises `Problem` for two rare notations: a key after ``?``, and content beside ``---``.
    """
    from groundrules.yamlsource.tree_comments import attach_comments

    builder = _Builder(text)
    tree = builder.document()
    attach_comments(tree, text)
    return tree


def marks(text: str) -> list[str]:
    """Return the anchors, aliases and tags of a text as written, in order."""
    kinds = (yaml.AnchorToken, yaml.AliasToken, yaml.TagToken)
    return [
        text[token.start_mark.index : token.end_mark.index]
        for token in tokens(text)
        if isinstance(token, kinds)
    ]


class _Builder:
    """Builds nodes from the parser's events, and takes from its tokens what events lack."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.parser: Any = yaml.CSafeLoader(text)  # the stubs give every event as optional
        self.properties: list[tuple[int, int]] = []
        self.dashes: list[int] = []
        for token in tokens(text):
            start, end = token.start_mark.index, token.end_mark.index
            if isinstance(token, yaml.BlockEntryToken):
                self.dashes.append(start)
            elif isinstance(token, (yaml.AnchorToken, yaml.TagToken)):
                self.properties.append((start, end))
            elif isinstance(token, yaml.KeyToken) and text[start:end] == "?":
                mark = token.start_mark
                raise Problem("'?' marks a key; write it as 'key: value'", *place_of(mark))
        self.starts = [start for start, _ in self.properties]

    def document(self) -> SourceTree:
        try:
            self.parser.get_event()  # the start of the stream
            begin = self.parser.get_event()
            if isinstance(begin, yaml.StreamEndEvent):  # there are only comments
                return SourceTree(TreeNode("scalar", len(self.text), len(self.text)))
            root, _ = self.node(self.parser.get_event())
            end = self.parser.get_event()
        finally:
            self.parser.dispose()
        tree = SourceTree(root)
        if begin.explicit:
            tree.head = self.head(begin)
        if end.explicit:
            tree.foot = self.text[end.start_mark.index :]
        return tree

    def head(self, begin: Any) -> str:
        """Return all lines up to the ``---``."""
        after = begin.end_mark.index
        end = self.text.find("\n", after)
        end = len(self.text) if end < 0 else end
        rest = self.text[after:end].strip()
        if rest and not rest.startswith("#"):
            raise Problem(
                "content follows '---'; write it on the next line", *place_of(begin.end_mark)
            )
        return self.text[:end]

    def node(self, event: Any) -> tuple[TreeNode, set[str]]:
        """Return the node of an event, and the names of the anchors and aliases in it."""
        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, yaml.AliasEvent):
            return TreeNode("alias", start, end, source=self.text[start:end]), {str(event.anchor)}
        names = {str(event.anchor)} if event.anchor else set[str]()
        properties, start = self.properties_at(event, start)
        node = TreeNode("scalar", start, end, properties)
        if isinstance(event, yaml.ScalarEvent):
            node.text, node.style = event.value, event.style or ""
            node.source = self.text[start:end]
        else:
            node.kind = "mapping" if isinstance(event, yaml.MappingStartEvent) else "sequence"
            node.flow = bool(event.flow_style)
            names |= self.collect(node)
            node.source = self.text[start : node.end] if node.flow else ""
        return node, names

    def properties_at(self, event: Any, start: int) -> tuple[str, int]:
        """Return the anchor and tag of an event, and where its content starts."""
        count = (event.anchor is not None) + (event.tag is not None)
        first = bisect_left(self.starts, start)
        spans = self.properties[first : first + count]
        if not spans:
            return "", start
        start = spans[-1][1]
        while self.text[start : start + 1] in (" ", "\t", "\n") and start < event.end_mark.index:
            start += 1
        return " ".join(self.text[begin:end] for begin, end in spans), start

    def collect(self, node: TreeNode) -> set[str]:
        """Read the entries of a collection; return the names in it."""
        names = set[str]()
        event: Any = self.parser.get_event()
        while not isinstance(event, yaml.CollectionEndEvent):
            entry = self.entry(node, event)
            node.entries.append(entry)
            names |= entry.names
            event = self.parser.get_event()
        node.end = cast(Any, event).end_mark.index
        return names

    def entry(self, holder: TreeNode, event: Any) -> TreeEntry:
        start = event.start_mark.index
        if holder.kind == "mapping":
            key, names = self.node(event)
            value, others = self.node(self.parser.get_event())
            words = filter(None, (key.properties, key.source))
            entry = TreeEntry(value, " ".join(words), key.text, names=names | others)
            if key.kind not in ("scalar", "alias"):
                raise Problem("a key is a mapping or list", *place_of(event.start_mark))
        else:
            value, names = self.node(event)
            entry = TreeEntry(value, names=names)
            if not holder.flow:
                start = self.dashes[bisect_right(self.dashes, start - 1) - 1]
        entry.start, entry.column = start, start - (self.text.rfind("\n", 0, start) + 1)
        return entry
