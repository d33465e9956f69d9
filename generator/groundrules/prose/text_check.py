"""Checks the texts of records: their markup, and the records that they mention."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from groundrules.diagnostics import Diagnostic, Location
from groundrules.prose.prose_cache import Findings, ProseCache
from groundrules.prose.record_text import block
from groundrules.records import DataContent
from groundrules.records.fields import walk
from groundrules.records.references import References
from groundrules.rules import prose as rules
from groundrules.yamlsource import Place, place_in

MOST = 200  # maximum number of reported texts of a file; each takes docutils a millisecond


def check_prose(content: DataContent, readings: ProseCache) -> Iterator[Diagnostic]:
    """Yield broken and forbidden markup, and mentions of records that do not exist."""
    references = References(content.names)
    for texts in _texts(content):
        flawed = 0
        for text, location in texts:
            findings = readings.of(text)
            if findings.flaws or findings.mentions:
                file = content.texts[location.path]
                yield from _diagnostics(file, references, findings, block(text), location)
            flawed += bool(findings.flaws)
            if flawed == MOST:
                message = "texts after this one are not checked; correct the ones before it first"
                yield Diagnostic(location, message, rules.BROKEN_PROSE)
                break


def _texts(content: DataContent) -> Iterator[Iterable[tuple[str, Location]]]:
    """Yield the texts of each file, including those of removed parts."""
    for root in content.catalogue.records() if content.catalogue else ():
        if root.path not in content.damaged:
            yield (text for record in walk(root) for text in record.prose())
    yield from content.damaged.values()


def _diagnostics(
    file: str, references: References, findings: Findings, text: str, location: Location
) -> Iterator[Diagnostic]:
    def place(index: int) -> Location:
        return Location(
            location.path,
            *place_in(file, Place(location.line, location.column), text, index),
        )

    for flaw in findings.flaws:
        yield Diagnostic(place(flaw.index), flaw.message, flaw.rule)
    for mention in findings.mentions:
        # most mentions are right, and counting to their characters takes longer than a look-up
        for unknown in references.require_one(mention.kind, mention.name, location):
            yield replace(unknown, location=place(mention.position))
