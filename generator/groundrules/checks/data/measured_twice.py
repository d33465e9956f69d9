"""Two measurements of the same promise in a file, as a merge of two records can leave them."""

from __future__ import annotations

from collections.abc import Iterator

from groundrules.diagnostics import Diagnostic, Location, Related
from groundrules.records import Catalogue, DataContent
from groundrules.records.measured import RecordedMeasure
from groundrules.rules import records as rules


def check(catalogue: Catalogue, _: DataContent) -> Iterator[Diagnostic]:
    """Yield every second measurement of an expectation on nodes of a label from one provider."""
    for label in catalogue.measured:
        first: dict[tuple[str, str, str], Location] = {}
        for measured in label.promises:
            place = measured.location("expectation")
            if first.setdefault(measured.key, place) != place:
                yield _twice(measured, place, first[measured.key])


def _twice(measured: RecordedMeasure, place: Location, other: Location) -> Diagnostic:
    name = " ".join(filter(None, measured.key[1:]))
    origin = f" from {name}" if name else ""
    message = (
        f"two measurements of expectation {measured.expectation!r} on nodes{origin}, this one and "
        f"the one at {other}; remove one of them"
    )
    return Diagnostic(place, message, rules.DUPLICATE_ID, (Related(other, "the other one"),))
