"""`SuggestedBound`: what could be promised of a fact for which the manual has no bound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ibis.expr.types import Table
from msgspec import Struct

from groundrules.verify.node_facts import NodeKind
from groundrules.verify.node_promises import NodePromise
from groundrules.verify.number_counts import SERIES, kind_of
from groundrules.verify.value_counts import quantiles, value_counts

FEWEST_NODES = 30
"""With fewer nodes nothing is suggested: the lowest of 29 is no sign of a 5th percentile."""


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


def suggested_bounds(numbers: Table, promises: Iterable[NodePromise]) -> Iterator[SuggestedBound]:
    """Yield a bound for each fact of a kind of node of which nothing is promised, sorted.

    ``numbers`` are `number_counts`.
    """
    promised = {(promise.kind, promise.bound.fact) for promise in promises}
    rows = quantiles(value_counts(numbers, SERIES), SERIES).order_by(SERIES)
    for row in rows.to_pyarrow().to_pylist():
        kind, fact, nodes = kind_of(row), row["fact"], row["total"]
        if (kind, fact) in promised:
            continue
        is_known = nodes >= FEWEST_NODES
        low, high = (row["p05"], row["p95"]) if is_known else (None, None)
        yield SuggestedBound(kind, fact, nodes, low, high)
