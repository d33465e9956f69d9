"""`FactRows`: the facts of some nodes as the rows of the store."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import chain

import numpy as np
import pyarrow as pa
from msgspec import Struct

from groundrules.verify.node_facts import FactValue, NodeFacts

NODE_ROW = ""
"""The fact of the row that each node has besides those of its facts; it makes nodes countable."""

COLUMNS = ("label", "provider", "region", "node", "source", "time", "fact", "number", "text")
"""The columns of the store, besides ``day``, which is the name of a folder."""

_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_MICROSECOND = datetime.timedelta(microseconds=1)
_SCHEMA = pa.schema(
    [
        *((name, pa.dictionary(pa.int32(), pa.string())) for name in COLUMNS[:5]),
        ("time", pa.timestamp("us")),
        ("fact", pa.dictionary(pa.int32(), pa.string())),
        ("number", pa.float64()),
        ("text", pa.string()),
        ("position", pa.int32()),
    ]
)


class FactRows(Struct, frozen=True):
    """The rows of some nodes.

    ``identities`` are the digests of source and node, one a node.  ``table`` has the columns of
    the store, and ``position``, which says to which identity a row belongs.
    """

    identities: list[bytes]
    table: pa.Table

    def only(self, kept: Sequence[bool]) -> FactRows:
        """Return the rows of the nodes for which ``kept`` is true."""
        if all(kept):
            return self
        mask = np.array(kept, dtype=bool)
        positions = np.cumsum(mask, dtype=np.int32) - 1
        table = self.table.filter(pa.array(mask[self.table["position"].to_numpy()]))
        column = pa.array(positions[table["position"].to_numpy()], pa.int32())
        table = table.set_column(table.num_columns - 1, "position", column)
        identities = [name for name, keep in zip(self.identities, kept, strict=True) if keep]
        return FactRows(identities, table)


def identity_of(source: str, node: str) -> bytes:
    """Return the digest by which a node of a source is known; 16 bytes."""
    text = f"{len(source)} {source}{node}"
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def columns_of_value(value: FactValue) -> tuple[float | None, str | None]:
    """Return a value as number and text.

    A truth has both, so that ``true`` is neither the number 1 nor the text "true".  A number that
    is not finite has neither, as it cannot be compared.
    """
    if isinstance(value, bool):
        return float(value), "true" if value else "false"
    if isinstance(value, str):
        return None, value.encode("utf-8", "replace").decode("utf-8")
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
        *(_of_nodes(names, position) for names in _names(nodes)),
        pa.array([_microseconds(node.time) for node in nodes], pa.int64())
        .cast(pa.timestamp("us"))
        .take(pa.array(position)),
        _coded(facts),
        pa.array([number for number, _ in pairs], pa.float64()),
        pa.array([text for _, text in pairs], pa.string()),
        pa.array(position),
    ]
    identities = [identity_of(node.source, node.node) for node in nodes]
    return FactRows(identities, pa.Table.from_arrays(arrays, schema=_SCHEMA))


def _names(nodes: Sequence[NodeFacts]) -> Iterator[list[str]]:
    yield [node.kind.label for node in nodes]
    yield [node.kind.provider for node in nodes]
    yield [node.kind.region for node in nodes]
    yield [node.node for node in nodes]
    yield [node.source for node in nodes]


def _of_nodes(names: list[str], position: np.ndarray[tuple[int], np.dtype[np.int32]]) -> pa.Array:
    coded = _coded(names)
    indices = coded.indices.to_numpy()[position]
    return pa.DictionaryArray.from_arrays(pa.array(indices), coded.dictionary)


def _coded(names: Iterable[str]) -> pa.DictionaryArray:
    """Return texts as a dictionary array; lone surrogates, which Arrow refuses, are replaced."""
    codes: dict[str, int] = {}
    indices = [codes.setdefault(name, len(codes)) for name in names]
    texts = [name.encode("utf-8", "replace").decode("utf-8") for name in codes]
    return pa.DictionaryArray.from_arrays(
        pa.array(indices, pa.int32()), pa.array(texts, pa.string())
    )


def _microseconds(time: datetime.datetime | None) -> int | None:
    return None if time is None else (time.astimezone(datetime.UTC) - _EPOCH) // _MICROSECOND
