"""One finding for one cause: a consequence is reported only if its cause is not selected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from groundrules.diagnostics import Diagnostic, Location, Related, Report, Severity
from groundrules.rules.drift import DEPENDENCY_NOT_THERE, JOB_NOT_THERE, NO_GRAPH
from groundrules.rules.silent import NO_BRANCH
from groundrules.rules.traps import CIRCLE, HARD_AND_SOFT, HARD_MISSING
from groundrules.rules.zuul import RULES

OF_SEVERAL_PLACES = (CIRCLE, HARD_AND_SOFT)
CAUSES = (
    *(HARD_MISSING, *OF_SEVERAL_PLACES, NO_BRANCH),
    *(DEPENDENCY_NOT_THERE, JOB_NOT_THERE, NO_GRAPH),
    RULES["GR620"],
)
OF_THE_SYSTEM = "GR6"
"""The rules of a CI system's own errors; these are never consequences."""


def relate(report: Report) -> None:
    """Set ``cause`` in each finding that is a consequence of another.

    The cause gets the places of its consequences as related places, and the suggestion of a
    consequence at the same place.
    """
    findings = report.found
    by_place: dict[Location, int] = {}
    for index in sorted(range(len(findings)), key=lambda index: _rank(findings[index])):
        for place in _places(findings[index]):
            by_place.setdefault(place, index)
    consequences: dict[int, list[Diagnostic]] = {}
    for index, diagnostic in enumerate(findings):
        causes = [
            by_place[place] for place in diagnostic.because if by_place.get(place, index) != index
        ]
        if causes:
            cause = min(causes, key=lambda cause: _rank(findings[cause]))
            findings[index] = replace(diagnostic, cause=findings[cause].rule.id)
            consequences.setdefault(cause, []).append(diagnostic)
    for index, diagnostics in consequences.items():
        findings[index] = _with_places(findings[index], diagnostics)


def _rank(diagnostic: Diagnostic) -> int:
    """Return the order of causes; a graph that is refused is one of last resort."""
    if diagnostic.location in diagnostic.because:
        return 2
    return 0 if diagnostic.rule.id.startswith(OF_THE_SYSTEM) else 1


def _places(diagnostic: Diagnostic) -> Iterator[Location]:
    """Yield the places of the possible causes of a finding."""
    is_refusal = _rank(diagnostic) == 0 and diagnostic.rule.severity is Severity.ERROR
    if is_refusal or diagnostic.rule in CAUSES:
        yield diagnostic.location
    if diagnostic.rule in OF_SEVERAL_PLACES:
        yield from diagnostic.places[1:]


def _with_places(cause: Diagnostic, consequences: list[Diagnostic]) -> Diagnostic:
    known, suggestion = set(cause.places), cause.suggestion
    added: list[Related] = []
    for consequence in consequences:
        if not suggestion and consequence.location in known:
            suggestion = consequence.suggestion
        added += [place for place in consequence.related if place.location not in known]
        known.update(consequence.places[1:])
    return replace(cause, related=(*cause.related, *added), suggestion=suggestion)
