"""Facts are read by several processes, and collected by one."""

from __future__ import annotations

import datetime
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from msgspec import Struct

from groundrules.interrupts import Interrupted, interruptible
from groundrules.verify import parallel_collecting
from groundrules.verify.collecting_run import Collected, CollectingRun
from groundrules.verify.fact_rows import FactRows
from groundrules.verify.facts_store import FactsStore
from groundrules.verify.node_facts import NodeFacts, NodeKind, SkippedFacts
from groundrules.verify.parallel_collecting import collect_parallel
from groundrules.verify.reading.node_build import FactFile, FactReader, NodeBuild

NOON = datetime.datetime(2026, 11, 30, 12, tzinfo=datetime.UTC)


class Document(Struct, frozen=True):
    source: str
    node: str = "node"
    data: bytes | None = None


class Build(Struct, frozen=True):
    files: tuple[Document, ...]


def builds(count: int) -> Iterator[Build]:
    return (Build((Document(f"logs/{number}.yaml"),)) for number in range(count))


def read(build: Build) -> Iterable[NodeFacts | SkippedFacts]:
    for file in build.files:
        if file.data == b"not YAML":
            yield SkippedFacts(file.source, "not YAML")
        else:
            yield NodeFacts(file.source, file.node, NodeKind("small"), NOON, {"memory": 7976})


def read_nothing(build: Build) -> Iterable[NodeFacts | SkippedFacts]:
    yield SkippedFacts(build.files[0].source, "this was read")


def die(build: Build) -> Iterable[NodeFacts | SkippedFacts]:
    os.kill(os.getpid(), signal.SIGKILL)
    yield from ()


@pytest.mark.parametrize("processes", [1, 2])
def test_all_inputs_are_read_and_collected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, processes: int
):
    monkeypatch.setattr(parallel_collecting, "_DOCUMENTS", 10)
    broken = Build((Document("a", data=b"not YAML"), Document("b")))
    unusable = SkippedFacts("c", "a link")
    done = collect_parallel(FactsStore(tmp_path), [*builds(95), broken, unusable], read, processes)
    assert (done.nodes, done.duplicates, done.skipped_count) == (96, 0, 2)
    assert set(done.skipped) == {SkippedFacts("a", "not YAML"), unusable}


def test_the_nodes_that_a_store_has_are_not_read_again(tmp_path: Path):
    store = FactsStore(tmp_path)
    collect_parallel(store, builds(5), read, 1)
    done = collect_parallel(store, builds(6), read_nothing, 1)
    assert done == Collected(0, 5, 1, (SkippedFacts("logs/5.yaml", "this was read"),))


def test_a_build_with_a_new_node_is_read_again(tmp_path: Path):
    store = FactsStore(tmp_path)
    first, second = Document("a", "one"), Document("a", "two")
    collect_parallel(store, [Build((first,))], read, 1)
    assert collect_parallel(store, [Build((first, second))], read, 1) == Collected(1, 1, 0)


@pytest.mark.parametrize(("cores", "readers"), [(2, 2), (64, parallel_collecting.MOST_READERS)])
def test_more_cores_do_not_take_more_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cores: int, readers: int
):
    started: list[int] = []
    executor = parallel_collecting._executor

    def counted(processes: int) -> AbstractContextManager[ProcessPoolExecutor]:
        started.append(processes)
        return executor(processes)

    monkeypatch.setattr(os, "sched_getaffinity", lambda process: set(range(cores)))
    monkeypatch.setattr(parallel_collecting, "_executor", counted)
    assert collect_parallel(FactsStore(tmp_path), builds(5), read).nodes == 5
    assert started == [readers]


LIGHT = """
import datetime, pickle, sys
from groundrules.verify.read_batch import read_batch
reader, build = pickle.loads(bytes.fromhex(sys.argv[1]))
assert read_batch(reader.facts_in, [build]).rows.table.num_rows == 2
heavy = ("duckdb", "ibis", "pandas", "pyarrow.compute", "pyarrow.parquet", "pydantic", "sqlite3")
print([name for name in heavy if name in sys.modules])
"""


def test_a_process_that_reads_loads_little():
    file = FactFile("host-info.a.yaml", "a", data=b"ansible_memtotal_mb: 7964\n")
    inventory = FactFile("inventory.yaml", data=b"all: {hosts: {a: {}}}\n")
    sent = pickle.dumps((FactReader(NOON), NodeBuild((file,), inventory))).hex()
    done = subprocess.run(
        [sys.executable, "-c", LIGHT, sent], check=True, stdout=subprocess.PIPE, text=True
    )
    assert done.stdout == "[]\n"


def test_inputs_are_not_taken_far_ahead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(parallel_collecting, "_DOCUMENTS", 1)
    taken: list[int] = []
    added: list[int] = []
    ahead: list[int] = []

    def counted() -> Iterator[Build]:
        for build in builds(40):
            taken.append(1)
            yield build

    def add(run: CollectingRun, rows: FactRows) -> None:
        ahead.append(len(taken) - len(added))
        added.append(1)

    monkeypatch.setattr(CollectingRun, "add", add)
    collect_parallel(FactsStore(tmp_path), counted(), read, 2)
    assert (len(added), max(ahead)) == (40, 4)


def test_contents_that_are_sent_together_are_bounded(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(parallel_collecting, "_BYTES", 100)
    sizes = [60, 60, 10, 200, 1]
    inputs = [Build((Document(str(size), data=b"x" * size),)) for size in sizes]
    batches = parallel_collecting._batches(inputs)
    together = [[len(build.files[0].data or b"") for build in batch] for batch in batches]
    assert together == [[60, 60], [10, 200], [1]]


def test_a_process_that_was_killed_ends_the_run_with_a_sentence(tmp_path: Path):
    store = FactsStore(tmp_path)
    with pytest.raises(ChildProcessError, match="a process that reads facts was killed") as error:
        collect_parallel(store, builds(3), die, 2)
    assert error.value.filename == str(tmp_path)
    assert collect_parallel(store, builds(3), read, 1) == Collected(3, 0, 0)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_keeps_what_it_has_collected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
):
    monkeypatch.setattr(parallel_collecting, "_DOCUMENTS", 10)
    store = FactsStore(tmp_path)

    def interrupted() -> Iterator[Build]:
        yield from builds(100)
        os.kill(os.getpid(), number)
        yield from builds(100)

    with interruptible(), pytest.raises(Interrupted) as error:
        collect_parallel(store, interrupted(), read, 2)
    assert error.value.code == 128 + number
    done = collect_parallel(store, builds(100), read, 1)
    assert done.nodes + done.duplicates == 100
    assert done.duplicates >= 60  # four batches can have waited


ORPHANS = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from groundrules.verify import parallel_collecting
from groundrules.verify.facts_store import FactsStore
from test_parallel_collecting import builds, read

def inputs():
    yield from builds(1000)
    os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    parallel_collecting.collect_parallel(FactsStore(Path({folder!r})), inputs(), read, 2)
"""


def test_processes_end_when_their_parent_was_killed(tmp_path: Path):
    """They hold the ends of the pipe, which is read until all of them have ended."""
    script = tmp_path / "script.py"
    script.write_text(ORPHANS.format(tests=str(Path(__file__).parent), folder=str(tmp_path / "s")))
    done = subprocess.run(
        [sys.executable, script], check=False, stdout=subprocess.PIPE, timeout=300
    )
    assert done.returncode == -signal.SIGKILL
