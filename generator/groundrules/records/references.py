"""`References`: reports references to unknown records."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from groundrules.diagnostics import Location
from groundrules.nearest import did_you_mean, nearest
from groundrules.rules import records as rules

if TYPE_CHECKING:
    from groundrules.records.loading import LoadedData

MOST_LISTED = 6  # number of listed names if none is near
MOST_HINTS, MOST_NAMES = 200, 5000  # finding the nearest of a thousand names takes milliseconds


class References:
    """Reports references to records that do not exist."""

    def __init__(self, loaded: LoadedData) -> None:
        self.known, self.report = loaded.names, loaded.report
        self.hints: dict[str, str | None] = {}

    def require(self, kind: str, name: str, where: Location, scope: str = "") -> None:
        """Report an unknown record, unless a record with a mistake in its name may be meant.

        ``scope`` is the id of the record that has to contain it, if only one can.
        """
        key = f"{kind} in {scope}" if scope else kind
        names = self.known.of(key)
        if name in names or key in self.known.uncertain:
            return
        if "*" not in name:
            self._note(f"unknown {kind} {name!r}", name, key, where)
        elif not any(fnmatchcase(known, name) for known in names):
            self._note(f"no {kind} matches {name!r}", name, key, where)

    def _note(self, what: str, name: str, key: str, where: Location) -> None:
        said = f"{key}: {name}"
        if said not in self.hints:
            self.hints[said] = self._hint(name, key)
        hint = self.hints[said]
        if hint is not None:
            self.report.note(rules.UNKNOWN_REFERENCE, where, f"{what}{hint}")

    def _hint(self, name: str, key: str) -> str | None:
        """Return the end of the message; ``None`` if a rejected name may be meant."""
        names, rejected = self.known.of(key), self.known.rejected.get(key, set())
        costly = len(self.hints) >= MOST_HINTS or len(names) + len(rejected) > MOST_NAMES
        if rejected and (costly or nearest(name, rejected)):
            return None
        if costly or (len(names) > MOST_LISTED and not nearest(name, names)):
            return f"; none of the {len(names):,} known names is near it" if names else ""
        return did_you_mean(name, names, "known")
