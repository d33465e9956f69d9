"""A Spark cluster gives the same answers as DuckDB."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from spark_cluster import cluster, why_no_cluster

from groundrules.diagnostics import Location
from groundrules.records.expectation import Standing
from groundrules.verify.facts_engine import EngineError, EngineFacts, opened_facts
from groundrules.verify.facts_store import FactsStore, ReadableFiles
from groundrules.verify.node_facts import NodeFacts, NodeKind
from groundrules.verify.node_gaps import node_gaps
from groundrules.verify.node_promises import Bound, NodePromise
from groundrules.verify.number_counts import number_counts
from groundrules.verify.promise_questions import measured
from groundrules.verify.slow_drifts import slow_drifts
from groundrules.verify.suggested_bounds import suggested_bounds
from groundrules.verify.verified_nodes import nodes_by_kind

pytestmark = [
    pytest.mark.skipif(bool(why_no_cluster()), reason=why_no_cluster()),
    # PySpark's own: sockets to its gateway, and names that pandas or Python will remove
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
KINDS = [NodeKind(label, "rax", region) for label in ("big", "small") for region in ("DFW", "ORD")]
FIRST = datetime.datetime(2026, 10, 1, 12, tzinfo=datetime.UTC)
BOUNDS = (
    Bound("memory", at_least=7950, at_most=8100),
    Bound("load", at_most=0.9),
    Bound("arch", values=("x86_64",)),
    Bound("ipv6", values=(True, "yes", 1)),
    Bound("missing", at_least=1),
    Bound("typed", at_least=12),
    Bound("typed", values=(12, 13)),
    Bound("typed", values=("12", "13")),
)
# values of which engines could think differently whether they are a number, or a text
TYPED = (
    12, 12.0, 12.5, 11, "12", "11", "12.5", "12.0", "-13", "013", "1e1", "12\n", "12 MB", "", "٧",
    True, 2.0**53, 1e300, "9" * 18, "9" * 19,
)  # fmt: skip


def nodes() -> Iterator[NodeFacts]:
    draw = random.Random(0)  # noqa: S311
    for number in range(2_000):
        kind, day = draw.choice(KINDS), number // 50
        drift = day if kind == KINDS[0] else 0
        memory = (
            8000 + draw.randrange(-20, 21) - drift + 900 * (kind == KINDS[1] and number % 4 == 0)
        )
        facts = {
            "memory": memory,
            "load": draw.random(),
            "arch": draw.choice(["x86_64"] * 99 + ["aarch64"]),
            "ipv6": draw.choice([True, False, "yes", "true", 1]),
            "other": draw.randrange(100, 120),
            "odd": float("inf"),
            "typed": TYPED[number % len(TYPED)],
        }
        time = FIRST + datetime.timedelta(days=day, minutes=number, microseconds=number)
        if number % 10 == 0:
            facts.pop("memory")
        is_known = number % 97 != 0
        yield NodeFacts(f"{number}.yaml", "node", kind, time if is_known else None, facts)


def promises() -> list[NodePromise]:
    place, day = Location("a.yaml", 1, 1), datetime.date(2026, 10, 20)
    return [
        NodePromise(bound.fact, kind, bound, Standing.GUARANTEED, first, last, place)
        for kind in [*KINDS, NodeKind("none")]
        for bound in BOUNDS
        for first, last in ((None, None), (None, day), (day, None))
    ]


def answers(facts: EngineFacts) -> dict[str, list[object]]:
    numbers = number_counts(facts, promises())
    return {
        "kinds": [*nodes_by_kind(facts)],
        "measured": [*measured(facts, promises())],
        "drifts": [*slow_drifts(numbers)],
        "gaps": [*node_gaps(numbers)],
        "suggested": [*suggested_bounds(numbers, promises())],
    }


def settings(folder: Path) -> Path:
    """Write the settings of a session for little data."""
    (folder / "spark-defaults.conf").write_text(
        "spark.executor.memory 512m\nspark.driver.memory 512m\nspark.sql.shuffle.partitions 2\n"
    )
    return folder


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setenv("SPARK_CONF_DIR", str(settings(tmp_path_factory.mktemp("settings"))))
        patch.chdir(tmp_path_factory.mktemp("driver"))
        with cluster(tmp_path_factory.mktemp("cluster")) as url:
            yield url


def test_both_engines_give_the_same_answers(tmp_path: Path, master: str):
    from groundrules.verify.spark_engine import spark_facts

    store = FactsStore(tmp_path / "a [store] {of} facts*")
    store.collect(nodes())
    files = store.readable()
    with opened_facts(files) as facts:
        expected = answers(facts)
    assert [len(rows) for rows in expected.values()] == [4, 120, 1, 5, 4]
    with spark_facts(master, files) as facts:
        assert answers(facts) == expected


def test_the_folder_of_a_store_can_be_an_url(tmp_path: Path, master: str):
    from groundrules.verify.spark_engine import spark_facts

    FactsStore(tmp_path).collect(islice(nodes(), 100))
    with spark_facts(master, f"file:{tmp_path}") as facts:
        assert [*nodes_by_kind(facts)] == KINDS


def test_both_engines_answer_for_an_empty_store(master: str):
    from groundrules.verify.spark_engine import spark_facts

    with opened_facts(ReadableFiles(())) as facts:
        expected = answers(facts)
    with spark_facts(master, ReadableFiles(())) as facts:
        assert answers(facts) == expected


def test_a_store_that_is_not_there_is_a_sentence(tmp_path: Path, master: str):
    from groundrules.verify.spark_engine import spark_facts

    url = f"file:{tmp_path}/nothing"
    with pytest.raises(EngineError) as error, spark_facts(master, url):
        pass
    assert str(error.value) == f"[PATH_NOT_FOUND] Path does not exist: {url}. SQLSTATE: 42K03"
