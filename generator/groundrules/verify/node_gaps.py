"""`NodeGap`: nodes of one kind that behave like two, as a number of theirs has a clear gap."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ibis
from ibis.expr.types import Table

from groundrules.verify.fact_trends import NodeGap
from groundrules.verify.number_counts import SERIES, kind_of
from groundrules.verify.value_counts import quantiles, value_counts

FEWEST = 10
"""Nodes on each side of a gap; fewer are outliers."""
SMALLEST_SHARE = 5
"""The percentage of nodes that each side has more than."""
PART_OF_RANGE = 0.5
"""A gap is wider than this part of the range from the 5th to the 95th percentile."""
PART_OF_VALUE = 0.05
"""It is at least this part of the number above it: 7976 and 7977 MB are the same kind of node."""
PART_OF_TIME = 0.5
"""Of the days from the first to the last of one side, the other side is there on this part."""


def node_gaps(numbers: Table) -> Iterator[NodeGap]:
    """Yield the widest clear gap of each fact and kind of node, sorted.

    ``numbers`` are `number_counts`.  A gap is clear if it is wide in comparison with the range
    and with the numbers, and enough nodes are on both sides at the same time; see the constants.
    Nodes of which the second kind replaces the first are not two kinds: that is a change.
    """
    counts = value_counts(numbers, SERIES)
    gaps = _widest(_gaps(counts)).join(quantiles(counts, SERIES).drop("total"), SERIES)
    clear = gaps.filter(
        (gaps.upper - gaps.number > (gaps.p95 - gaps.p05) * PART_OF_RANGE)
        & (gaps.upper - gaps.number >= gaps.upper.abs() * PART_OF_VALUE)
    )
    for row in _with_days(clear, numbers).order_by(SERIES).to_pyarrow().to_pylist():
        if _is_at_the_same_time(row):
            lower, upper, below, above = row["number"], row["upper"], row["below"], row["above"]
            yield NodeGap(kind_of(row), row["fact"], lower, upper, below, above)


def _gaps(counts: Table) -> Table:
    """Return the neighboring numbers with enough nodes on both sides."""
    ordered = ibis.window(group_by=list(SERIES), order_by="number")
    gaps = counts.mutate(
        upper=counts.number.lead().over(ordered), above=counts.total - counts.below
    )
    least = gaps.total * SMALLEST_SHARE
    return gaps.filter(
        (gaps.below >= FEWEST)
        & (gaps.above >= FEWEST)
        & (gaps.below * 100 > least)
        & (gaps.above * 100 > least)
    )


def _widest(gaps: Table) -> Table:
    """Return the widest gap of each series, of equally wide ones the lowest."""
    order = [ibis.desc(gaps.upper - gaps.number), gaps.number]
    place = ibis.row_number().over(ibis.window(group_by=list(SERIES), order_by=order))
    ranked = gaps.mutate(place=place)
    return ranked.filter(ranked.place == 0).drop("place")


def _with_days(gaps: Table, numbers: Table) -> Table:
    """Return gaps with the first and the last day of each side."""
    rows = numbers.join(gaps.select(*SERIES, "upper"), SERIES)
    is_above = rows.number >= rows.upper
    days = rows.group_by(SERIES).agg(
        first_below=rows.day.min(where=~is_above),
        last_below=rows.day.max(where=~is_above),
        first_above=rows.day.min(where=is_above),
        last_above=rows.day.max(where=is_above),
    )
    return gaps.join(days, SERIES)


def _is_at_the_same_time(row: dict[str, Any]) -> bool:
    """Return whether both sides are there on enough days of the shorter one; true if unknown."""
    sides = [(row["first_below"], row["last_below"]), (row["first_above"], row["last_above"])]
    if any(day is None for side in sides for day in side):
        return True
    shorter = min((last - first).days + 1 for first, last in sides)
    common = min(last for _, last in sides) - max(first for first, _ in sides)
    return bool(common.days + 1 >= shorter * PART_OF_TIME)
