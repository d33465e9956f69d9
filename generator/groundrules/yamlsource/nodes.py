"""`repeated_keys`: the keys that Zuul's YAML loader reports as repeated.

``ZuulSafeLoader.construct_mapping`` (Zuul 14.3, configloader.py) compares the texts of keys
before PyYAML merges.  But PyYAML merges in place: if a mapping was merged elsewhere before it is
constructed, it has its merged keys already, and a key that it overrides is repeated.  PyYAML
constructs a document level by level, so this depends on the depth of the mappings.
"""

from __future__ import annotations

from collections import deque
from typing import Any

import yaml

from groundrules.text import verbatim
from groundrules.yamlsource.scalars import CORE
from groundrules.yamlsource.values import Problem, place_of

_BUILT_AT_ONCE = ("!inherit", "!override")  # their constructors are not generators


def repeated_keys(data: bytes) -> list[Problem]:
    """Return the first repeated key for Zuul's loader in a text that `read` accepted."""
    try:
        _Construction().document(yaml.compose(data, yaml.CSafeLoader))
    except Problem as problem:
        return [problem]
    return []


class _Construction:
    """Visits nodes in the order in which PyYAML constructs them."""

    def __init__(self) -> None:
        self.built: set[int] = set()
        self.later: deque[Any] = deque()
        self.merged: set[int] = set()  # the pairs from "<<"

    def document(self, root: Any) -> None:
        self.visit(root)
        while self.later:
            self.build(self.later.popleft())

    def visit(self, node: Any) -> None:
        if isinstance(node, yaml.ScalarNode) or id(node) in self.built:
            return
        self.built.add(id(node))
        if node.tag in _BUILT_AT_ONCE:
            self.build(node)
        else:
            self.later.append(node)

    def build(self, node: Any) -> None:
        if isinstance(node, yaml.SequenceNode):
            for item in node.value:
                self.visit(item)
            return
        self.check(node)
        self.flatten(node)
        for key, value in node.value:
            self.visit(key)
            self.visit(value)

    def check(self, node: Any) -> None:
        """Raise `Problem` for a repeated key."""
        first: dict[str, Any] = {}
        for pair in node.value:
            key = pair[0]
            if key.value == "<<" or not isinstance(key, yaml.ScalarNode):
                continue
            if key.value in first:
                raise self.repeated(first[key.value], pair)
            first[key.value] = pair

    def repeated(self, first: Any, second: Any) -> Problem:
        mark = second[0].start_mark
        name, line = verbatim(second[0].value), first[0].start_mark.line + 1
        if id(first) not in self.merged and id(second) not in self.merged:
            message = f"the key {name} is written twice (first on line {line}); keep one of them"
        else:
            message = (
                f"Zuul finds the key {name} twice (also on line {line}), since this mapping has "
                "a '<<' and is merged itself; remove one of the two, or merge less deeply"
            )
        return Problem(message, *place_of(mark))

    def flatten(self, node: Any) -> None:
        """Merge in place, as ``flatten_mapping`` of PyYAML 6.0.3 does."""
        brought: list[Any] = []
        own: list[Any] = []
        for pair in node.value:
            if pair[0].tag != f"{CORE}merge":
                own.append(pair)
                continue
            nodes = pair[1].value if isinstance(pair[1], yaml.SequenceNode) else [pair[1]]
            for mapping in nodes:
                self.flatten(mapping)
            for mapping in reversed(nodes):
                brought += mapping.value
        if len(own) < len(node.value):
            self.merged.update(map(id, brought))
            node.value = brought + own
