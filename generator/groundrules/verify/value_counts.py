"""Quantiles and bins by expressions that give the same numbers in every engine.

Quantiles are by nearest rank: the value at position ⌈n·p⌉ in order, which a node really had.
Engines interpolate differently, and their approximate functions differ by chance.
"""

from __future__ import annotations

from collections.abc import Sequence

import ibis
from ibis.expr.types import Table

BINS = 12
QUANTILES = {"minimum": 0, "p05": 5, "median": 50, "p95": 95, "maximum": 100}  # percent


def value_counts(rows: Table, by: Sequence[str]) -> Table:
    """Return how many nodes of a group had each number, in order, from rows with ``nodes``.

    ``below`` counts the nodes up to and with this number; ``total``, ``lowest`` and ``highest``
    are those of the group.
    """
    counts = rows.group_by([*by, "number"]).agg(nodes=rows.nodes.sum())
    group = ibis.window(group_by=list(by))
    ordered = ibis.cumulative_window(group_by=list(by), order_by="number")
    return counts.mutate(
        below=counts.nodes.sum().over(ordered),
        total=counts.nodes.sum().over(group),
        lowest=counts.number.min().over(group),
        highest=counts.number.max().over(group),
    )


def quantiles(counts: Table, by: Sequence[str]) -> Table:
    """Return the `QUANTILES` of each group of `value_counts`, and its ``total``."""
    ranks = {
        name: counts.number.min(where=counts.below * 100 >= counts.total * percent)
        for name, percent in QUANTILES.items()
    }
    return counts.group_by(list(by)).agg(**ranks, total=counts.total.max())


def bins(counts: Table, by: Sequence[str]) -> Table:
    """Return how many nodes are in each of `BINS` equally wide bins; empty ones are left out."""
    width = (counts.highest - counts.lowest).nullif(0.0)
    position = ((counts.number - counts.lowest) * BINS / width).floor().cast("int64")
    binned = counts.mutate(bin=ibis.least(position.fill_null(0), BINS - 1))
    return binned.group_by([*by, "bin"]).agg(nodes=binned.nodes.sum())
