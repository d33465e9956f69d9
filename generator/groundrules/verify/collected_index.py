"""`CollectedIndex`: which nodes a store has, so that nothing is counted twice.

It is made from the Parquet files, and brought up to date with them when it is opened: it can be
removed at any time, and a killed process leaves nothing in it that is wrong.  It is on disk, so
that the memory of a run does not grow with the store.

It also remembers the nodes of builds whose logs are fetched, whether the store has them or not.
Without it, the logs are asked again.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import chain
from pathlib import Path

from msgspec import Struct

from groundrules.verify.day_files import DayFiles
from groundrules.verify.fact_rows import IDENTITY, Identities

_AT_ONCE = 500  # parameters of a statement
_FULL = "full"  # https://www.sqlite.org/rescode.html#full: "database or disk is full"
_TABLES = """
CREATE TABLE IF NOT EXISTS files (id INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL);
CREATE TABLE IF NOT EXISTS nodes (identity BLOB PRIMARY KEY, file INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS builds (
    build BLOB, node BLOB, PRIMARY KEY (build, node)
) WITHOUT ROWID;
"""


class CollectedIndex(Struct, frozen=True):
    """An open index."""

    path: Path
    connection: sqlite3.Connection

    def known(self, identities: Sequence[bytes]) -> set[bytes]:
        """Return those of some identities that nodes in the store have."""
        known: set[bytes] = set()
        for start in range(0, len(identities), _AT_ONCE):
            asked = identities[start : start + _AT_ONCE]
            marks = ", ".join("?" * len(asked))
            query = f"SELECT identity FROM nodes WHERE identity IN ({marks})"  # noqa: S608 (ours)
            known.update(identity for (identity,) in self.connection.execute(query, asked))
        return known

    def add_file(self, name: str, nodes: Iterable[Identities]) -> None:
        """Add a file and its nodes.  Raises `OSError`."""
        with self._written() as connection:
            row = connection.execute("INSERT INTO files (name) VALUES (?)", (name,)).lastrowid
            rows = ((identity, row) for identity in chain.from_iterable(nodes))
            connection.executemany("INSERT OR IGNORE INTO nodes VALUES (?, ?)", rows)

    def nodes_of_build(self, build: bytes) -> list[Identities]:
        """Return the nodes that a build is known to have; empty for an unknown build."""
        query = "SELECT node FROM builds WHERE build = ?"
        return [_split(node) for (node,) in self.connection.execute(query, (build,))]

    def set_build(self, build: bytes, nodes: Iterable[Identities]) -> None:
        """Remember the nodes of a build.  Raises `OSError`."""
        with self._written() as connection:
            connection.execute("DELETE FROM builds WHERE build = ?", (build,))
            rows = ((build, b"".join(node)) for node in nodes)
            connection.executemany("INSERT OR IGNORE INTO builds VALUES (?, ?)", rows)

    def update(self, files: DayFiles, names: Sequence[str]) -> None:
        """Bring the index up to date with the readable files of the store.  Raises `OSError`."""
        indexed = {name for (name,) in self.connection.execute("SELECT name FROM files")}
        if lost := indexed.difference(names):
            self._forget(lost)
        for name in sorted(set(names) - indexed):
            self.add_file(name, files.nodes(name))

    def _forget(self, names: Iterable[str]) -> None:
        with self._written() as connection:
            for name in names:
                row = connection.execute("DELETE FROM files WHERE name = ? RETURNING id", (name,))
                connection.execute("DELETE FROM nodes WHERE file = ?", row.fetchone())

    @contextmanager
    def _written(self) -> Iterator[sqlite3.Connection]:
        try:
            with self.connection as connection:
                yield connection
        except sqlite3.OperationalError as error:
            code = errno.ENOSPC if _FULL in str(error) else errno.EIO
            raise OSError(code, os.strerror(code), str(self.path)) from error


def _split(node: bytes) -> Identities:
    return tuple(node[start : start + IDENTITY] for start in range(0, len(node), IDENTITY))


@contextmanager
def collected_index(path: Path) -> Iterator[CollectedIndex]:
    """Open the index at a path; a damaged one is made again, as is a link.  Raises `OSError`."""
    if path.is_symlink():  # to a file of somebody, which is not ours to write
        path.unlink()
    try:
        connection = _connected(path)
    except sqlite3.DatabaseError:
        path.unlink(missing_ok=True)
        connection = _connected(path)
    with closing(connection):
        yield CollectedIndex(path, connection)


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    try:
        connection.executescript(_TABLES)
        if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise sqlite3.DatabaseError
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection
