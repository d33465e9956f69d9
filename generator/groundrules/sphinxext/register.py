"""`Register`: the place of each record in the manual, found by name and by page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeVar

from docutils import nodes
from sphinx.builders import Builder
from sphinx.util.nodes import make_refnode

Key = tuple[str, str]
"""A record's kind and name; the name of a job includes its graph: ``GRAPH/NAME``."""

_Value = TypeVar("_Value")


class RegisterEntry(NamedTuple):
    """The place of a record in the manual, and its title."""

    docname: str
    anchor: str
    title: str

    def link(self, builder: Builder, page: str, shown: nodes.Element) -> nodes.reference:
        """Return a link from ``page`` to the record, which shows ``shown``."""
        return make_refnode(builder, page, self.docname, self.anchor, shown, self.title)


class Register(Mapping[Key, RegisterEntry]):
    """The entries of all records.

    Pages and names of jobs without their graph are looked up for each page and reference.
    Searching all records each time would have quadratic cost.
    """

    def __init__(self) -> None:
        self._entries: dict[Key, RegisterEntry] = {}
        self._on: dict[str, set[Key]] = {}
        self._bare: dict[str, set[str]] = {}

    def __getitem__(self, key: Key) -> RegisterEntry:
        return self._entries[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def add(self, key: Key, entry: RegisterEntry) -> None:
        """Add the place of a record, instead of its earlier one."""
        self.discard(key)
        self._entries[key] = entry
        self._on.setdefault(entry.docname, set()).add(key)
        kind, name = key
        if kind == "job":
            self._bare.setdefault(bare(name), set()).add(name)

    def discard(self, key: Key) -> None:
        """Remove a record, if it is known."""
        entry = self._entries.pop(key, None)
        if entry is None:
            return
        _remove(self._on, entry.docname, key)
        kind, name = key
        if kind == "job":
            _remove(self._bare, bare(name), name)

    def clear(self, docname: str) -> None:
        """Remove every record of a page."""
        for key in tuple(self._on.get(docname, ())):
            self.discard(key)

    def update(self, other: Register, docnames: Iterable[str]) -> None:
        """Add the records of some pages of another register."""
        for docname in docnames:
            for key in other._on.get(docname, ()):
                self.add(key, other[key])

    def jobs_called(self, name: str) -> list[str]:
        """Return the jobs with a bare name, each with its graph before it, sorted."""
        return sorted(self._bare.get(name, ()))

    def find(self, kind: str, name: str) -> RegisterEntry | None:
        """Return a record; the name of a job does not need its graph if only one graph has it."""
        entry = self._entries.get((kind, name))
        if entry is not None or kind != "job" or "/" in name:
            return entry
        names = self.jobs_called(name)
        return self._entries["job", names[0]] if len(names) == 1 else None


def bare(name: str) -> str:
    """Return the name of a job without its graph."""
    return name.rpartition("/")[2]


def _remove(sets: dict[str, set[_Value]], key: str, value: _Value) -> None:
    """Remove a value from the set of a key, and the key if the set is empty."""
    sets[key].discard(value)
    if not sets[key]:
        del sets[key]
