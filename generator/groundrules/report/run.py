"""`ReportContext`: what a report says beside its findings, and the places that a format shows."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from groundrules import __version__
from groundrules.claims.verdicts import Verdicts
from groundrules.diagnostics import Checked, Diagnostic, Hidden, Location, Skipped
from groundrules.report.extent import end_column
from groundrules.yamlsource import lines_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportContext:
    """One run of the checker.

    ``texts`` are the files by path: for excerpts, the ends of places, and fingerprints.
    ``prefix`` leads from the repository's folder to the manual's, for what knows the files of
    the repository; ``here`` leads there from the folder that people stand in.  ``homes`` are the
    manual's own places that stand for files of other repositories.
    ``verdicts`` are on the documented graphs that were asked about.
    ``hidden`` are findings that are not told.  ``known`` counts those that the baseline holds,
    ``gone`` are its entries that no longer occur.  ``manual`` is the address of the published
    manual, where that is known.
    """

    version: str = __version__
    checked: tuple[Checked, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    verdicts: Verdicts = field(default_factory=Verdicts)
    texts: Mapping[str, str] = field(default_factory=dict)
    prefix: str = ""
    here: str = ""
    homes: Mapping[str, Location] = field(default_factory=dict)
    known: int = 0
    gone: tuple[str, ...] = ()
    manual: str = ""

    @property
    def files(self) -> int:
        """How many files were looked at."""
        return len({each.path for each in self.checked})

    def path(self, place: Location | Checked) -> str:
        """Return the path of a place, as from the repository's folder."""
        return _below(self.prefix, place.path)

    def where(self, location: Location) -> str:
        """Return ``file:line:column``, never in the form of a command to GitHub's log."""
        return _where(self.path(location), location)

    def shown(self, location: Location) -> str:
        """Return the same as people open it from where they stand."""
        return _where(_below(self.here, location.path), location)

    def inside(self, found: Diagnostic) -> Diagnostic:
        """Return a finding as it is told to what knows the files of this repository only.

        It is at a place of the manual then, and the places elsewhere are in its message.
        """
        home = self.homes.get(found.location.path)
        away = [each for each in found.related if each.location.path in self.homes]
        told = [f"{self.where(each.location)}: {each.message}" for each in away]
        first = f"{self.where(found.location)}: {found.message}" if home else found.message
        return replace(
            found,
            location=home or found.location,
            message="; ".join((first, *told)),
            related=tuple(each for each in found.related if each not in away),
        )

    def end(self, location: Location) -> int:
        """Return the column after the last character of what stands at ``location``."""
        return end_column(self.line(location), location.column)

    def line(self, location: Location) -> str:
        """Return the line of the file that ``location`` is on; empty where it is not known."""
        lines = lines_of(self.texts.get(location.path, ""))
        return "".join(lines[location.line - 1 : location.line])


def _below(prefix: str, path: str) -> str:
    return posixpath.normpath(f"{prefix}{path}") if prefix else path


def _where(path: str, location: Location) -> str:
    before = "./" if path.lstrip().startswith(":") else ""
    return f"{before}{path}:{location.line}:{location.column}"
