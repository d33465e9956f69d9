"""`FactsStore`: the facts of all nodes that were collected, as Parquet files in a folder.

Each node of a build is in one file, and a file appears whole or not at all.  So a run that was
killed is repeated with the same inputs, and nothing is counted twice.  Without the build's id, the
source and the node are what must not be there twice.
"""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from msgspec import Struct

from groundrules.interrupts import Interrupted
from groundrules.verify.collected_index import collected_index
from groundrules.verify.collecting_run import Collected, CollectingRun
from groundrules.verify.day_files import DayFiles
from groundrules.verify.node_facts import NodeFacts, SkippedFacts

_BATCH = 1000  # nodes whose rows are made at once
INDEX = "collected.sqlite"
_LOCK = ".lock"
_LOCK_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC  # others can share a folder
_BUSY = "another run collects facts in this folder; wait until it ends"
_DAMAGED = "the file is damaged; its nodes are not counted until they are collected again"


class ReadableFiles(Struct, frozen=True):
    """The Parquet files of a store, and those that are skipped because they are damaged."""

    paths: tuple[Path, ...]
    damaged: tuple[SkippedFacts, ...] = ()


class FactsStore(Struct, frozen=True):
    """The store in a folder, which does not need to exist."""

    folder: Path

    def collect(self, inputs: Iterable[NodeFacts | SkippedFacts]) -> Collected:
        """Add the nodes that are not in the store yet.

        The facts of at most some ten thousand nodes are in memory at a time.  Raises `OSError` if
        the folder cannot be written, or if another run collects in it; what was written until
        then is complete, and the next run continues from there.
        """
        with self.collecting() as run:
            remaining = iter(inputs)
            while batch := list(islice(remaining, _BATCH)):
                run.take(batch)
        return run.result()

    @contextmanager
    def collecting(self) -> Iterator[CollectingRun]:
        """Open the store for adding rows, which are written when this ends or is interrupted.

        Raises `OSError`.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._locked(), collected_index(self.folder / INDEX) as index:
            files = self.readable()
            for damaged in files.damaged:
                Path(damaged.source).rename(f"{damaged.source}.damaged")
            day_files = DayFiles(self.folder)
            index.update(day_files, day_files.names())
            run = CollectingRun(day_files, index)
            run.skip(files.damaged)
            try:
                yield run
            except (Interrupted, KeyboardInterrupt):
                run.flush()
                raise
            run.flush()

    def readable(self) -> ReadableFiles:
        """Return the files that questions can read; the content of all is verified."""
        files = DayFiles(self.folder)
        names = files.names()
        damaged = dict.fromkeys(name for name in names if files.is_damaged(name))
        paths = (self.folder / name for name in names if name not in damaged)
        skipped = (SkippedFacts(str(self.folder / name), _DAMAGED) for name in damaged)
        return ReadableFiles(tuple(paths), tuple(skipped))

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with os.fdopen(os.open(self.folder / _LOCK, _LOCK_FLAGS, 0o666), "w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise OSError(errno.EBUSY, _BUSY, str(self.folder)) from None
            yield
