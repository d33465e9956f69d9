"""PyYAML's ``CSafeLoader`` with the merge rule of 6.0.3, whichever PyYAML is installed."""

from __future__ import annotations

from typing import Any

import yaml

MERGE = "tag:yaml.org,2002:merge"
VALUE = "tag:yaml.org,2002:value"


def as_pyyaml_reads(text: str | bytes) -> Any:
    return yaml.load(text, PinnedLoader)  # noqa: S506 - as safe as the loader that it extends


class PinnedLoader(yaml.CSafeLoader):
    """Merges as ``SafeConstructor.flatten_mapping`` of PyYAML 6.0.3 does.

    6.0.4 drops a key that was merged before if both are the same object, and no longer reverses
    a list: of ``<<: [*a, *b]`` the last wins, or the first where a key has one letter.
    """

    def flatten_mapping(self, node: Any) -> None:
        merged, own = [], []
        for key, value in node.value:
            if key.tag == MERGE:
                merged += self.flattened(node, value)
                continue
            if key.tag == VALUE:
                key.tag = "tag:yaml.org,2002:str"
            own.append((key, value))
        node.value = merged + own

    def flattened(self, node: Any, value: Any) -> list[Any]:
        """Return the pairs that one '<<' brings in; the last of a key wins."""
        sources = [value]
        if isinstance(value, yaml.SequenceNode):
            sources = value.value[::-1]
        pairs = []
        for source in sources:
            if not isinstance(source, yaml.MappingNode):
                raise yaml.constructor.ConstructorError(
                    "while constructing a mapping",
                    node.start_mark,
                    f"expected a mapping for merging, but found {source.id}",
                    source.start_mark,
                )
            self.flatten_mapping(source)
            pairs += source.value
        return pairs
