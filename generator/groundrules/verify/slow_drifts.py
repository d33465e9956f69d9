"""`SlowDrift`: a number of nodes that goes up or down over weeks, before it breaks a promise."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from statistics import median
from typing import Any

from ibis.expr.types import Table
from msgspec import Struct

from groundrules.verify.fact_trends import SlowDrift
from groundrules.verify.mann_kendall import chance_of_trend, slope
from groundrules.verify.node_facts import NodeKind
from groundrules.verify.number_counts import SERIES, kind_of
from groundrules.verify.value_counts import quantiles, value_counts

FEWEST_DAYS = 14
"""Days with a median; with fewer, one bad week looks like a trend."""
FEWEST_NODES_OF_DAY = 5
"""Nodes whose median is used for a day."""
LONGEST = datetime.timedelta(days=365)
"""Only the latest days are compared: what was a year ago is not a drift of today."""
CHANCE = 0.01
"""How likely one drift or more is reported where there is none, over all series together."""
LARGEST_STEP = 0.5
"""The part of the change that may happen from some days to the next ones; more is a step."""
STEP_DAYS = 5
"""Days before and after a step, of which the medians are compared."""
_BATCH = 10_000  # rows that are Python's objects at a time


class MedianSeries(Struct, frozen=True):
    """The daily medians of a fact of a kind of node, in the order of days."""

    kind: NodeKind
    fact: str
    days: tuple[datetime.date, ...]
    medians: tuple[float, ...]


def slow_drifts(numbers: Table) -> list[SlowDrift]:
    """Return the facts that drift, by kind of node, sorted.

    ``numbers`` are `number_counts`.  A drift is a trend of the daily medians by the test of Mann
    and Kendall.  As every series is tested, the limit of chance is divided by their number
    (Bonferroni).  A change that is mostly one step between two days is not slow.
    """
    count = 0
    trends: list[SlowDrift] = []
    for series in median_series(numbers):
        if len(series.days) < FEWEST_DAYS:
            continue
        count += 1
        chance = chance_of_trend(series.medians)
        if chance <= CHANCE and (drift := _drift(series, chance)):
            trends.append(drift)
    drifts = [drift for drift in trends if drift.chance * count <= CHANCE]
    return sorted(drifts, key=lambda drift: (drift.kind, drift.fact))


def median_series(numbers: Table) -> Iterator[MedianSeries]:
    """Yield the medians of the latest days of each series; those of one fact are in memory."""
    last = numbers.day.max().to_pyarrow().as_py()
    if last is None:
        return
    latest = numbers.filter(numbers.day > last - LONGEST)
    by = [*SERIES, "day"]
    for fact in sorted(latest.fact.as_table().distinct().to_pyarrow()["fact"].to_pylist()):
        medians = quantiles(value_counts(latest.filter(latest.fact == fact), by), by)
        medians = medians.filter(medians.total >= FEWEST_NODES_OF_DAY).select(*by, "median")
        batches = medians.order_by(by).to_pyarrow().to_batches(max_chunksize=_BATCH)
        yield from _series(row for batch in batches for row in batch.to_pylist())


def _series(rows: Iterable[dict[str, Any]]) -> Iterator[MedianSeries]:
    for (kind, fact), of_series in groupby(rows, key=lambda row: (kind_of(row), row["fact"])):
        days, medians = zip(*((row["day"], row["median"]) for row in of_series), strict=True)
        yield MedianSeries(kind, fact, days, medians)


def _drift(series: MedianSeries, chance: float) -> SlowDrift | None:
    """Return the drift of a series; None if the change is one step."""
    days, medians = series.days, series.medians
    places = [day.toordinal() for day in days]
    per_day = slope(places, medians)
    change = per_day * (places[-1] - places[0])
    if _largest_step(medians) > abs(change) * LARGEST_STEP:
        return None
    start = median(
        value - per_day * (place - places[0]) for place, value in zip(places, medians, strict=True)
    )
    return SlowDrift(
        kind=series.kind,
        fact=series.fact,
        first=days[0],
        last=days[-1],
        days=len(days),
        start=start,
        end=start + change,
        per_day=per_day,
        chance=chance,
    )


def _largest_step(medians: Sequence[float]) -> float:
    """Return the largest difference between some days and the next ones."""
    windows = [
        median(medians[start : start + STEP_DAYS]) for start in range(len(medians) - STEP_DAYS + 1)
    ]
    pairs = zip(windows, windows[STEP_DAYS:], strict=False)
    return max((abs(second - first) for first, second in pairs), default=0)
