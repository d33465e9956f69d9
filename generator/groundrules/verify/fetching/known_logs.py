"""`KnownLogs`: the logs of which a store has the facts, so that these are not fetched again."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from groundrules.verify.collecting_run import CollectingRun
from groundrules.verify.fact_rows import identities_of

NamedNode = tuple[str, str, str]
"""The address of a document, the node that it is about, and the build, empty if not known."""


class KnownLogs(Struct, frozen=True):
    """What a run, with its store, knows of the logs of builds; what it knows is a duplicate."""

    run: CollectingRun

    def has_node(self, address: str, node: str, build: str) -> bool:
        """Return whether the run or the store has the facts of a node."""
        return self.run.has([identities_of(address, node, build)])

    def has_build(self, address: str) -> bool:
        """Return whether they have those of all nodes of a build."""
        return self.run.has(self.run.index.nodes_of_build(_digest_of(address)))

    def set_nodes(self, address: str, nodes: Iterable[NamedNode]) -> None:
        """Remember the nodes of a build in the store.  Raises `OSError`."""
        identities = (identities_of(*node) for node in nodes)
        self.run.index.set_build(_digest_of(address), identities)


def _digest_of(address: str) -> bytes:
    (digest,) = identities_of(address, "")
    return digest
