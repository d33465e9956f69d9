"""`ReadBatch`: the rows of inputs that a process reads for another one.

The process loads what is imported here, which is most of its memory.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable
from multiprocessing.connection import wait
from typing import TypeVar

from msgspec import Struct

from groundrules.verify.fact_rows import FactRows, fact_rows
from groundrules.verify.node_facts import NodeFacts, SkippedFacts

InputT = TypeVar("InputT")
Read = Callable[[InputT], Iterable[NodeFacts | SkippedFacts]]
"""Reads an input; it is sent to other processes."""


class ReadBatch(Struct, frozen=True):
    """The rows of the nodes in some inputs, and what could not be read."""

    rows: FactRows
    skipped: list[SkippedFacts]


def read_batch(read: Read[InputT], inputs: Iterable[InputT]) -> ReadBatch:
    """Return the rows of inputs."""
    nodes: list[NodeFacts] = []
    skipped: list[SkippedFacts] = []
    for one in inputs:
        for facts in read(one):
            if isinstance(facts, NodeFacts):
                nodes.append(facts)
            else:
                skipped.append(facts)
    return ReadBatch(fact_rows(nodes), skipped)


def end_with_parent() -> None:
    """Let this process end when its parent was killed, which leaves it no other sign."""
    parent = multiprocessing.parent_process()
    assert parent  # noqa: S101 (the executor has started this process)

    def end() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=end, daemon=True).start()
