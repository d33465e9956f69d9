"""Documented graphs compared with real ones: every kind of drift, and the verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from groundrules.checks.drift import edges, gone, graphs, jobs, policy, semaphore_limits
from groundrules.checks.drift.comparison import Comparison
from groundrules.checks.drift.judging import Compared, judged, not_settled
from groundrules.checks.drift.real_graphs import RealGraphs
from groundrules.claims.claims import GraphClaim
from groundrules.claims.verdicts import ComparedWith, Verdict, Verdicts, VerdictState
from groundrules.diagnostics import Checked, Diagnostic, Skipped
from groundrules.rules import drift as rules

KINDS = (graphs, jobs, semaphore_limits, edges, gone, policy)
LOST = ("GR2", "GR3")
"""The families of rules that are not checked where a configuration is missing."""

NOT_READ = "the configuration could not be read when this manual was built"


def compare(claim: GraphClaim, real: RealGraphs) -> Compared:
    """Return where a documented graph and the real one differ, and the verdict on each claim."""
    comparison = Comparison(claim, real)
    return judged(comparison, (note for kind in KINDS for note in kind.check(comparison)))


def skip(claim: GraphClaim, reason: str) -> Compared:
    """Return that a documented graph was not compared; no claim is checked.

    ``reason`` is for the report.  Readers of the manual cannot do anything about a path.
    """
    graph, *parts = _unchecked(claim, NOT_READ)
    skipped = Skipped(f"graph {claim.id}", reason, LOST)
    verdicts = Verdicts(all=(graph, *parts), against=_against(claim))
    return Compared(verdicts, (skipped, *_not_settled(claim, parts, reason)))


def keep(claim: GraphClaim) -> Compared:
    """Return that a documented graph is kept by hand; the report says nothing of its claims."""
    kept = claim.judged(Verdict(graph=claim.id, state=VerdictState.KEPT_BY_HAND))
    return Compared(Verdicts(all=tuple(kept), against=_against(claim)), ())


def refuse(claim: GraphClaim, kind: str, reason: str) -> Compared:
    """Return that the configuration lacks the project or branch (``kind``) of a graph."""
    place = claim.branch_place if kind == "branch" else claim.project_place
    message = f"{claim.configuration}: {reason}"
    missing = Diagnostic(place, message, rules.NOT_THERE, key=claim.about())
    graph, *parts = _unchecked(claim, reason)
    drifted = replace(graph, state=VerdictState.DRIFTED)
    checked = Checked(claim.place.path, claim.about())
    verdicts = Verdicts(all=(drifted, *parts), against=_against(claim))
    return Compared(verdicts, (missing, checked, *_not_settled(claim, parts, reason)))


def _against(claim: GraphClaim) -> dict[str, ComparedWith]:
    return {claim.id: ComparedWith(configuration=claim.configuration)}


def _not_settled(claim: GraphClaim, parts: Iterable[Verdict], reason: str) -> Iterator[Checked]:
    for part in parts:
        key = claim.about(job=part.job, dependency=part.dependency, rule=part.rule)
        yield Checked(claim.place.path, key, not_settled(part.state, (reason,)))


def _unchecked(claim: GraphClaim, reason: str) -> Iterator[Verdict]:
    """Yield the verdicts on claims that were not checked."""
    return claim.judged(Verdict(graph=claim.id, state=VerdictState.NOT_CHECKED, why=(reason,)))
