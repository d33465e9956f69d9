"""`GraphCache`: the graphs whose files stand in the folder as they would be made again.

Most of what is generated are the pages of jobs.  They, their graph's page and its diagram are
made from the record of the graph, from what became of it, and from records that are no graphs,
but never from another graph.  So the ledger has for each graph a key, which stands for that input,
and the size and time of each file.  It is made anew with each generation, so it never grows, and
what is damaged in it only makes pages be generated that need not be.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any

from groundrules.atomic import write_text
from groundrules.claims.verdicts import Verdict, Verdicts
from groundrules.pages.plan import files_of
from groundrules.records import Catalogue
from groundrules.records.graph import Graph

LEDGER = ".graphs"


class GraphCache:
    """What is known of the files of graphs in ``folder``; ``keys`` are by the graph's id.

    A graph without a key is generated every time.
    """

    def __init__(self, folder: Path, keys: Mapping[str, str] | None = None) -> None:
        self.folder, self.keys = folder, keys or {}
        self._known = _read(folder / LEDGER) if self.keys else {}

    def holds(self, graph: Graph) -> bool:
        """Return whether the files of ``graph`` are there as they would be made now."""
        known = self._known.get(graph.id)
        if not isinstance(known, dict) or known.get("key") != self.keys.get(graph.id):
            return False
        return known.get("files") == self._states(graph)

    def note(self, graphs: Iterable[Graph]) -> None:
        """Write down the files of ``graphs``, which are all that there are."""
        known = {
            each.id: {"key": self.keys[each.id], "files": self._states(each)}
            for each in graphs
            if each.id in self.keys
        }
        if known:
            write_text(self.folder / LEDGER, json.dumps(known))

    def _states(self, graph: Graph) -> dict[str, list[int]]:
        """Return size and time of each file of ``graph`` that is there."""
        states, folder = {}, str(self.folder)
        for name in files_of(graph):
            with suppress(OSError):
                state = os.lstat(f"{folder}/{name}")  # a path for each file takes longer
                states[name] = [state.st_size, state.st_mtime_ns]
        return states


def _read(path: Path) -> dict[str, Any]:
    try:
        known = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return known if isinstance(known, dict) else {}


def keys_of(
    catalogue: Catalogue, texts: Mapping[str, str], found: Verdicts, program: str
) -> dict[str, str]:
    """Return what stands for the input of each graph's files.

    ``texts`` are the data files by path; ``program`` stands for this package.
    """
    libraries = [version(each) for each in ("jinja2", "pygraphviz")]
    paths = {each.path for each in catalogue.graphs}
    others = sorted(item for item in texts.items() if item[0] not in paths)
    common = _digest((program, libraries, others))
    keys = {}
    for graph in catalogue.graphs:
        against = found.against.get(graph.id)
        edition = (against.configuration, against.edition) if against else None
        verdicts = [_said(each) for each in found.on(graph.id)]
        plans = [change.date > catalogue.today for change in graph.changed]
        own = (graph.id, graph.path, texts[graph.path], edition, verdicts, plans)
        keys[graph.id] = _digest((common, own))
    return keys


def _said(each: Verdict) -> tuple[object, ...]:
    return each.job, each.dependency, each.rule, each.state.value, each.pipelines, each.why


def _digest(value: object) -> str:
    return blake2b(repr(value).encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()
