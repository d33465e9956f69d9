"""`CollectingRun`: a run that adds rows to a store, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

import pyarrow as pa
from msgspec import Struct, field

from groundrules.verify.arrow_arrays import int32s_of
from groundrules.verify.collected_index import CollectedIndex
from groundrules.verify.day_files import DayFiles, by_day
from groundrules.verify.fact_rows import FactRows, Identities, fact_rows, with_positions
from groundrules.verify.node_facts import NodeFacts, SkippedFacts

MOST_ROWS = 400_000  # in memory; an Arrow row takes about 50 bytes, and three copies while written
MOST_LISTED = 1_000


class Collected(Struct, frozen=True):
    """What came of collecting: nodes that are new, those already collected, and skipped inputs.

    ``skipped`` lists the first thousand; ``skipped_count`` counts all.
    """

    nodes: int
    duplicates: int
    skipped_count: int
    skipped: tuple[SkippedFacts, ...] = ()


class CollectingRun(Struct):
    """The rows that are not written yet, and the counts of the run."""

    files: DayFiles
    index: CollectedIndex
    nodes: int = 0
    duplicates: int = 0
    skipped_count: int = 0
    _skipped: list[SkippedFacts] = field(default_factory=list)
    _tables: list[pa.Table] = field(default_factory=list)
    _waiting: list[Identities] = field(default_factory=list)  # in the order of their rows
    _known: set[bytes] = field(default_factory=set)  # of those
    _rows: int = 0

    def skip(self, skipped: Iterable[SkippedFacts]) -> None:
        """Count inputs that could not be used."""
        for one in skipped:
            self.skipped_count += 1
            if len(self._skipped) < MOST_LISTED:
                self._skipped.append(one)

    def has(self, nodes: Sequence[Identities]) -> bool:
        """Return whether all of some nodes were collected; if so, count them as duplicates."""
        if not nodes or any(self._are_new(nodes)):
            return False
        self.duplicates += len(nodes)
        return True

    def add(self, rows: FactRows) -> None:
        """Add the nodes that are not in the store yet.  Raises `OSError`."""
        new = self._are_new(rows.nodes)
        self.duplicates += new.count(False)
        rows = rows.only(new)
        start = len(self._waiting)
        self._waiting += rows.nodes
        self._known.update(chain.from_iterable(rows.nodes))
        self.nodes += len(rows.nodes)
        if rows.nodes:
            positions = int32s_of(rows.table["position"]) + start
            self._tables.append(with_positions(rows.table, positions))
            self._rows += rows.table.num_rows
        if self._rows >= MOST_ROWS:
            self.flush()

    def take(self, inputs: Iterable[NodeFacts | SkippedFacts]) -> None:
        """Add nodes, and count inputs that could not be used.  Raises `OSError`."""
        every = list(inputs)
        self.skip(one for one in every if isinstance(one, SkippedFacts))
        self.add(fact_rows([one for one in every if isinstance(one, NodeFacts)]))

    def flush(self) -> None:
        """Write the rows in memory.  Raises `OSError`."""
        nodes, self._waiting = self._waiting, []
        tables, self._tables, self._rows = self._tables, [], 0
        self._known.clear()
        if tables:
            for day, part, positions in by_day(pa.concat_tables(tables)):
                name = self.files.write(day, part)
                self.index.add_file(name, [nodes[position] for position in positions])

    def result(self) -> Collected:
        """Return the counts."""
        return Collected(self.nodes, self.duplicates, self.skipped_count, tuple(self._skipped))

    def _are_new(self, nodes: Sequence[Identities]) -> list[bool]:
        known = self.index.known(list(chain.from_iterable(nodes)))
        new = []
        for identities in nodes:
            new.append(known.isdisjoint(identities) and self._known.isdisjoint(identities))
            known.update(identities)  # the same node can come twice in these rows
        return new
