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

from msgspec import Struct

from groundrules.ci.config_source import state_of
from groundrules.ci.revisions import named_commit
from groundrules.claims.claims import ConfigurationClaim
from groundrules.clock import today
from groundrules.pages.stamp import digest_of
from groundrules.store import Store, digest

if TYPE_CHECKING:
    from groundrules.sphinxext.manual_records import ManualRecords

NAME = ".configurations"


class InputsOfRecords(Struct, frozen=True, kw_only=True):
    """What the records say of the input of pages.

    ``next_day`` is the next one on which the pages change, because a plan becomes true; ``since``
    is the revision since which changes are listed.  Both can be empty.  ``configurations`` are
    those that graphs are compared with; all, if one can use a label.
    """

    next_day: str
    configurations: tuple[ConfigurationClaim, ...]
    since: str


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
        since = self._known.since and named_commit(self.root, self._known.since)
        return digest(self._written, self._known.next_day, given, self.states(), since)

    def states(self) -> list[tuple[str, str]]:
        """Return the present state of each configuration."""
        return [
            (claim.id, state_of(claim, self.root, self.given.get(claim.id)))
            for claim in self._known.configurations
        ]

    def put(self) -> None:
        """Store the values, so that the next build does not need to read the data."""
        self.store.put(NAME, self._known, key=self._written)

    @cached_property
    def _written(self) -> str:
        """The digest of data, templates and this program."""
        return digest_of(self.root, *self.folders)

    @cached_property
    def _known(self) -> InputsOfRecords:
        """The values of the last build, if nothing was written since and no plan became true."""
        known = self.store.get(NAME, InputsOfRecords, key=self._written)
        if known and (not known.next_day or today().isoformat() < known.next_day):
            return known
        catalogue, claims = self.records().catalogue, self.records().claims
        used = {graph.configuration for graph in claims.graphs}
        return InputsOfRecords(
            next_day=str(catalogue.next_day or ""),
            configurations=tuple(
                claim for claim in claims.configurations if claims.labels or claim.id in used
            ),
            since=catalogue.manual.changes_since or "",
        )
