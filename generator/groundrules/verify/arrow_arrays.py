"""Arrow arrays made from buffers.

``pyarrow.array`` imports pandas if it is installed, which takes 60 MB in each process that reads
facts; ``take`` and ``filter`` import ``pyarrow.compute``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

Int32s = np.ndarray[tuple[int], np.dtype[np.int32]]
Bools = np.ndarray[tuple[int], np.dtype[np.bool_]]


def int32_array(values: np.ndarray[tuple[int], Any]) -> pa.Array:
    """Return an array of the numbers."""
    buffer = pa.py_buffer(np.ascontiguousarray(values, np.int32))
    return pa.Array.from_buffers(pa.int32(), len(values), [None, buffer])


def float_array(values: Sequence[float | None]) -> pa.Array:
    """Return an array of numbers and NULL."""
    return _nullable(pa.float64(), *_known(values, np.float64))


def time_array(microseconds: Sequence[int | None], position: Int32s) -> pa.Array:
    """Return the times at these positions, given in microseconds since 1970, and NULL."""
    data, is_known = _known(microseconds, np.int64)
    return _nullable(pa.timestamp("us"), data[position], is_known[position])


def text_array(texts: Iterable[str | None]) -> pa.Array:
    """Return an array of texts and NULL; lone surrogates, which Arrow refuses, are replaced."""
    builder = pa.lib.StringBuilder()
    for text in texts:
        builder.append(None if text is None else text.encode("utf-8", "replace").decode("utf-8"))
    return builder.finish()


def mask_array(kept: Bools) -> pa.Array:
    """Return an array of truths."""
    return pa.Array.from_buffers(pa.bool_(), len(kept), [None, _bits(kept)])


def int32s_of(column: pa.ChunkedArray) -> Int32s:
    """Return the numbers of a column without NULL."""
    chunks = [_int32s(chunk) for chunk in column.chunks]
    return np.concatenate(chunks) if chunks else np.empty(0, np.int32)


def _int32s(chunk: pa.Array) -> Int32s:
    data = np.frombuffer(chunk.buffers()[1], np.int32)
    return data[chunk.offset : chunk.offset + len(chunk)]


def _known(values: Sequence[float | None], kind: Any) -> tuple[np.ndarray[tuple[int], Any], Bools]:
    """Return values, with 0 for those that are not known, and which are."""
    is_known = np.array([value is not None for value in values], bool)
    return np.array([0 if value is None else value for value in values], kind), is_known


def _nullable(kind: pa.DataType, data: np.ndarray[tuple[int], Any], is_known: Bools) -> pa.Array:
    return pa.Array.from_buffers(kind, len(data), [_bits(is_known), pa.py_buffer(data)])


def _bits(truths: Bools) -> pa.Buffer:
    return pa.py_buffer(np.packbits(truths, bitorder="little"))
