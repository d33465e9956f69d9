"""`spark_facts`: the same table of facts on a Spark cluster, for stores beyond one machine.

The cluster reads the Parquet files itself: they are in a folder that all its machines have under
the same path, or in an object store.
"""

from __future__ import annotations

import itertools
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import ibis
from ibis.backends.pyspark import Backend
from ibis.expr.types import Table
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession

from groundrules.verify.facts_engine import SCHEMA, EngineError, EngineFacts
from groundrules.verify.facts_store import ReadableFiles

_SETTINGS = {
    "spark.sql.session.timeZone": "UTC",  # the store's times are in UTC
    "spark.log.level": "ERROR",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


@contextmanager
def spark_facts(master: str, files: ReadableFiles | str) -> Iterator[EngineFacts]:
    """Open files of a store, or the URL of its folder, on the cluster of a Spark master.

    ``master`` is an URL such as ``spark://host:7077``.  The settings of the session are the user's
    own (``spark-defaults.conf``), except for the time zone.  The files below an URL are not
    verified before, as they would have to be copied here.  Raises `EngineError`.
    """
    builder = SparkSession.builder.master(master).appName("groundrules verify")
    with warnings.catch_warnings():
        # PySpark 4.3 warns for each small table that it was not tested with pandas 3
        warnings.filterwarnings("ignore", category=FutureWarning, module="pyspark")
        try:
            session = builder.config(map=_SETTINGS).getOrCreate()
            try:
                yield _opened(session, files)
            finally:
                session.stop()
        except (PySparkException, Py4JError) as error:
            raise EngineError(_message(error)) from error


def _opened(session: SparkSession, files: ReadableFiles | str) -> EngineFacts:
    connection = ibis.pyspark.connect(session)
    numbers = itertools.count(1)

    def kept(table: Table) -> Table:
        # unlike the query's text alone, a view makes Ibis send the small tables that it is about
        name = f"kept_{next(numbers)}"
        view = connection.create_view(name, table)
        session.catalog.cacheTable(name)
        return view

    facts = _view(connection, _read(session, files), "facts")
    return EngineFacts(facts.cast({"day": "date"}), kept)


def _read(session: SparkSession, files: ReadableFiles | str) -> DataFrame:
    if isinstance(files, str):
        return session.read.option("pathGlobFilter", "*.parquet").parquet(files)
    if not files.paths:
        columns = ", ".join(f"{name} {_TYPES[str(kind)]}" for name, kind in SCHEMA.items())
        return session.createDataFrame([], columns)
    folder = files.paths[0].parents[1]  # above the folders of days
    reader = session.read.option("basePath", f"file://{folder.absolute()}")
    # Spark reads names as patterns
    return reader.parquet(
        *(f"file://{_SPECIAL.sub(_ESCAPED, str(p.absolute()))}" for p in files.paths)
    )


_SPECIAL, _ESCAPED = re.compile(r"([\\*?{}\[\]])"), r"\\\1"
_TYPES = {
    "string": "string",
    "float64": "double",
    "timestamp(6)": "timestamp_ntz",
    "date": "date",
}


def _view(connection: Backend, rows: DataFrame, name: str) -> Table:
    rows.createOrReplaceTempView(name)
    return connection.table(name)


def _message(error: Exception) -> str:
    """Return the line of an error that says what is wrong; that of Java's begins with a colon."""
    lines = str(error).strip().splitlines()
    return next((line for line in lines if line.startswith(": ")), lines[0]).removeprefix(": ")
