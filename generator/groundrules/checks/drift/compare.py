"""Documented graphs compared with real ones: every kind of drift, and the verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from groundrules.checks.drift import edges, graphs, jobs, policy
from groundrules.checks.drift.comparison import Comparison
from groundrules.checks.drift.judging import Compared, judged, not_settled
from groundrules.checks.drift.real_graphs import RealGraphs
from groundrules.claims.claims import GraphClaim
from groundrules.claims.verdicts import ComparedWith, Verdict, Verdicts, VerdictState
from groundrules.diagnostics import Checked, Diagnostic, Skipped
from groundrules.rules import drift as rules

KINDS = (graphs, jobs, edges, policy)
LOST = ("GR2", "GR3")
"""The families of rules that are not checked where a configuration is missing."""


def compare(claim: GraphClaim, real: RealGraphs) -> Compared:
    """Return where a documented graph and the real one differ, and the verdict on each claim."""
    comparison = Comparison(claim, real)
    return judged(comparison, (note for kind in KINDS for note in kind.check(comparison)))


def skip(claim: GraphClaim, reason: str) -> Compared:
    """Return that a documented graph was not compared, and why; no claim is checked."""
    graph, *parts = _unchecked(claim, reason)
    skipped = Skipped(f"graph {claim.id}", reason, LOST)
    verdicts = Verdicts(all=(graph, *parts), against=_against(claim))
    return Compared(verdicts, (skipped, *_not_settled(claim, parts)))


def keep(claim: GraphClaim) -> Compared:
    """Return that a documented graph is kept by hand; the report says nothing of its claims."""
    return Compared(Verdicts(all=tuple(_kept(claim)), against=_against(claim)), ())


def refuse(claim: GraphClaim, kind: str, reason: str) -> Compared:
    """Return that the configuration lacks the project or branch (``kind``) of a graph."""
    place = claim.branch_place if kind == "branch" else claim.project_place
    message = f"{claim.configuration}: {reason}"
    missing = Diagnostic(place, message, rules.NOT_THERE, key=claim.about())
    graph, *parts = _unchecked(claim, reason)
    drifted = replace(graph, state=VerdictState.DRIFTED)
    checked = Checked(claim.place.path, claim.about())
    verdicts = Verdicts(all=(drifted, *parts), against=_against(claim))
    return Compared(verdicts, (missing, checked, *_not_settled(claim, parts)))


def _against(claim: GraphClaim) -> dict[str, ComparedWith]:
    return {claim.id: ComparedWith(configuration=claim.configuration)}


def _not_settled(claim: GraphClaim, parts: Iterable[Verdict]) -> Iterator[Checked]:
    for part in parts:
        key = claim.about(job=part.job, dependency=part.dependency, rule=part.rule)
        yield Checked(claim.place.path, key, not_settled(part.state, part.why))


def _unchecked(claim: GraphClaim, reason: str) -> Iterator[Verdict]:
    """Yield the verdicts on claims that were not checked."""
    return _all_are(Verdict(graph=claim.id, state=VerdictState.NOT_CHECKED, why=(reason,)), claim)


def _kept(claim: GraphClaim) -> Iterator[Verdict]:
    """Yield the verdicts on claims that are compared with nothing."""
    return _all_are(Verdict(graph=claim.id, state=VerdictState.KEPT_BY_HAND), claim)


def _all_are(whole: Verdict, claim: GraphClaim) -> Iterator[Verdict]:
    """Yield the verdict on a graph, and the same on everything in it; a plan stays one."""

    def verdict(job: str = "", dependency: str = "", rule: str = "", *, planned: bool) -> Verdict:
        state = VerdictState.PLANNED if planned else whole.state
        return replace(whole, job=job, dependency=dependency, rule=rule, state=state)

    yield whole
    for job in claim.jobs:
        yield verdict(job.name, planned=False)
        for edge in job.waits_for:
            yield verdict(job.name, edge.dependency, planned=edge.planned)
    for rule in claim.rules:
        yield verdict(rule=rule.id, planned=rule.planned)
