"""`collected_from`: facts of several sources, added to one store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from groundrules.verify.collecting_run import MOST_LISTED, Collected
from groundrules.verify.facts_store import FactsStore
from groundrules.verify.node_facts import NodeFacts, SkippedFacts
from groundrules.verify.parallel_collecting import collect_parallel
from groundrules.verify.reading.node_build import FactReader, NodeBuild

FEW = 200
"""Documents that one process reads sooner than others start."""


def collected_from(
    store: FactsStore,
    builds: Iterable[NodeBuild | SkippedFacts],
    nodes: Iterable[NodeFacts | SkippedFacts],
    reader: FactReader,
) -> Collected:
    """Add builds, which several processes read, and nodes whose facts are known already.

    Raises `OSError` as `FactsStore.collect` does.
    """
    first, remaining = _first(builds)
    processes = 0 if remaining else 1
    every = chain(first, remaining or ())
    read = collect_parallel(store, every, reader.facts_in, processes)
    return together(read, store.collect(nodes))


def together(*parts: Collected) -> Collected:
    """Return what came of several runs as one."""
    return Collected(
        sum(part.nodes for part in parts),
        sum(part.duplicates for part in parts),
        sum(part.skipped_count for part in parts),
        tuple(islice(chain.from_iterable(part.skipped for part in parts), MOST_LISTED)),
    )


@contextmanager
def opened_store(place: str | None) -> Iterator[FactsStore | str]:
    """Yield the store in a folder, or the URL of one, or a store that is removed at the end."""
    if place:
        yield place if "://" in place else FactsStore(Path(place).resolve())
        return
    with TemporaryDirectory(prefix="groundrules-") as temporary:
        yield FactsStore(Path(temporary))


def _first(
    builds: Iterable[NodeBuild | SkippedFacts],
) -> tuple[list[NodeBuild | SkippedFacts], Iterator[NodeBuild | SkippedFacts] | None]:
    """Return the first builds, and the others if there may be some."""
    first: list[NodeBuild | SkippedFacts] = []
    documents = 0
    remaining = iter(builds)
    for build in remaining:
        first.append(build)
        documents += len(build.files) if isinstance(build, NodeBuild) else 1
        if documents >= FEW:
            return first, remaining
    return first, None
