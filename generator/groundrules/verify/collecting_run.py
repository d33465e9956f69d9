"""`CollectingRun`: a run that adds rows to a store, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pyarrow as pa
from msgspec import Struct, field

from groundrules.verify.collected_index import CollectedIndex
from groundrules.verify.day_files import DayFiles, by_day
from groundrules.verify.fact_rows import FactRows
from groundrules.verify.node_facts import SkippedFacts

MOST_ROWS = 1_000_000  # in memory; an Arrow row takes about 50 bytes
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
    _waiting: dict[bytes, None] = field(default_factory=dict)  # in the order of their rows
    _rows: int = 0

    def skip(self, skipped: Iterable[SkippedFacts]) -> None:
        """Count inputs that could not be used."""
        for one in skipped:
            self.skipped_count += 1
            if len(self._skipped) < MOST_LISTED:
                self._skipped.append(one)

    def has(self, identities: Sequence[bytes]) -> bool:
        """Return whether all of some nodes were collected; if so, count them as duplicates."""
        if not identities or any(self._are_new(identities)):
            return False
        self.duplicates += len(identities)
        return True

    def add(self, rows: FactRows) -> None:
        """Add the nodes that are not in the store yet.  Raises `OSError`."""
        new = self._are_new(rows.identities)
        self.duplicates += new.count(False)
        rows = rows.only(new)
        start = len(self._waiting)
        self._waiting.update(dict.fromkeys(rows.identities))
        self.nodes += len(rows.identities)
        if rows.identities:
            self._tables.append(_moved(rows.table, start))
            self._rows += rows.table.num_rows
        if self._rows >= MOST_ROWS:
            self.flush()

    def flush(self) -> None:
        """Write the rows in memory.  Raises `OSError`."""
        identities = list(self._waiting)
        tables, self._tables, self._rows = self._tables, [], 0
        self._waiting.clear()
        if tables:
            table = pa.concat_tables(tables)
            tables.clear()
            for day, part, positions in by_day(table):
                name = self.files.write(day, part)
                self.index.add_file(name, [identities[position] for position in positions])

    def result(self) -> Collected:
        """Return the counts."""
        return Collected(self.nodes, self.duplicates, self.skipped_count, tuple(self._skipped))

    def _are_new(self, identities: Sequence[bytes]) -> list[bool]:
        known = self.index.known_nodes(identities)
        new = []
        for identity in identities:
            new.append(not (identity in known or identity in self._waiting))
            known.add(identity)  # the same node can come twice in these rows
        return new


def _moved(table: pa.Table, start: int) -> pa.Table:
    """Return rows whose positions begin at ``start``."""
    positions = table["position"].combine_chunks().to_numpy() + start
    column = pa.array(positions.astype("int32"), pa.int32())
    return table.set_column(table.num_columns - 1, "position", column)
