"""`FactTrends`: what the facts of many builds say besides how promises are kept."""

from __future__ import annotations

import datetime

from msgspec import Struct

from groundrules.verify.node_facts import NodeKind

FEWEST_NODES = 30
"""With fewer nodes nothing is suggested: the lowest of 29 is no sign of a 5th percentile."""


class ProviderShare(Struct, frozen=True):
    """The nodes of a label from one provider and region that broke an expectation.

    Of ``nodes`` that could be compared, ``broken`` broke it; ``since`` as in `MeasuredPromise`.
    """

    expectation: str
    label: str
    provider: str
    region: str
    nodes: int
    broken: int
    since: datetime.datetime | None

    @property
    def kept_share(self) -> float:
        """The share of nodes that kept it, from 0 to 1."""
        return 1 - self.broken / self.nodes


class SlowDrift(Struct, frozen=True):
    """A trend of the daily medians of a fact, from the first to the last day.

    ``per_day`` is the slope, ``chance`` how likely medians without a trend would look like this.
    """

    kind: NodeKind
    fact: str
    first: datetime.date
    last: datetime.date
    days: int
    start: float
    end: float
    per_day: float
    chance: float


class NodeGap(Struct, frozen=True):
    """A gap between two numbers that nodes had; no node had one between ``lower`` and ``upper``.

    ``below`` nodes had at most ``lower``, and ``above`` nodes had at least ``upper``.
    """

    kind: NodeKind
    fact: str
    lower: float
    upper: float
    below: int
    above: int


class SuggestedBound(Struct, frozen=True):
    """The range that nine of ten nodes were in: from the 5th to the 95th percentile.

    ``at_least`` and ``at_most`` are ``None`` if they are not known, as fewer than `FEWEST_NODES`
    ``nodes`` have the fact.
    """

    kind: NodeKind
    fact: str
    nodes: int
    at_least: float | None
    at_most: float | None


class FactTrends(Struct, frozen=True, kw_only=True):
    """The providers that break promises, drifts, gaps, and bounds that could be promised."""

    breaking: tuple[ProviderShare, ...] = ()
    drifts: tuple[SlowDrift, ...] = ()
    gaps: tuple[NodeGap, ...] = ()
    suggested: tuple[SuggestedBound, ...] = ()
