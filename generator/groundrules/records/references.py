"""`References`: whether the records that others name exist."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from groundrules.diagnostics import Diagnostic, Location
from groundrules.nearest import did_you_mean, nearest
from groundrules.rules import records as rules

if TYPE_CHECKING:
    from groundrules.records.names import KnownNames

MOST_LISTED = 6  # names that a message lists where none is near
MOST_HINTS, MOST_NAMES = 200, 5000  # the nearest of a thousand names takes milliseconds to find


class References:
    """The references to records that do not exist."""

    def __init__(self, known: KnownNames) -> None:
        self.known = known
        self.hints: dict[str, str | None] = {}

    def require(
        self, kind: str, name: str, where: Location, scope: str = ""
    ) -> Iterator[Diagnostic]:
        """Yield an unknown record, unless a record with a mistake in its name may be the one.

        ``scope`` is the id of the record that has to hold it, when only one can.
        """
        key = f"{kind} in {scope}" if scope else kind
        names = self.known.of(key)
        if name in names or key in self.known.uncertain:
            return
        if "*" not in name:
            yield from self._unknown(f"unknown {kind} {name!r}", name, key, where)
        elif not any(fnmatchcase(known, name) for known in names):
            yield from self._unknown(f"no {kind} matches {name!r}", name, key, where)

    def _unknown(self, what: str, name: str, key: str, where: Location) -> Iterator[Diagnostic]:
        said = f"{key}: {name}"
        if said not in self.hints:
            self.hints[said] = self._hint(name, key)
        hint = self.hints[said]
        if hint is not None:
            yield Diagnostic(where, f"{what}{hint}", rules.UNKNOWN_REFERENCE)

    def _hint(self, name: str, key: str) -> str | None:
        """Return the end of the message; ``None`` where a rejected name may be what is meant."""
        names, rejected = self.known.of(key), self.known.rejected.get(key, set())
        costly = len(self.hints) >= MOST_HINTS or len(names) + len(rejected) > MOST_NAMES
        if rejected and (costly or nearest(name, rejected)):
            return None
        if costly or (len(names) > MOST_LISTED and not nearest(name, names)):
            return f"; none of the {len(names):,} known names is near it" if names else ""
        return did_you_mean(name, names, "known")
