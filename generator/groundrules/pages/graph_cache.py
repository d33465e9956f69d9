"""`GraphCache`: the graphs whose generated files are up to date.

Most generated files are pages of jobs.  They, the page of their graph and its diagram depend on
the record of the graph, its verdicts, and records that are not graphs, but never on another
graph.  So the digest of that input is stored for each graph, with the size and time of each file.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from msgspec.structs import astuple

from groundrules.claims.verdicts import Verdicts
from groundrules.pages.planned_pages import files_of
from groundrules.pages.shown_users import ShownUsers
from groundrules.records import Catalogue
from groundrules.records.graph import Graph
from groundrules.store import Store, digest

NAME = ".graphs"
Files = dict[str, tuple[int, int]]


@dataclass(slots=True)
class GraphCache:
    """The stored state of the files of graphs in ``folder``; ``keys`` are by the graph's id.

    A graph without a key is generated every time.
    """

    folder: Path
    keys: Mapping[str, str] = field(default_factory=dict)
    _known: dict[str, tuple[str, Files]] = field(init=False)

    def __post_init__(self) -> None:
        known = Store(self.folder).get(NAME, dict[str, tuple[str, Files]]) if self.keys else None
        self._known = known or {}

    def holds(self, graph: Graph) -> bool:
        """Return whether the files of ``graph`` are up to date."""
        key, files = self._known.get(graph.id, ("", {}))
        return key == self.keys.get(graph.id) and files == self._files(graph)

    def put(self, graphs: Iterable[Graph]) -> None:
        """Store the state of the files of ``graphs``, which are all graphs."""
        if self.keys:
            known = {graph.id: (self.keys[graph.id], self._files(graph)) for graph in graphs}
            Store(self.folder).put(NAME, known)

    def _files(self, graph: Graph) -> Files:
        """Return size and time of each file of ``graph`` that is there."""
        states, folder = {}, str(self.folder)
        for name in files_of(graph):
            with suppress(OSError):
                state = os.lstat(f"{folder}/{name}")  # creating a Path for each file takes longer
                states[name] = (state.st_size, state.st_mtime_ns)
        return states


def keys_of(
    catalogue: Catalogue,
    texts: Mapping[str, str],
    verdicts: Verdicts,
    program: str,
    users: ShownUsers | None = None,
) -> dict[str, str]:
    """Return the digest of the input of each graph's files.

    ``texts`` are the data files by path; ``program`` is the digest of this package; ``users`` are
    those of its jobs, with the other graphs that their pages name.
    """
    libraries = [version(name) for name in ("jinja2", "pygraphviz")]
    paths = {graph.path for graph in catalogue.graphs}
    others = sorted(item for item in texts.items() if item[0] not in paths)
    common = digest(program, libraries, others)
    keys = {}
    for graph in catalogue.graphs:
        against = verdicts.against.get(graph.id)
        edition = (against.configuration, against.edition) if against else None
        states = [astuple(verdict) for verdict in verdicts.on(graph.id)]
        plans = [change.date > catalogue.today for change in graph.changed]
        changes = verdicts.changes.get(graph.id)
        used = [users.of_job(graph, job) for job in graph.current] if users else []
        own = (graph.id, graph.path, texts[graph.path], edition, states, plans, changes, used)
        keys[graph.id] = digest(common, *own)
    return keys
