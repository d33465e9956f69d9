"""`collect_parallel`: builds are read by several processes, and collected by this one."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from groundrules.verify.collecting_run import Collected, CollectingRun
from groundrules.verify.fact_rows import identities_of
from groundrules.verify.facts_store import FactsStore
from groundrules.verify.node_facts import SkippedFacts
from groundrules.verify.read_batch import Read, ReadBatch, end_with_parent, read_batch
from groundrules.verify.reading.node_build import NodeBuild

_DOCUMENTS = 200  # read by a process at a time
_BYTES = 2**20  # of content that is sent to it at a time
MOST_READERS = 3
"""Processes that read: this one collects as much as three read, and each has 85 MiB of memory."""
_AHEAD = 2  # batches of each process that are read or wait
_KILLED = "a process that reads facts was killed; the next run continues from here"


def collect_parallel(
    store: FactsStore,
    builds: Iterable[NodeBuild | SkippedFacts],
    read: Read,
    processes: int = 0,
) -> Collected:
    """Add the nodes of builds to a store; those whose nodes it has are not read again.

    ``processes`` read, by default one for each core, and at most `MOST_READERS`.  Only a few
    batches are in memory, however many builds there are.  Raises `OSError` as
    `FactsStore.collect` does, and if a process was killed; what was collected until then, or
    until an interruption, is kept.
    """
    with store.collecting() as run:
        batches = _batches(_unknown(run, builds))
        readers = processes or min(len(os.sched_getaffinity(0)), MOST_READERS)
        for batch in _read(batches, read, readers, store):
            run.skip(batch.skipped)
            run.add(batch.rows)
    return run.result()


def _unknown(run: CollectingRun, builds: Iterable[NodeBuild | SkippedFacts]) -> Iterator[NodeBuild]:
    for build in builds:
        if isinstance(build, SkippedFacts):
            run.skip([build])
        elif not run.has([identities_of(file.source, file.node) for file in build.files]):
            yield build


def _batches(builds: Iterable[NodeBuild]) -> Iterator[list[NodeBuild]]:
    batch: list[NodeBuild] = []
    documents = size = 0
    for build in builds:
        batch.append(build)
        documents += len(build.files)
        size += sum(len(file.data or b"") for file in build.files)
        if documents >= _DOCUMENTS or size >= _BYTES:
            yield batch
            batch, documents, size = [], 0, 0
    if batch:
        yield batch


def _read(
    batches: Iterable[list[NodeBuild]], read: Read, processes: int, store: FactsStore
) -> Iterator[ReadBatch]:
    if processes == 1:
        yield from (read_batch(read, batch) for batch in batches)
        return
    waiting: deque[Future[ReadBatch]] = deque()
    with _executor(processes) as executor:
        try:
            for batch in batches:
                with _uninterrupted():  # a process that starts inherits that
                    waiting.append(executor.submit(read_batch, read, batch))
                if len(waiting) >= processes * _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool:
            raise ChildProcessError(errno.ECHILD, _KILLED, str(store.folder)) from None


@contextmanager
def _executor(processes: int) -> Iterator[ProcessPoolExecutor]:
    # "spawn": a fork of a process with threads, as Arrow has them, can hang
    context = multiprocessing.get_context("spawn")
    executor = ProcessPoolExecutor(processes, context, end_with_parent)
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Block Ctrl-C, which the terminal sends to all processes; this one ends the others."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
