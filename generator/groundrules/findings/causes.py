"""One cause, one finding: what follows from another finding is told there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from groundrules.diagnostics import Diagnostic, Location, Report, Severity
from groundrules.rules.drift import DEPENDENCY_NOT_THERE, JOB_NOT_THERE
from groundrules.rules.traps import CIRCLE, HARD_MISSING

CAUSES = (HARD_MISSING, CIRCLE, DEPENDENCY_NOT_THERE, JOB_NOT_THERE)
OF_THE_SYSTEM = "GR6"
"""The rules of what a CI system itself reports; what it refuses has no other cause."""


def relate(report: Report) -> None:
    """Say of each finding that follows from another which rule tells that one.

    The other takes over the related places, and what to write where it names that place too.
    """
    found = report.found
    causes: dict[Location, int] = {}
    for at in sorted(range(len(found)), key=lambda at: _rank(found[at])):
        for place in _places(found[at]):
            causes.setdefault(place, at)
    for at, each in enumerate(found):
        known = [causes[place] for place in each.because if causes.get(place, at) != at]
        if known:
            told = min(known, key=lambda cause: _rank(found[cause]))
            found[at] = replace(each, cause=found[told].rule.id)
            found[told] = _with_places(found[told], each)


def _rank(found: Diagnostic) -> int:
    return 0 if found.rule.id.startswith(OF_THE_SYSTEM) else 1


def _places(found: Diagnostic) -> Iterator[Location]:
    """Yield the places where a finding tells why something is not there or does not run."""
    is_refusal = _rank(found) == 0 and found.rule.severity is Severity.ERROR
    if is_refusal or found.rule in CAUSES:
        yield found.location
    if found.rule is CIRCLE:
        yield from (each.location for each in found.related)


def _with_places(told: Diagnostic, consequence: Diagnostic) -> Diagnostic:
    known = {told.location, *(each.location for each in told.related)}
    new = tuple(each for each in consequence.related if each.location not in known)
    there = consequence.suggestion if consequence.location in known else ""
    return replace(told, related=(*told.related, *new), suggestion=told.suggestion or there)
