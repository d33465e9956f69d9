"""`References`: whether the records that others name exist, among all `Names`."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from msgspec import Struct

from groundrules.diagnostics import Diagnostic, Location, Rule
from groundrules.grouping import grouped
from groundrules.nearest import did_you_mean, nearest
from groundrules.rules import records as rules

MOST_LISTED = 6  # number of listed names if none is near
MOST_HINTS, MOST_NAMES = 200, 5000  # finding the nearest of a thousand names takes milliseconds


class Names(Struct):
    """The names that references can lead to, by kind: ``label``, and ``label in PLATFORM``.

    ``rejected`` are names that no record of the kind can have, by kind; ``uncertain`` are the
    kinds of which a name could not be read.
    """

    names: dict[str, set[str]] = {}
    rejected: dict[str, set[str]] = {}
    uncertain: set[str] = set()

    def of(self, kind: str) -> set[str]:
        """Return the names of a kind."""
        return self.names.get(kind, set())

    def are_all(self, kind: str) -> bool:
        """Return whether every name of a kind could be read, and none was rejected."""
        return kind not in self.uncertain and kind not in self.rejected


def of_several_graphs(name: str, jobs: Iterable[str]) -> str:
    """Return the message about a job that is named without its graph, which several have."""
    return f"several graphs have a job {name!r}; write {' or '.join(sorted(jobs))}"


class References:
    """The references to records that do not exist, as findings of ``rule``."""

    def __init__(self, known: Names, rule: Rule = rules.UNKNOWN_REFERENCE) -> None:
        self.known, self.rule = known, rule
        self.hints: dict[str, str | None] = {}

    def require(
        self, kind: str, name: str, where: Location, scope: str = ""
    ) -> Iterator[Diagnostic]:
        """Yield an unknown record, unless a record with a mistake in its name may be the one.

        ``scope`` is the id of the record that has to contain it, if only one can.
        """
        key = f"{kind} in {scope}" if scope else kind
        names = self.known.of(key)
        if name in names or key in self.known.uncertain:
            return
        if "*" not in name:
            yield from self._unknown(f"unknown {kind} {name!r}", name, key, where)
        elif not any(fnmatch.fnmatchcase(known, name) for known in names):
            yield from self._unknown(f"no {kind} matches {name!r}", name, key, where)

    def require_one(self, kind: str, name: str, where: Location) -> Iterator[Diagnostic]:
        """Yield an unknown record, or a job of several graphs that is named without its graph."""
        if kind == "job" and (graphs := self._graphs.get(name)) and len(graphs) > 1:
            message = of_several_graphs(name, (f"{graph}/{name}" for graph in graphs))
            yield Diagnostic(where, message, self.rule)
        elif "*" in name and name not in self.known.of(kind):
            yield from self._unknown(f"unknown {kind} {name!r}", name, kind, where)
        else:
            yield from self.require(kind, name, where)

    @cached_property
    def _graphs(self) -> dict[str, list[str]]:
        """The graphs of each job, by its name."""
        names = (name.partition("/") for name in self.known.of("job"))
        return grouped((job, graph) for graph, slash, job in names if slash)

    def _unknown(self, what: str, name: str, key: str, where: Location) -> Iterator[Diagnostic]:
        said = f"{key}: {name}"
        if said not in self.hints:
            self.hints[said] = self._hint(name, key)
        hint = self.hints[said]
        if hint is not None:
            yield Diagnostic(where, f"{what}{hint}", self.rule)

    def _hint(self, name: str, key: str) -> str | None:
        """Return the end of the message; ``None`` if a rejected name may be meant."""
        names, rejected = self.known.of(key), self.known.rejected.get(key, set())
        costly = len(self.hints) >= MOST_HINTS or len(names) + len(rejected) > MOST_NAMES
        pattern = re.sub(r"[^\w*]|_", "?", name)  # with another character between two words
        if rejected and (costly or nearest(name, rejected) or fnmatch.filter(rejected, pattern)):
            return None
        if costly or (len(names) > MOST_LISTED and not nearest(name, names)):
            return f"; none of the {len(names):,} known names is near it" if names else ""
        return did_you_mean(name, names, "known")
