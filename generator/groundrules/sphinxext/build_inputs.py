"""`BuildInputs`: everything that generated pages are made from, as one digest.

It is the data, the templates and this program, and the real configurations that graphs are
compared with.  Neither is read: a build with nothing changed goes without pydantic and Graphviz.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

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
    """The inputs in some folders of a manual.

    ``given`` are the paths of configurations by name, for those that ``manual.yaml`` cannot
    know.  ``records`` reads the data, where the ``store`` does not know what is asked for.
    """

    root: Path
    folders: Iterable[Path]
    given: Mapping[str, Path]
    store: Store
    records: Callable[[], ManualRecords]

    @cached_property
    def digest(self) -> str:
        """The digest; raises `InvalidData` where the data had to be read for it."""
        given = [(name, str(path)) for name, path in sorted(self.given.items())]
        states = [
            (claim.id, state_of(claim, self.root, self.given.get(claim.id)))
            for claim in self._configurations
        ]
        return digest(self._written, self._next_day, given, states)

    def put(self) -> None:
        """Keep what was asked for, so that the next build need not read the data for it."""
        self.store.put(NAME, (self._next_day, self._configurations), key=self._written)

    @cached_property
    def _written(self) -> str:
        """The digest of what people write: data, templates and this program."""
        return digest_of(self.root, *self.folders)

    @cached_property
    def _known(self) -> tuple[str, tuple[ConfigurationClaim, ...]] | None:
        """What the last build has kept, unless people wrote something since."""
        return self.store.get(NAME, tuple[str, tuple[ConfigurationClaim, ...]], key=self._written)

    @cached_property
    def _next_day(self) -> str:
        """The next day on which the pages say something else, as a plan comes true; or nothing."""
        if self._known and (not self._known[0] or today().isoformat() < self._known[0]):
            return self._known[0]
        return str(self.records().catalogue.next_day or "")

    @cached_property
    def _configurations(self) -> tuple[ConfigurationClaim, ...]:
        """The configurations that graphs are compared with."""
        if self._known:
            return self._known[1]
        claims = self.records().claims
        used = {graph.configuration for graph in claims.graphs}
        return tuple(claim for claim in claims.configurations if claim.id in used)
