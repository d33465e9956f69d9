"""Counts of numbers of nodes, as a table of Ibis without a store."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import ibis
import pyarrow as pa
from ibis.expr.types import Table

FIRST = datetime.date(2026, 10, 1)
COLUMNS = {
    "label": pa.string(),
    "provider": pa.string(),
    "region": pa.string(),
    "fact": pa.string(),
    "day": pa.date32(),
    "number": pa.float64(),
    "nodes": pa.int64(),
}
Count = tuple[int | None, float, int]
"""A day after `FIRST`, the number, and how many nodes had it."""


def counted(counts: Iterable[Count], label: str = "small", fact: str = "memory") -> Table:
    rows = [
        {
            "label": label,
            "provider": "rax",
            "region": "DFW",
            "fact": fact,
            "day": None if day is None else FIRST + datetime.timedelta(days=day),
            "number": float(number),
            "nodes": nodes,
        }
        for day, number, nodes in counts
    ]
    return ibis.memtable(pa.Table.from_pylist(rows, schema=pa.schema(COLUMNS)))
