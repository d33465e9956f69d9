"""`SuggestedBound`: what could be promised of a fact for which the manual has no bound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ibis.expr.types import Table

from groundrules.verify.fact_trends import FEWEST_NODES, SuggestedBound
from groundrules.verify.node_promises import NodePromise
from groundrules.verify.number_counts import SERIES, kind_of
from groundrules.verify.value_counts import quantiles, value_counts


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
