"""`ReadBatch`: the rows of builds that a process reads for another one.

The process loads what is imported here, which is most of its memory.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable
from multiprocessing.connection import wait

from msgspec import Struct

from groundrules.verify.fact_rows import FactRows, fact_rows
from groundrules.verify.node_facts import NodeFacts, SkippedFacts
from groundrules.verify.reading.node_build import NodeBuild

Read = Callable[[NodeBuild], Iterable[NodeFacts | SkippedFacts]]
"""Reads a build; it is sent to other processes."""


class ReadBatch(Struct, frozen=True):
    """The rows of some nodes, and what could not be read."""

    rows: FactRows
    skipped: list[SkippedFacts]


def read_batch(read: Read, builds: Iterable[NodeBuild]) -> ReadBatch:
    """Return the rows of builds."""
    every = [facts for build in builds for facts in read(build)]
    nodes = [facts for facts in every if isinstance(facts, NodeFacts)]
    skipped = [facts for facts in every if isinstance(facts, SkippedFacts)]
    return ReadBatch(fact_rows(nodes), skipped)


def end_with_parent() -> None:
    """Let this process end when its parent was killed, which leaves it no other sign."""
    parent = multiprocessing.parent_process()
    assert parent  # noqa: S101 (the executor has started this process)

    def end() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=end, daemon=True).start()
