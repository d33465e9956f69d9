"""`ReportContext`: what a report needs besides its findings."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import replace

from msgspec import Struct

from groundrules import __version__
from groundrules.claims.verdicts import Verdicts
from groundrules.diagnostics import Checked, Diagnostic, Hidden, Location, Rule, Skipped
from groundrules.findings.fingerprints import fingerprints
from groundrules.report.extent import end_column
from groundrules.text import counted
from groundrules.yamlsource import lines_of


class ReportContext(Struct, frozen=True, kw_only=True):
    """One run of the checker.

    ``texts`` are the files by path, for excerpts, ends of places, and fingerprints.  ``prefix``
    is the path of the manual in its repository, for programs that know the repository's files;
    ``here`` is its path from the working directory, for people.  ``prefixes`` are the paths of
    configurations.  ``homes`` are the places in the manual to use for files of other
    repositories.

    ``verdicts`` are about the documented graphs.  ``hidden`` are findings that are not reported.
    ``known`` counts those in the baseline, and ``gone`` are its entries that no longer occur.
    ``manual`` is the address of the published manual, if known.  A report lists up to ``most``
    findings (0: all), and counts all of them.
    """

    version: str = __version__
    checked: tuple[Checked, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    verdicts: Verdicts = Verdicts()
    texts: Mapping[str, str] = {}
    prefix: str = ""
    here: str = ""
    prefixes: tuple[str, ...] = ()
    homes: Mapping[str, Location] = {}
    known: int = 0
    gone: tuple[str, ...] = ()
    manual: str = ""
    most: int = 0

    @property
    def files(self) -> int:
        """The number of files that were read."""
        return len({checked.path for checked in self.checked})

    def page_of(self, rule: Rule) -> str:
        """Return the address of a rule's page, or of its row where all rules are on one page."""
        if self.manual.endswith((".html", ".htm")):
            return f"{self.manual}#{rule.id.lower()}"
        return f"{self.manual.rstrip('/')}/{rule.id}.html"

    def listed(self, diagnostics: Sequence[Diagnostic]) -> Sequence[Diagnostic]:
        """Return the findings that a report lists."""
        return diagnostics[: self.most] if self.most else diagnostics

    def marked(self, diagnostics: Sequence[Diagnostic]) -> list[tuple[Diagnostic, str]]:
        """Return the listed findings with their fingerprints."""
        listed = self.listed(diagnostics)
        return list(zip(listed, fingerprints(listed, self.texts, self.prefixes), strict=True))

    def omitted(self, diagnostics: Sequence[Diagnostic]) -> str:
        """Return a sentence about findings that are not listed; empty if all are."""
        return not_listed(len(diagnostics) - len(self.listed(diagnostics)))

    def total(self, diagnostics: Sequence[Diagnostic]) -> str:
        """Return the number of findings and of their files."""
        files = len({diagnostic.location.path for diagnostic in diagnostics})
        return f"{counted(len(diagnostics), 'finding')} in {counted(files, 'file')}"

    def path(self, place: Location | Checked) -> str:
        """Return the path of a place relative to the repository."""
        return _below(self.prefix, place.path)

    def where(self, location: Location) -> str:
        """Return ``file:line:column``, which GitHub's log cannot mistake for a command."""
        return _where(self.path(location), location)

    def shown(self, location: Location) -> str:
        """Return the same relative to the working directory, for people."""
        return _where(_below(self.here, location.path), location)

    def details(self, diagnostic: Diagnostic) -> list[str]:
        """Return the related places of a finding with their messages, and its suggestion."""
        places = [f"{self.where(place.location)}: {place.message}" for place in diagnostic.related]
        return [*places, *filter(None, (diagnostic.suggestion,))]

    def inside(self, diagnostic: Diagnostic) -> Diagnostic:
        """Return a finding for programs that know only the files of this repository.

        Its place is in the manual, and its message has the places in other repositories.
        """
        home = self.homes.get(diagnostic.location.path)
        away = [related for related in diagnostic.related if related.location.path in self.homes]
        places = [f"{self.where(related.location)}: {related.message}" for related in away]
        message = diagnostic.message
        if home:
            message = f"{self.where(diagnostic.location)}: {message}"
        return replace(
            diagnostic,
            location=home or diagnostic.location,
            message="; ".join((message, *places)),
            related=tuple(related for related in diagnostic.related if related not in away),
        )

    def end(self, location: Location) -> int:
        """Return the column after the last character of the word at ``location``."""
        return end_column(self.line(location), location.column)

    def line(self, location: Location) -> str:
        """Return the line of a file; empty if its text is unknown."""
        lines = lines_of(self.texts.get(location.path, ""))
        return "".join(lines[location.line - 1 : location.line])


def not_listed(more: int) -> str:
    """Return a sentence about a number of findings that are not listed; empty for 0."""
    return f"{counted(more, 'more finding')} not listed; --max-findings 0 lists all" if more else ""


def _below(prefix: str, path: str) -> str:
    return posixpath.normpath(f"{prefix}{path}") if prefix else path


def _where(path: str, location: Location) -> str:
    before = "./" if path.lstrip().startswith(":") else ""
    return f"{before}{path}:{location.line}:{location.column}"
