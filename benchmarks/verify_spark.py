"""Claim: a Spark cluster gives the same answers as DuckDB for the store of `verify`.

    python benchmarks/verify_spark.py build/verify/1000000

Needs ``groundrules[spark]`` and Java, and the store that ``verify.py`` has made in the folder.
Starts a master and two workers on this machine, as the tests do, and compares all answers.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from groundrules.records.loading import load
from groundrules.verify.facts_engine import opened_facts
from groundrules.verify.facts_store import FactsStore
from groundrules.verify.node_promises import promises_of
from groundrules.verify.promise_questions import measured
from groundrules.verify.verified_nodes import nodes_by_kind, trends_of

sys.path.append(str(Path(__file__).parents[1] / "tests" / "verify"))
from spark_cluster import cluster

SETTINGS = "spark.executor.memory 768m\nspark.driver.memory 1g\nspark.sql.shuffle.partitions 4\n"


def answers(folder: Path, engine: str) -> tuple[Any, ...]:
    catalogue = load(folder).catalogue
    with opened_facts(FactsStore(folder / "store").readable(), engine) as facts:
        promises = [one for kind in nodes_by_kind(facts) for one in promises_of(catalogue, kind)]
        start = time.monotonic()
        measures = list(measured(facts, promises))
        print(f"{engine or 'DuckDB'}: promises {time.monotonic() - start:.1f} s", flush=True)
        trends = trends_of(facts, promises, measures)
        print(f"{engine or 'DuckDB'}: all answers {time.monotonic() - start:.1f} s", flush=True)
    return measures, trends


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder.absolute()
    with tempfile.TemporaryDirectory() as temporary:
        (Path(temporary) / "spark-defaults.conf").write_text(SETTINGS, "utf-8")
        os.environ |= {"SPARK_CONF_DIR": temporary, "SPARK_LOCAL_IP": "127.0.0.1"}
        expected = answers(folder, "")
        with cluster(Path(temporary) / "cluster") as url:
            found = answers(folder, url)
    if found != expected:
        raise SystemExit("the answers differ")
    print("the answers are equal")


if __name__ == "__main__":
    main()
