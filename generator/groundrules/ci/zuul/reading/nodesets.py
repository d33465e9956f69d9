"""A mapping in a Zuul file → `NodesetSpec`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Table
from typing import Any

from groundrules.ci.zuul.reading.objects import NodesetSpec, Word
from groundrules.ci.zuul.reading.shapes import Fault, listed
from groundrules.nearest import cut, first_few
from groundrules.yamlsource import Mapping, Place
from groundrules.yamlsource import Sequence as YamlSequence


class FaultError(ValueError):
    """An object that is lost because of a `Fault`, or several."""

    def __init__(self, place: Place, message: str, *others: Fault) -> None:
        super().__init__(message)
        self.faults = [Fault(place, message), *others]

    @staticmethod
    def raise_for(faults: Sequence[Fault]) -> None:
        """Raise the error of all faults, if there are any."""
        if faults:
            raise FaultError(*faults[0], *faults[1:])


def nodeset_of(conf: Mapping, place: Place) -> NodesetSpec:
    """Return the nodeset of a valid mapping.

    Raises `FaultError` for missing and repeated names of nodes and groups.
    """
    if "alternatives" not in conf:
        return _real(conf, place)
    alternatives = tuple(
        item if isinstance(item, str) else _real(item, item.place) for item in conf["alternatives"]
    )
    spec = NodesetSpec(name=conf.get("name", ""), place=place, alternatives=alternatives)
    for index, item in enumerate(alternatives):
        if isinstance(item, str):
            spec.places.setdefault(item, conf["alternatives"].item_place(index))
    parts = [item if isinstance(item, str) else [item.identity] for item in alternatives]
    spec.identity = json.dumps([spec.name, parts])
    return spec


def _real(conf: Mapping, place: Place) -> NodesetSpec:
    nodes, labels, names = [], [], set[str]()
    faults: list[Fault] = []
    for node in _entries(conf, "nodes"):
        own = listed(node["name"])
        faults += _wrong_names(node, own, names)
        names.update(own)
        nodes.append([own, node["label"]])
        labels.append(Word(name=node["label"], place=node.value_place("label")))
    groups = _groups(conf, names, faults)
    FaultError.raise_for(faults)
    identity = json.dumps([conf.get("name", ""), nodes, groups])
    name = conf.get("name", "")
    return NodesetSpec(name=name, place=place, labels=tuple(labels), identity=identity)


def _wrong_names(node: Mapping, own: list[str], names: set[str]) -> Iterator[Fault]:
    place = node.value_place("name")
    if "localhost" in own:
        yield Fault(place, "a node may not be named 'localhost'")
    counts = Counter(own)
    for name, count in counts.items():
        if name in names or count > 1:
            yield Fault(place, f"two nodes are named {name!r}; rename one of them")


def _groups(conf: Mapping, names: set[str], faults: list[Fault]) -> list[Any]:
    """Return the groups of nodes; what is wrong with them is added to ``faults``."""
    known = first_few(sorted(names)) or "none"
    groups: list[Any] = []
    earlier: set[str] = set()
    for group in _entries(conf, "groups"):
        place, name = group.value_place("name"), group["name"]
        if "localhost" in name:
            faults.append(Fault(place, "a group may not be named 'localhost'"))
        shown = cut(name)
        for node in dict.fromkeys(listed(group["nodes"])):
            if node not in names:
                message = (
                    f"the group {shown!r} holds {node!r}, which is not a node (nodes: {known})"
                )
                faults.append(Fault(group.value_place("nodes"), message))
        if name in earlier:
            faults.append(Fault(place, f"two groups are named {name!r}; rename one of them"))
        earlier.add(name)
        groups.append([name, listed(group["nodes"])])
    return groups


def _entries(conf: Mapping, key: str) -> list[Mapping]:
    value = conf.get(key)
    return list(value) if isinstance(value, YamlSequence) else listed(value)


def labels_of(nodeset: str | NodesetSpec | None) -> Iterator[Word]:
    """Yield the labels that are written in a nodeset and in the alternatives inside it."""
    if isinstance(nodeset, NodesetSpec):
        yield from nodeset.labels
        for alternative in nodeset.alternatives:
            yield from labels_of(alternative)


def alternatives(
    nodeset: NodesetSpec, known: Table[str, NodesetSpec]
) -> Iterator[tuple[str, NodesetSpec | None]]:
    """Yield a nodeset and its alternatives at any depth, by name; None for an unknown name.

    A nodeset that contains itself is yielded twice and not followed again.
    """
    todo: list[str | NodesetSpec] = [nodeset]
    identities: set[str] = set()
    while todo:
        item = todo.pop(0)
        spec = known.get(item) if isinstance(item, str) else item
        yield item if isinstance(item, str) else item.name, spec
        if spec and spec.identity not in identities:
            identities.add(spec.identity)
            todo[:0] = spec.alternatives
