"""`KnownLogs`: the logs of which a store has the facts, so that these are not fetched again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

NamedNode = tuple[str, str, str]
"""The address of a document, the node that it is about, and the build, empty if not known."""


class KnownLogs(Protocol):
    """What a store knows of the logs of builds."""

    def has_node(self, address: str, node: str, build: str) -> bool:
        """Return whether the facts of a node were fetched before."""

    def has_build(self, address: str) -> bool:
        """Return whether those of all nodes of a build were, by the address of its logs."""

    def set_nodes(self, address: str, nodes: Iterable[NamedNode]) -> None:
        """Remember the nodes that a build has, fetched or not.  Raises `OSError`."""
