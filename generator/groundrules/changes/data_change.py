"""`DataChange`: one difference between two revisions of the data, as a sentence."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from groundrules.changes.change_kinds import ChangeKind, Effect
from groundrules.diagnostics import Location

MOST_NAMED = 5  # labels or providers in a sentence


class Subject(Struct, frozen=True, order=True):
    """The record that changed: its kind, its name, and its title.

    A job is named ``GRAPH/NAME``.
    """

    kind: str
    name: str
    title: str = ""

    @property
    def graph(self) -> str:
        """The id of the graph that it is, or is a part of; empty for any other record."""
        return self.name.partition("/")[0] if self.kind in ("graph", "job") else ""


class DataChange(Struct, frozen=True, kw_only=True):
    """One change of a record.

    ``field`` is the key that changed, with dots for parts; empty for the whole record.
    ``before`` and ``after`` are plain values, None if there is none.  ``labels`` are the labels
    of nodes that it concerns.  The sentence is about the subject.  Texts of one that ``is_plain``
    are not reStructuredText.
    """

    kind: ChangeKind
    effect: Effect
    subject: Subject
    sentence: str
    field: str = ""
    before: Any = None
    after: Any = None
    place: Location = Location("")
    labels: frozenset[str] = frozenset()
    is_plain: bool = False

    def concerns(self, label: str = "", graph: str = "") -> bool:
        """Return whether it is about a label or a graph; about anything if neither is given."""
        if label and label in self.labels:
            return True
        return self.subject.graph == graph if graph else not label
