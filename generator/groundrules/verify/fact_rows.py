"""`FactRows`: the facts of some nodes as the rows of the store."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from itertools import chain, compress
from operator import attrgetter

import numpy as np
import pyarrow as pa
from msgspec import Struct

from groundrules.verify.arrow_arrays import (
    Int32s,
    float_array,
    int32_array,
    int32s_of,
    mask_array,
    text_array,
    time_array,
)
from groundrules.verify.node_facts import FactValue, NodeFacts

NODE_ROW = ""
"""The fact of the row that each node has besides those of its facts; it makes nodes countable."""

IDENTITY = 16
"""Bytes of a digest."""

Identities = tuple[bytes, ...]
"""The digests by which a node is known; one of them is enough."""

FILE_COLUMNS = {
    "label": pa.string(),
    "provider": pa.string(),
    "region": pa.string(),
    "node": pa.string(),
    "build": pa.string(),
    "source": pa.string(),
    "time": pa.timestamp("us"),
    "fact": pa.string(),
    "number": pa.float64(),
    "text": pa.string(),
}
"""The columns of a file of the store; ``day`` is the name of a folder."""

COLUMNS = tuple(FILE_COLUMNS)

_NAMES = ("kind.label", "kind.provider", "kind.region", "node", "build", "source")
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_MICROSECOND = datetime.timedelta(microseconds=1)
_CODED = dict.fromkeys((*COLUMNS[:6], "fact"), pa.dictionary(pa.int32(), pa.string()))
_SCHEMA = pa.schema({**FILE_COLUMNS, **_CODED, "position": pa.int32()})


class FactRows(Struct, frozen=True):
    """The rows of some nodes.

    ``nodes`` are their `Identities`.  ``table`` has the columns of the store, and ``position``,
    which says to which of the nodes a row belongs.
    """

    nodes: list[Identities]
    table: pa.Table

    def only(self, kept: Sequence[bool]) -> FactRows:
        """Return the rows of the nodes for which ``kept`` is true."""
        if all(kept):
            return self
        mask = np.array(kept, dtype=bool)
        positions = np.cumsum(mask, dtype=np.int32) - 1
        table = self.table.filter(mask_array(mask[int32s_of(self.table["position"])]))
        nodes = list(compress(self.nodes, kept))
        return FactRows(nodes, with_positions(table, positions[int32s_of(table["position"])]))


def with_positions(table: pa.Table, positions: Int32s) -> pa.Table:
    """Return rows with other positions."""
    return table.set_column(table.num_columns - 1, "position", int32_array(positions))


def identities_of(source: str, node: str, build: str = "") -> Identities:
    """Return the digests by which a node is known: of its source, and of its build if that is."""
    of_source = _digest(f"{len(source)} {source}{node}")
    return (of_source, _digest(f"build {build} {node}")) if build else (of_source,)


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=IDENTITY).digest()


def columns_of_value(value: FactValue) -> tuple[float | None, str | None]:
    """Return a value as number and text.

    A truth has both, so that ``true`` is neither the number 1 nor the text "true".  A number that
    is not finite has neither, as it cannot be compared.
    """
    if isinstance(value, bool):
        return float(value), "true" if value else "false"
    if isinstance(value, str):
        return None, value
    try:
        number = float(value)
    except OverflowError:
        return None, None
    return (number, None) if math.isfinite(number) else (None, None)


def value_of_columns(number: float | None, text: str | None) -> FactValue | None:
    """Return the value of which these are the number and the text; None if it has neither."""
    if number is None:
        return text
    if text is not None:
        return number == 1
    return int(number) if number.is_integer() else number


def fact_rows(nodes: Sequence[NodeFacts]) -> FactRows:
    """Return the rows of some nodes: one for each node, and one for each of its facts."""
    counts = np.array([len(node.facts) + 1 for node in nodes], dtype=np.int32)
    position = np.repeat(np.arange(len(nodes), dtype=np.int32), counts)
    facts = chain.from_iterable((NODE_ROW, *node.facts) for node in nodes)
    values = chain.from_iterable((None, *node.facts.values()) for node in nodes)
    pairs = [(None, None) if value is None else columns_of_value(value) for value in values]
    arrays = [
        *(_coded(map(attrgetter(name), nodes), position) for name in _NAMES),
        time_array([_microseconds(node.time) for node in nodes], position),
        _coded(facts),
        float_array([number for number, _ in pairs]),
        text_array([text for _, text in pairs]),
        int32_array(position),
    ]
    identities = [identities_of(node.source, node.node, node.build) for node in nodes]
    return FactRows(identities, pa.Table.from_arrays(arrays, schema=_SCHEMA))


def _coded(names: Iterable[str], position: Int32s | None = None) -> pa.DictionaryArray:
    """Return texts as a dictionary array; with ``position``, those at these positions."""
    codes: dict[str, int] = {}
    indices = np.array([codes.setdefault(name, len(codes)) for name in names], np.int32)
    shown = indices if position is None else indices[position]
    return pa.DictionaryArray.from_arrays(int32_array(shown), text_array(codes))


def _microseconds(time: datetime.datetime | None) -> int | None:
    return None if time is None else (time.astimezone(datetime.UTC) - _EPOCH) // _MICROSECOND
