"""`PromiseAnswers`: the rows that an engine returns, made into `MeasuredPromise`."""

from __future__ import annotations

import datetime
from typing import Any

from msgspec import Struct

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


class PromiseAnswers(Struct, frozen=True):
    """The rows of all answers, by the position of their promise."""

    nodes: dict[int, Row]
    outcomes: dict[int, Row]
    since: dict[int, Row]
    quantiles: dict[int, Row]
    bins: dict[int, list[Row]]
    broken: dict[int, list[Row]]

    def measured(self, index: int, promise: NodePromise) -> MeasuredPromise:
        """Return what came of a promise."""
        outcomes = self.outcomes.get(index, {})
        counts = {outcome: outcomes.get(column_of(outcome)) or 0 for outcome in NodeOutcome}
        compared = sum(counts.values())
        nodes = self.nodes.get(index, {}).get("nodes") or 0
        counts[NodeOutcome.NOT_MEASURED] = nodes - compared
        return MeasuredPromise(
            promise,
            counts,
            _utc(outcomes.get("earliest")),
            _utc(outcomes.get("latest")),
            _utc(self.since.get(index, {}).get("since")),
            self._distribution(index),
            tuple(map(_broken_node, self.broken.get(index, []))),
        )

    def _distribution(self, index: int) -> Distribution | None:
        row = self.quantiles.get(index)
        if row is None:
            return None
        low, high = row["minimum"], row["maximum"]
        counts = {one["bin"]: one["nodes"] for one in self.bins[index]}
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
