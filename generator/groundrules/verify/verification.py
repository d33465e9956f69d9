"""`NodeVerification`: what came of comparing the promises of a manual with nodes."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from groundrules.verify.fact_trends import FactTrends
from groundrules.verify.measured_promise import MeasuredPromise
from groundrules.verify.node_facts import NodeKind, SkippedFacts
from groundrules.verify.node_promises import UncertainPromise


class NodeVerification(Struct, frozen=True, kw_only=True):
    """The promises to the kinds of nodes that were read, and what was not compared.

    ``nodes`` are the numbers of nodes of each kind, and ``unknown`` those of labels that the
    manual does not document.  ``skipped`` are the first inputs that could not be used, and
    ``skipped_count`` counts all of them.  ``trends`` are ``None`` if they were not asked.
    """

    measured: tuple[MeasuredPromise, ...] = ()
    uncertain: tuple[UncertainPromise, ...] = ()
    nodes: dict[NodeKind, int] = {}
    unknown: dict[NodeKind, int] = {}
    skipped: tuple[SkippedFacts, ...] = ()
    skipped_count: int = 0
    trends: FactTrends | None = None

    @property
    def broken(self) -> Iterator[MeasuredPromise]:
        """The guarantees that a node broke."""
        return (one for one in self.measured if one.is_broken)

    @property
    def why_nothing(self) -> str:
        """Why no node was compared; empty if one was."""
        if any(one.nodes for one in self.measured):
            return ""
        if not sum(self.nodes.values()):
            return "no facts of a node were read"
        if len(self.unknown) == len(self.nodes):
            if not any(kind.label for kind in self.nodes):
                return "the facts name no label; give it with --label"
            return "the manual documents none of the labels of the nodes"
        if not self.measured and self.uncertain:
            return "it is not known what the manual promises to the nodes"
        return "the nodes have no facts that a measure of the manual asks for"
