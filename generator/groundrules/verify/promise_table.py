"""`PromiseTables`: promises as small tables, which an engine joins with facts."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

import ibis
import pyarrow as pa
from ibis.expr.types import Table
from msgspec import Struct
from msgspec.structs import asdict

from groundrules.verify.fact_rows import columns_of_value
from groundrules.verify.node_facts import KIND
from groundrules.verify.node_promises import NodePromise
from groundrules.verify.value_types import type_of, types_of

# No column has NULL: engines and pandas do not agree on it for numbers.
_PROMISE = pa.schema(
    {
        "promise": pa.int64(),
        **dict.fromkeys((*KIND, "fact", "value_types"), pa.string()),
        **dict.fromkeys(("is_unlimited", "is_range", "has_lowest", "has_highest"), pa.bool_()),
        **dict.fromkeys(("first_day", "last_day"), pa.date32()),
        **dict.fromkeys(("lowest", "highest"), pa.float64()),
    }
)
_VALUE = pa.schema(
    [
        ("value_promise", pa.int64()),
        ("value_type", pa.string()),
        ("value_number", pa.float64()),
        ("value_text", pa.string()),
    ]
)


class PromiseTables(Struct, frozen=True):
    """The promises with their positions as ``promise``, and the values that keep them."""

    promises: Table
    values: Table


def promise_tables(promises: Sequence[NodePromise]) -> PromiseTables:
    """Return the tables of promises."""
    rows = [_promise_row(index, promise) for index, promise in enumerate(promises)]
    values = [row for index, promise in enumerate(promises) for row in _value_rows(index, promise)]
    return PromiseTables(
        ibis.memtable(pa.Table.from_pylist(rows, schema=_PROMISE)),
        ibis.memtable(pa.Table.from_pylist(values, schema=_VALUE)),
    )


def _promise_row(index: int, promise: NodePromise) -> dict[str, object]:
    bound = promise.bound
    return {
        "promise": index,
        **asdict(promise.kind),
        "fact": bound.fact,
        "is_unlimited": promise.first is None and promise.last is None,
        "first_day": promise.first or datetime.date.min,
        "last_day": promise.last or datetime.date.max,
        "is_range": bound.at_least is not None or bound.at_most is not None,
        "has_lowest": bound.at_least is not None,
        "lowest": bound.at_least or 0.0,
        "has_highest": bound.at_most is not None,
        "highest": bound.at_most or 0.0,
        "value_types": " ".join(types_of(bound.values)),
    }


def _value_rows(index: int, promise: NodePromise) -> Iterator[dict[str, object]]:
    for value in promise.bound.values:
        number, text = columns_of_value(value)
        yield {
            "value_promise": index,
            "value_type": type_of(value).value,
            "value_number": number or 0.0,
            "value_text": text or "",
        }
