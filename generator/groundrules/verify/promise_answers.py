"""`measured_promise`: the rows that an engine returns, made into a `MeasuredPromise`."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from groundrules.verify.fact_rows import value_of_columns
from groundrules.verify.measured_promise import (
    BrokenNode,
    Distribution,
    MeasuredPromise,
    NodeOutcome,
)
from groundrules.verify.node_promises import NodePromise
from groundrules.verify.value_counts import BINS

Row = dict[str, Any]


def measured_promise(
    promise: NodePromise, row: Row, bins: Iterable[Row], broken: Iterable[Row]
) -> MeasuredPromise:
    """Return what came of a promise; ``row`` has the columns of all answers with one row."""
    counts = {outcome: row.get(column_of(outcome)) or 0 for outcome in NodeOutcome}
    compared = sum(counts.values())
    counts[NodeOutcome.NOT_MEASURED] = (row.get("nodes") or 0) - compared
    return MeasuredPromise(
        promise,
        counts,
        _utc(row.get("earliest")),
        _utc(row.get("latest")),
        _utc(row.get("since")),
        _distribution(row, bins) if "median" in row else None,
        tuple(map(_broken_node, broken)),
    )


def _distribution(row: Row, bins: Iterable[Row]) -> Distribution:
    low, high = row["minimum"], row["maximum"]
    counts = {one["bin"]: one["nodes"] for one in bins}
    wide = (high - low) / BINS
    ends = [low + wide * number for number in range(BINS if wide else 1)]
    filled = tuple((end, counts.get(number, 0)) for number, end in enumerate(ends))
    return Distribution(low, row["p05"], row["median"], row["p95"], high, filled)


def _broken_node(row: Row) -> BrokenNode:
    value = value_of_columns(row["number"], row["text"])
    assert value is not None, row  # noqa: S101 (a value that cannot be compared breaks nothing)
    outcome = NodeOutcome(row["outcome"])
    return BrokenNode(row["source"], row["node"], _utc(row["time"]), outcome, value)


def _utc(time: datetime.datetime | None) -> datetime.datetime | None:
    return time and time.replace(tzinfo=datetime.UTC)


def column_of(outcome: NodeOutcome) -> str:
    """Return the column that counts an outcome."""
    return outcome.name.lower()
