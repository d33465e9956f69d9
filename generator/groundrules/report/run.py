"""`Run`: what a report says beside its findings, and the places that a format shows."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field

from groundrules import __version__
from groundrules.diagnostics import Checked, Hidden, Location, Skipped
from groundrules.report.extent import end_column
from groundrules.yamlsource import lines_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of the checker.

    ``texts`` are the files by path: for excerpts, the ends of places, and fingerprints.
    ``prefix`` leads from the folder that readers of the report stand in to the manual's.
    ``hidden`` are findings that are not told.  ``known`` counts those that the baseline holds,
    ``gone`` are its entries that no longer occur.  ``manual`` is the address of the published
    manual, where that is known.
    """

    version: str = __version__
    checked: tuple[Checked, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    prefix: str = ""
    known: int = 0
    gone: tuple[str, ...] = ()
    manual: str = ""

    @property
    def files(self) -> int:
        """How many files were looked at."""
        return len({each.path for each in self.checked})

    def path(self, place: Location | Checked) -> str:
        """Return the path of a place as the reader of the report opens it."""
        return posixpath.normpath(f"{self.prefix}{place.path}") if self.prefix else place.path

    def where(self, location: Location) -> str:
        """Return ``file:line:column``, never in the form of a command to GitHub's log."""
        path = self.path(location)
        before = "./" if path.lstrip().startswith(":") else ""
        return f"{before}{path}:{location.line}:{location.column}"

    def end(self, location: Location) -> int:
        """Return the column after the last character of what stands at ``location``."""
        return end_column(self.line(location), location.column)

    def line(self, location: Location) -> str:
        """Return the line of the file that ``location`` is on; empty where it is not known."""
        lines = lines_of(self.texts.get(location.path, ""))
        return "".join(lines[location.line - 1 : location.line])
