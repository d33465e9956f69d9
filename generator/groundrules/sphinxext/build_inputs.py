"""`BuildInputs`: a digest of all input of generated pages.

The input is the data, the templates, this program, and the real configurations.  None of them is
parsed, so an unchanged build needs neither pydantic nor Graphviz.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from groundrules.ci.revisions import named_commit
from groundrules.ci.state import state_of
from groundrules.claims.claims import ConfigurationClaim
from groundrules.clock import today
from groundrules.pages.stamp import digest_of
from groundrules.store import Store, digest

if TYPE_CHECKING:
    from groundrules.sphinxext.manual_records import ManualRecords

NAME = ".configurations"


@dataclass
class BuildInputs:
    """The input of a manual's pages.

    ``given`` are paths of configurations by name, if they are not in ``manual.yaml``.
    ``records`` reads the data if the ``store`` does not have a value.
    """

    root: Path
    folders: Iterable[Path]
    given: Mapping[str, Path]
    store: Store
    records: Callable[[], ManualRecords]

    @cached_property
    def digest(self) -> str:
        """The digest; raises `InvalidData` if the data had to be read."""
        given = [(name, str(path)) for name, path in sorted(self.given.items())]
        since = named_commit(self.root, self._since) if self._since else ""
        return digest(self._written, self._next_day, given, self.states(), since)

    def states(self) -> list[tuple[str, str]]:
        """Return the present state of each configuration."""
        return [
            (claim.id, state_of(claim, self.root, self.given.get(claim.id)))
            for claim in self._configurations
        ]

    def put(self) -> None:
        """Store the values, so that the next build does not need to read the data."""
        value = (self._next_day, self._configurations, self._since)
        self.store.put(NAME, value, key=self._written)

    @cached_property
    def _written(self) -> str:
        """The digest of data, templates and this program."""
        return digest_of(self.root, *self.folders)

    @cached_property
    def _known(self) -> tuple[str, tuple[ConfigurationClaim, ...], str] | None:
        """The stored values of the last build, if data, templates and program are unchanged."""
        return self.store.get(
            NAME, tuple[str, tuple[ConfigurationClaim, ...], str], key=self._written
        )

    @cached_property
    def _next_day(self) -> str:
        """The next day on which the pages change, because a plan becomes true; or None."""
        if self._known and (not self._known[0] or today().isoformat() < self._known[0]):
            return self._known[0]
        return str(self.records().catalogue.next_day or "")

    @cached_property
    def _since(self) -> str:
        """The revision since which changes are listed; empty if there is none."""
        if self._known:
            return self._known[2]
        return self.records().catalogue.manual.changes_since or ""

    @cached_property
    def _configurations(self) -> tuple[ConfigurationClaim, ...]:
        """The configurations that graphs are compared with; all, if one can use a label."""
        if self._known:
            return self._known[1]
        claims = self.records().claims
        if claims.labels:
            return claims.configurations
        used = {graph.configuration for graph in claims.graphs}
        return tuple(claim for claim in claims.configurations if claim.id in used)
