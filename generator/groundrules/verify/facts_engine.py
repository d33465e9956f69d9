"""`opened_facts`: the facts of a store as a table of Ibis, by which an engine answers questions.

DuckDB is in this process and needs no server.  The expressions of `promise_questions` are the
same for every engine.
"""

from __future__ import annotations

import glob
import itertools
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from tempfile import TemporaryDirectory

import duckdb
import ibis
import pyarrow as pa
from ibis.backends.duckdb import Backend
from ibis.expr.types import Table
from msgspec import Struct

from groundrules.verify.fact_rows import FILE_COLUMNS
from groundrules.verify.facts_store import ReadableFiles

MEMORY = "224MB"
"""What DuckDB may hold in memory; what is more, it writes to a temporary folder."""

SCHEMA = ibis.Schema.from_pyarrow(pa.schema({**FILE_COLUMNS, "day": pa.date32()}))
_SETTINGS = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}


class EngineError(Exception):
    """An engine cannot answer; the message says why, in its own words."""


class EngineFacts(Struct, frozen=True):
    """The facts in an engine: a table with the columns of `SCHEMA`.

    ``kept`` makes the engine compute a table once and keep the result until it is closed.
    """

    table: Table
    kept: Callable[[Table], Table]


def opened_facts(
    files: ReadableFiles | str, engine: str = ""
) -> AbstractContextManager[EngineFacts]:
    """Open files of a store in DuckDB, or on the Spark cluster whose master is ``engine``.

    Only a cluster can read the URL of a store.  Raises `EngineError`.
    """
    if engine or isinstance(files, str):
        # the extra spark, which also starts a Java machine
        from groundrules.verify.spark_engine import spark_facts

        return spark_facts(engine, files)
    return _opened_in_duckdb(files)


@contextmanager
def _opened_in_duckdb(files: ReadableFiles) -> Iterator[EngineFacts]:
    with TemporaryDirectory(prefix="groundrules-") as spilled:
        connection = ibis.duckdb.connect(
            memory_limit=MEMORY, temp_directory=spilled, preserve_insertion_order=False, **_SETTINGS
        )
        numbers = itertools.count(1)

        def kept(table: Table) -> Table:
            return connection.create_table(f"kept_{next(numbers)}", table, temp=True)

        try:
            yield EngineFacts(_table(connection, files), kept)
        except duckdb.Error as error:  # such as a full disk, or too little memory to spill
            raise EngineError(str(error).partition("\n")[0]) from error
        finally:
            connection.disconnect()


def _table(connection: Backend, files: ReadableFiles) -> Table:
    if not files.paths:
        return connection.create_table("facts", schema=SCHEMA)
    paths = [glob.escape(str(path)) for path in files.paths]  # DuckDB reads names as patterns
    facts = connection.read_parquet(paths, table_name="facts", hive_partitioning=True)
    return facts.cast({"day": "date"})  # DuckDB guesses its type; it can be of NULLs only
