"""`MeasuredPromise`: what came of comparing one promise with all nodes of a kind."""

from __future__ import annotations

import datetime
from enum import StrEnum

from msgspec import Struct

from groundrules.records.expectation import Standing
from groundrules.verify.node_facts import FactValue
from groundrules.verify.node_promises import NodePromise


class NodeOutcome(StrEnum):
    """What one node did with one promise."""

    KEPT = "kept"
    """The value is within the bound."""
    LESS = "less"
    """The value is below the lowest that was promised."""
    MORE = "more"
    """The value is above the highest that was promised, which is a defect too."""
    DIFFERENT = "different"
    """The value is not one of those promised."""
    NOT_MEASURED = "not-measured"
    """The node does not have the fact, or its value cannot be compared."""


BROKEN = (NodeOutcome.LESS, NodeOutcome.MORE, NodeOutcome.DIFFERENT)


class BrokenNode(Struct, frozen=True):
    """A node that broke a promise: where it was read, and what it had."""

    source: str
    node: str
    time: datetime.datetime | None
    outcome: NodeOutcome
    value: FactValue


class Distribution(Struct, frozen=True):
    """The numbers that nodes had: quantiles, and counts of equally wide bins.

    ``bins`` are (lower end, count); a bin ends where the next begins, the last at ``maximum``.
    """

    minimum: float
    p05: float
    median: float
    p95: float
    maximum: float
    bins: tuple[tuple[float, int], ...] = ()


class MeasuredPromise(Struct, frozen=True):
    """A promise to one kind of node, compared with every node of that kind.

    ``counts`` are nodes in builds (one node in one build counts once) by outcome; those without
    the fact are ``not-measured``.  ``since`` is when it was first broken after it was last kept by
    all nodes of a day, ``None`` if it is not broken now or times are not known.  ``broken`` are
    the latest few nodes of each outcome that broke it, newest first.
    """

    promise: NodePromise
    counts: dict[NodeOutcome, int]
    first: datetime.datetime | None
    last: datetime.datetime | None
    since: datetime.datetime | None
    distribution: Distribution | None
    broken: tuple[BrokenNode, ...] = ()

    @property
    def nodes(self) -> int:
        """How many nodes could be compared."""
        return sum(self.counts.values()) - self.counts.get(NodeOutcome.NOT_MEASURED, 0)

    @property
    def kept(self) -> int:
        """How many nodes kept it."""
        return self.counts.get(NodeOutcome.KEPT, 0)

    @property
    def is_guaranteed(self) -> bool:
        """Whether a value outside the bound breaks a guarantee; otherwise, it is only observed."""
        return self.promise.standing is Standing.GUARANTEED

    @property
    def is_broken(self) -> bool:
        """Whether a node broke a guarantee."""
        return self.is_guaranteed and any(self.counts.get(outcome) for outcome in BROKEN)

    @property
    def kept_share(self) -> float | None:
        """The share of compared nodes that kept it, from 0 to 1; ``None`` if none was."""
        return self.kept / self.nodes if self.nodes else None
