"""Reachability in a directed graph, with sets of nodes as integers.

A set has a bit for each node, so computing the sets of all nodes takes one operation for each
edge.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

Edges = Mapping[str, Sequence[str]]
"""The successors of each node; every node is a key."""

Links = Mapping[str, Iterable[str]]
"""The successors of each node; a node without successors does not need to be a key."""


class NodeSets:
    """Converts between sets and the nodes in ``order``."""

    def __init__(self, order: Sequence[str]) -> None:
        self.order = tuple(order)
        self.bit = {node: 1 << index for index, node in enumerate(self.order)}

    def of(self, nodes: Iterable[str]) -> int:
        """Return the set of some nodes."""
        bits = 0
        for node in nodes:
            bits |= self.bit[node]
        return bits

    def first(self, bits: int) -> str:
        """Return the first node of a set in the order."""
        return self.order[(bits & -bits).bit_length() - 1]

    def nodes(self, bits: int) -> Iterator[str]:
        """Yield the nodes of a set in their order."""
        while bits:
            node = self.first(bits)
            yield node
            bits ^= self.bit[node]


def ends_first(edges: Links) -> tuple[str, ...] | None:
    """Return the nodes, each after its successors; None for a graph with a cycle."""
    try:
        return tuple(TopologicalSorter(edges).static_order())
    except CycleError:
        return None


def reached(sets: NodeSets, order: Iterable[str], edges: Edges) -> dict[str, int]:
    """Return all nodes that are reachable from each node.

    ``order`` has each node after its successors.
    """
    result: dict[str, int] = {}
    for node in order:
        bits = 0
        for following in edges[node]:
            bits |= sets.bit[following] | result[following]
        result[node] = bits
    return result


def related(sets: NodeSets, order: Sequence[str], edges: Edges) -> dict[str, int]:
    """Return for each node itself, all that it reaches and all that reach it.

    ``order`` has each node after its successors.
    """
    after, before = reached(sets, order, edges), reached(sets, order[::-1], backwards(edges))
    return {node: after[node] | before[node] | sets.bit[node] for node in order}


def backwards(edges: Edges) -> dict[str, list[str]]:
    """Return the graph with all edges reversed."""
    result: dict[str, list[str]] = {node: [] for node in edges}
    for node, following in edges.items():
        for end in following:
            result[end].append(node)
    return result


class Ways:
    """The paths through an acyclic graph, found without a search.

    The last edge of a path is one of ``edges``; the others are from ``onward``, by default all.
    ``order`` has each node after its successors.
    """

    def __init__(self, order: Sequence[str], edges: Edges, onward: Edges | None = None) -> None:
        onward = edges if onward is None else onward
        self._sets = sets = NodeSets(order)
        self._onward = {node: sets.of(following) for node, following in onward.items()}
        through = reached(sets, order[::-1], backwards(onward))
        self._last, self._before = {}, {}
        for node, starts in backwards(edges).items():
            self._last[node] = self._before[node] = sets.of(starts)
            for start in starts:
                self._before[node] |= through[start]

    def following(self, start: str, end: str) -> int:
        """Return the possible first nodes of paths with other nodes in between."""
        return self._onward[start] & self._before[end]

    def between(self, start: str, end: str, most: int | None = None) -> list[str]:
        """Return the nodes in between on a path; each step takes the last possible node.

        The path ends after ``most`` nodes.
        """
        nodes: list[str] = []
        node = start
        while len(nodes) != most and (following := self.following(node, end)):
            node = self._sets.first(following & self._last[end] or following)
            nodes.append(node)
            if self._last[end] & self._sets.bit[node]:
                break
        return nodes
