"""`DayFiles`: the Parquet files of a store, in a folder for each day.

``day=2026-11-30/4f1c….parquet`` is what DuckDB, Spark and pandas read as a column ``day``.  A
file is named after the digest of its content, so that a damaged one is known.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from functools import partial
from hashlib import blake2b, file_digest
from io import BytesIO
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from msgspec import Struct

from groundrules.atomic import write_bytes
from groundrules.verify.arrow_arrays import int32_array, int32s_of
from groundrules.verify.fact_rows import COLUMNS, FILE_COLUMNS, NODE_ROW, Identities, identities_of

UNKNOWN_DAY = "__HIVE_DEFAULT_PARTITION__"
"""The day of nodes whose time is not known; Hive's name for NULL."""

_NAME = re.compile(rf"day=(?:\d{{4}}-\d\d-\d\d|{UNKNOWN_DAY})/([0-9a-f]{{32}})\.parquet")
_MICROSECONDS_OF_DAY = 86_400_000_000
_NO_DAY = -1_000_000  # before the year 1
_hash = partial(blake2b, digest_size=16)
_LEVEL = 3  # zstd's own default


class DayFiles(Struct, frozen=True):
    """The files below a folder."""

    folder: Path

    def names(self) -> list[str]:
        """Return the files, relative to the folder and sorted; others are not the store's."""
        paths = self.folder.glob("day=*/*.parquet")
        names = (path.relative_to(self.folder).as_posix() for path in paths)
        return sorted(name for name in names if _NAME.fullmatch(name))

    def is_damaged(self, name: str) -> bool:
        """Return whether the content of a file is not what was written, or cannot be read.

        One of another program, with other columns, is not what was written either.
        """
        match = _NAME.fullmatch(name)
        try:
            with (self.folder / name).open("rb") as stream:
                digest = file_digest(stream, _hash)
        except OSError:
            return True
        if not match or digest.hexdigest() != match[1]:
            return True
        return not _has_columns(self.folder / name)

    def write(self, day: str, table: pa.Table) -> str:
        """Write the rows of a day to a new file; return its name.  Raises `OSError`."""
        stream = BytesIO()
        pq.write_table(
            table,
            stream,
            compression="zstd",
            compression_level=_LEVEL,
            dictionary_pagesize_limit=2**24,  # sources are many, and repeat for each fact
            store_schema=False,
        )
        data = stream.getvalue()
        name = f"day={day}/{_hash(data).hexdigest()}.parquet"
        write_bytes(self.folder / name, data)
        return name

    def nodes(self, name: str) -> Iterator[Identities]:
        """Yield the identities of the nodes in a file."""
        wanted = [("fact", "=", NODE_ROW)]
        columns = ["source", "node", "build"]
        table = pq.read_table(
            self.folder / name, columns=columns, filters=wanted, partitioning=None
        )
        yield from map(identities_of, *(table[column].to_pylist() for column in columns))


def _has_columns(path: Path) -> bool:
    """Return whether a file has the columns of the store, with their types."""
    try:
        schema = pq.read_schema(path)
    except (OSError, pa.ArrowException):
        return False
    return list(zip(schema.names, schema.types, strict=True)) == list(FILE_COLUMNS.items())


def by_day(table: pa.Table) -> Iterator[tuple[str, pa.Table, set[int]]]:
    """Yield the rows of each day and the positions of its nodes.

    Rows are sorted by kind of node and fact: they are read together, and compress better.
    """
    table = table.unify_dictionaries().combine_chunks()
    days = _days(table)
    sorting = ("fact", "region", "provider", "label")  # the last one first
    codes = (int32s_of(pa.chunked_array([table[name].chunk(0).indices])) for name in sorting)
    order = np.lexsort(np.stack([*codes, days]))
    starts = np.flatnonzero(np.diff(days[order], prepend=days[order[0]] - 1))
    for rows in np.split(order, starts[1:]):
        day = table.take(int32_array(rows))
        positions = set(int32s_of(day["position"]).tolist())
        yield _day_name(int(days[rows[0]])), day.select(COLUMNS), positions


def _days(table: pa.Table) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the days since 1970; `_NO_DAY` if the time is not known."""
    time = table["time"].chunk(0)
    microseconds = np.frombuffer(time.buffers()[1], np.int64)[time.offset :][: len(time)]
    is_known = np.array(time.is_valid().to_pylist(), bool)
    return np.where(is_known, microseconds // _MICROSECONDS_OF_DAY, _NO_DAY)


def _day_name(day: int) -> str:
    if day == _NO_DAY:
        return UNKNOWN_DAY
    return (datetime.date(1970, 1, 1) + datetime.timedelta(days=day)).isoformat()
