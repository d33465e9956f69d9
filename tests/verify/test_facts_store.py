"""Facts of nodes are collected once, whatever happens on the way."""

from __future__ import annotations

import datetime
import os
import signal
import subprocess
import sys
from hashlib import blake2b
from io import BytesIO
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from groundrules.verify import collecting_run
from groundrules.verify.collecting_run import Collected
from groundrules.verify.fact_rows import COLUMNS, fact_rows
from groundrules.verify.facts_store import FactsStore
from groundrules.verify.node_facts import FactValue, NodeFacts, NodeKind, SkippedFacts

KIND = NodeKind("small", "rax", "DFW")
NOON = datetime.datetime(2026, 11, 30, 12, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


def facts_of(number: int, time: datetime.datetime | None = NOON, **facts: FactValue) -> NodeFacts:
    return NodeFacts(f"logs/{number}.yaml", f"node-{number}", KIND, time, facts)


def rows(store: FactsStore, columns: str = "source, node, fact, number, text") -> list[tuple]:
    files = store.readable().paths
    if not files:
        return []
    query = "SELECT {} FROM read_parquet($1, hive_partitioning = true) ORDER BY ALL"
    return duckdb.execute(query.format(columns), [[str(path) for path in files]]).fetchall()


def test_a_node_has_a_row_of_its_own_and_one_for_each_fact(tmp_path: Path):
    store = FactsStore(tmp_path)
    done = store.collect([facts_of(1, memory=7976, arch="x86_64", ipv6=True, load=float("nan"))])
    assert done == Collected(nodes=1, duplicates=0, skipped_count=0)
    assert rows(store) == [
        ("logs/1.yaml", "node-1", "", None, None),
        ("logs/1.yaml", "node-1", "arch", None, "x86_64"),
        ("logs/1.yaml", "node-1", "ipv6", 1.0, "true"),
        ("logs/1.yaml", "node-1", "load", None, None),
        ("logs/1.yaml", "node-1", "memory", 7976.0, None),
    ]
    assert rows(store, "DISTINCT label, provider, region, time, day") == [
        ("small", "rax", "DFW", datetime.datetime(2026, 11, 30, 12), datetime.date(2026, 11, 30))
    ]


def test_each_day_has_its_folder(tmp_path: Path):
    store = FactsStore(tmp_path)
    store.collect([facts_of(1), facts_of(2, NOON - DAY), facts_of(3, None)])
    assert sorted(path.name for path in tmp_path.glob("day=*")) == [
        "day=2026-11-29",
        "day=2026-11-30",
        "day=__HIVE_DEFAULT_PARTITION__",
    ]


def test_nothing_is_collected_from_nothing(tmp_path: Path):
    assert FactsStore(tmp_path / "new").collect([]) == Collected(0, 0, 0)
    assert rows(FactsStore(tmp_path / "new")) == []


def test_a_node_is_counted_once(tmp_path: Path):
    store = FactsStore(tmp_path)
    assert store.collect([facts_of(1), facts_of(1)]) == Collected(1, 1, 0)
    assert store.collect([facts_of(1), facts_of(2)]) == Collected(1, 1, 0)
    assert rows(store, "count(*)") == [(2,)]


def test_a_node_of_another_source_is_another_node(tmp_path: Path):
    store = FactsStore(tmp_path)
    twice = [NodeFacts(source, "node", KIND, NOON, {}) for source in ("one", "two")]
    assert store.collect(twice) == Collected(2, 0, 0)


def of_build(source: str, build: str, node: str = "node") -> NodeFacts:
    return NodeFacts(source, node, KIND, NOON, {}, build)


def test_a_node_of_a_build_is_counted_once_wherever_it_was_read(tmp_path: Path):
    store = FactsStore(tmp_path)
    folder, archive = of_build("1/a", "b1"), of_build("1.tar/a", "b1")
    assert store.collect([folder, archive]) == Collected(1, 1, 0)
    assert store.collect([archive]) == Collected(0, 1, 0)
    assert rows(store, "source, node, build") == [("1/a", "node", "b1")]


def test_another_node_or_another_build_is_counted(tmp_path: Path):
    store = FactsStore(tmp_path)
    nodes = [of_build("1/a", "b1"), of_build("1.tar/b", "b1", "other"), of_build("2/a", "b2")]
    assert store.collect(nodes) == Collected(3, 0, 0)


def test_sources_without_a_build_are_not_of_one_build(tmp_path: Path):
    nodes = [of_build("1/a", ""), of_build("1.tar/a", "")]
    assert FactsStore(tmp_path).collect(nodes) == Collected(2, 0, 0)


def test_the_name_of_a_source_cannot_be_a_build(tmp_path: Path):
    nodes = [of_build("build b1", ""), of_build("/1/a", "b1")]
    assert FactsStore(tmp_path).collect(nodes).nodes == 2


def test_the_builds_of_nodes_are_in_an_index_that_is_made_again(tmp_path: Path):
    store = FactsStore(tmp_path)
    store.collect([of_build("1/a", "b1")])
    (tmp_path / "collected.sqlite").unlink()
    assert store.collect([of_build("1.tar/a", "b1")]) == Collected(0, 1, 0)


def test_names_do_not_run_together(tmp_path: Path):
    pairs = [("a", "bc"), ("ab", "c")]
    nodes = [NodeFacts(source, node, KIND, NOON, {}) for source, node in pairs]
    assert FactsStore(tmp_path).collect(nodes) == Collected(2, 0, 0)


def test_an_input_that_was_skipped_is_counted_apart(tmp_path: Path):
    skipped = SkippedFacts("logs/2.yaml", "not YAML")
    done = FactsStore(tmp_path).collect([facts_of(1), skipped])
    assert done == Collected(1, 0, 1, (skipped,))


def test_text_that_is_not_unicode_is_replaced(tmp_path: Path):
    store = FactsStore(tmp_path)
    store.collect([facts_of(1, text="\udcff")])
    assert rows(store)[1] == ("logs/1.yaml", "node-1", "text", None, "?")


def test_a_damaged_file_is_skipped_and_its_nodes_can_be_collected_again(tmp_path: Path):
    store = FactsStore(tmp_path)
    store.collect([facts_of(1), facts_of(2, NOON - DAY)])
    damaged = store.readable().paths[0]
    damaged.write_bytes(damaged.read_bytes()[:-9])
    reason = "the file is damaged; its nodes are not counted until they are collected again"
    assert store.readable().damaged == (SkippedFacts(str(damaged), reason),)
    assert rows(store, "node") == [("node-1",)]
    done = store.collect([facts_of(1), facts_of(2, NOON - DAY)])
    assert done == Collected(1, 1, 1, (SkippedFacts(str(damaged), reason),))
    assert rows(store, "node") == [("node-1",), ("node-2",)]


def test_a_single_wrong_byte_is_damage(tmp_path: Path):
    store = FactsStore(tmp_path)
    store.collect([facts_of(1, memory=7976)])
    (path,) = store.readable().paths
    data = bytearray(path.read_bytes())
    data[60] ^= 1
    path.write_bytes(data)
    assert [one.source for one in store.readable().damaged] == [str(path)]


@pytest.mark.parametrize(
    "columns",
    [
        {"label": ["x"]},
        {**{name: ["x"] for name in COLUMNS}, "time": [NOON], "number": ["many"]},
    ],
    ids=["too few", "of another type"],
)
def test_a_file_of_another_program_is_skipped(tmp_path: Path, columns: dict[str, list[object]]):
    """Its name can be right: the digest says only that nothing changed since."""
    store = FactsStore(tmp_path)
    store.collect([facts_of(1)])
    written = BytesIO()
    pq.write_table(pa.table(columns), written)
    name = f"{blake2b(written.getvalue(), digest_size=16).hexdigest()}.parquet"
    foreign = store.readable().paths[0].with_name(name)
    foreign.write_bytes(written.getvalue())
    assert [one.source for one in store.readable().damaged] == [str(foreign)]
    assert rows(store, "node") == [("node-1",)]
    assert store.collect([facts_of(1), facts_of(2)]).nodes == 1
    assert rows(store, "node") == [("node-1",), ("node-2",)]


@pytest.mark.parametrize("text", [None, b"", b"SQLite format 3\0" + b"x" * 4096])
def test_the_index_is_made_again_from_the_files(tmp_path: Path, text: bytes | None):
    store = FactsStore(tmp_path)
    store.collect([facts_of(1)])
    index = tmp_path / "collected.sqlite"
    index.unlink()
    if text is not None:
        index.write_bytes(text)
    assert store.collect([facts_of(1), facts_of(2)]) == Collected(1, 1, 0)


def test_a_link_in_the_folder_leads_to_no_other_file(tmp_path: Path):
    """A folder can be shared: what others put there is not followed when something is written."""
    theirs = tmp_path / "theirs"
    theirs.write_text("thesis")
    store = FactsStore(tmp_path / "store")
    store.folder.mkdir()
    (store.folder / "collected.sqlite").symlink_to(theirs)
    assert store.collect([facts_of(1)]) == Collected(1, 0, 0)
    assert not (store.folder / "collected.sqlite").is_symlink()
    (store.folder / ".lock").unlink()
    (store.folder / ".lock").symlink_to(theirs)
    with pytest.raises(OSError, match="Too many levels of symbolic links"):
        store.collect([facts_of(2)])
    assert theirs.read_text() == "thesis"


def test_rows_are_written_before_they_are_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(collecting_run, "MOST_ROWS", 10)
    monkeypatch.setattr("groundrules.verify.facts_store._BATCH", 5)
    store = FactsStore(tmp_path)
    assert store.collect(facts_of(number, memory=1) for number in range(23)) == Collected(23, 0, 0)
    assert len(store.readable().paths) == 5
    assert rows(store, "count(*), count(DISTINCT source)") == [(46, 23)]


def test_another_run_in_the_same_folder_has_to_wait(tmp_path: Path):
    store = FactsStore(tmp_path)
    with store.collecting(), pytest.raises(OSError, match="another run collects facts") as error:
        store.collect([])
    assert error.value.filename == str(tmp_path)


STEPS = range(1, 23)
KILLED = """
import os, signal, sys
from pathlib import Path
from groundrules.verify import collected_index, collecting_run, day_files, facts_store
sys.path.insert(0, {tests!r})
from test_facts_store import DAY, NOON, STEPS, facts_of

collecting_run.MOST_ROWS = 6
facts_store._BATCH = 3

def collect_until(last):
    step = 0

    def counted(function):
        def call(*arguments, **named):
            nonlocal step
            step += 1
            if step == last:
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*arguments, **named)
        return call

    Path.replace = counted(Path.replace)
    collecting_run.CollectingRun.flush = counted(collecting_run.CollectingRun.flush)
    collected_index.CollectedIndex.add_file = counted(collected_index.CollectedIndex.add_file)
    facts = (facts_of(number, NOON - DAY * (number % 2), memory=1) for number in range(12))
    facts_store.FactsStore(Path({folder!r}, str(last))).collect(facts)

for last in STEPS:
    process = os.fork()
    if not process:
        collect_until(last)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), flush=True)
"""


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a store of a run that was killed at each step, by its number.

    Each run is a process of its own, of which one process has loaded the modules.
    """
    folder = tmp_path_factory.mktemp("killed")
    code = KILLED.format(tests=str(Path(__file__).parent), folder=str(folder))
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, stdout=subprocess.PIPE, text=True
    )
    statuses = [int(line) for line in done.stdout.split()]
    assert len(statuses) == len(STEPS)
    assert set(statuses) == {0, -signal.SIGKILL}
    return folder


@pytest.mark.parametrize("step", STEPS)
def test_a_run_that_was_killed_is_repeated_and_counts_nothing_twice(killed: Path, step: int):
    store = FactsStore(killed / str(step))
    facts = [facts_of(number, NOON - DAY * (number % 2), memory=1) for number in range(12)]
    result = store.collect(facts)
    assert result.nodes + result.duplicates == 12
    assert rows(store, "count(*), count(DISTINCT source)") == [(24, 12)]
    assert store.readable().damaged == ()


def test_a_full_disk_is_one_sentence_and_nothing_is_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(path: Path, beside: Path, data: bytes) -> None:
        beside.write_bytes(data[:10])
        beside.unlink()
        raise OSError(28, os.strerror(28), str(path))

    store = FactsStore(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr("groundrules.atomic._replace", full)
        with pytest.raises(OSError, match="No space left on device"):
            store.collect([facts_of(1)])
    assert store.readable().paths == ()
    assert store.collect([facts_of(1)]) == Collected(1, 0, 0)


def test_a_disk_that_is_full_for_the_index_is_a_sentence_too(tmp_path: Path):
    store = FactsStore(tmp_path)
    with store.collecting() as run:
        run.index.connection.execute("PRAGMA max_page_count = 4")
        run.add(fact_rows([facts_of(number) for number in range(1_000)]))
        with pytest.raises(OSError, match="No space left on device") as error:
            run.flush()
    assert error.value.filename == str(tmp_path / "collected.sqlite")
    done = store.collect(facts_of(number) for number in range(1_001))
    assert done == Collected(1, 1_000, 0)
    assert rows(store, "count(*), count(DISTINCT source)") == [(1_001, 1_001)]
