"""Checks the texts of records: their markup, and the records that they mention."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from groundrules.diagnostics import Location
from groundrules.prose.prose_cache import Findings, ProseCache
from groundrules.prose.record_text import block
from groundrules.records import LoadedData
from groundrules.records.fields import walk
from groundrules.records.references import References
from groundrules.rules import prose as rules
from groundrules.yamlsource import Place, place_in

MOST = 200  # maximum number of reported texts of a file; each takes docutils a millisecond


def check_prose(loaded: LoadedData, readings: ProseCache) -> None:
    """Report invalid and forbidden markup, and mentions of unknown records."""
    references = References(loaded)
    for texts in _texts(loaded):
        flawed = 0
        for text, location in texts:
            findings = readings.of(text)
            if findings.flaws or findings.mentions:
                _note(loaded, references, findings, block(text), location)
            flawed += bool(findings.flaws)
            if flawed == MOST:
                message = "texts after this one are not checked; correct the ones before it first"
                loaded.report.note(rules.BROKEN_PROSE, location, message)
                break


def _texts(loaded: LoadedData) -> Iterator[Iterable[tuple[str, Location]]]:
    """Yield the texts of each file, including those of removed parts."""
    for root in loaded.catalogue.records() if loaded.catalogue else ():
        if root.path not in loaded.damaged:
            texts = (each for record in walk(root) for each in record.prose())
            yield ((text, location) for _, text, location in texts)
    yield from loaded.damaged.values()


def _note(
    loaded: LoadedData, references: References, findings: Findings, text: str, location: Location
) -> None:
    file = loaded.texts[location.path]

    def place(index: int) -> Location:
        return Location(
            location.path,
            *place_in(file, Place(location.line, location.column), text, index),
        )

    for flaw in findings.flaws:
        loaded.report.note(flaw.rule, place(flaw.index), flaw.message)
    for mention in findings.mentions:
        references.require(mention.kind, mention.name, place(mention.position))
