"""Facts that Ansible does not report."""

from __future__ import annotations

from collections.abc import Iterator

from groundrules.diagnostics import Diagnostic
from groundrules.records import Catalogue, DataContent
from groundrules.records.ansible import meant_fact
from groundrules.records.expectation import Measure
from groundrules.records.measured import RecordedMeasure
from groundrules.records.parts import RecordPart
from groundrules.rules import records as rules

MOST_HINTS = 200  # finding the nearest name of one fact takes a millisecond


def check(_: Catalogue, content: DataContent) -> Iterator[Diagnostic]:
    """Yield each measure by a fact that no node can have.

    That of a measurement is a copy: the expectation is corrected, and compared again.
    """
    nearest: dict[str, str | None] = {}
    for part in content.parts:
        fact = part.said.get("fact") if part.kind is Measure and not _is_copy(part) else None
        if not isinstance(fact, str):
            continue
        if fact not in nearest:
            nearest[fact] = meant_fact(fact, is_costly=len(nearest) >= MOST_HINTS)
        near = nearest[fact]
        if near is not None:
            hint = f"did you mean {near!r}?" if near else "use a fact of Ansible's setup module"
            message = f"unknown Ansible fact {fact!r}; {hint}"
            yield Diagnostic(part.location("fact"), message, rules.UNKNOWN_FACT)


def _is_copy(part: RecordPart) -> bool:
    return part.holder is not None and part.holder.kind is RecordedMeasure
