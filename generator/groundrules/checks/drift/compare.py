"""Documented graphs held against real ones: every family of drift, and the verdicts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from groundrules.checks.drift import edges as drift_edges
from groundrules.checks.drift import graphs as drift_graphs
from groundrules.checks.drift import jobs as drift_jobs
from groundrules.checks.drift import policy
from groundrules.checks.drift.comparison import Comparison, unsaid
from groundrules.checks.drift.moves import moves
from groundrules.checks.drift.real_graphs import RealGraphs
from groundrules.claims.claims import GraphClaim
from groundrules.claims.verdicts import ComparedWith, Verdict, Verdicts, VerdictState
from groundrules.diagnostics import Checked, Report, Skipped
from groundrules.rules import drift as rules

FAMILIES = (drift_graphs, drift_jobs, drift_edges, policy)
LOST = ("GR2", "GR3")
"""The families of rules that are not tried where a configuration is not at hand."""


def compare(claim: GraphClaim, real: RealGraphs, report: Report) -> Verdicts:
    """Note where a documented graph and the real one differ; return what became of each claim."""
    comparison = Comparison(claim, real, report, moves(claim, real))
    for family in FAMILIES:
        family.check(comparison)
    return comparison.verdicts()


def skip(claim: GraphClaim, reason: str, report: Report) -> Verdicts:
    """Note that a documented graph was not compared, and why; every claim is *not checked*."""
    report.skipped.append(Skipped(f"graph {claim.id}", reason, LOST))
    against = {claim.id: ComparedWith(configuration=claim.configuration)}
    graph, *parts = _unchecked(claim, reason)
    _note_unsaid(claim, parts, report)
    return Verdicts(all=(graph, *parts), against=against)


def refuse(claim: GraphClaim, kind: str, reason: str, report: Report) -> Verdicts:
    """Note a graph of a project or branch (``kind``) that its configuration does not have."""
    place = claim.branch_place if kind == "branch" else claim.project_place
    report.note(rules.NOT_THERE, place, f"{claim.configuration}: {reason}", key=claim.about())
    graph, *parts = _unchecked(claim, reason)
    report.checked.append(Checked(claim.place.path, claim.about()))
    _note_unsaid(claim, parts, report)
    against = {claim.id: ComparedWith(configuration=claim.configuration)}
    return Verdicts(all=(replace(graph, state=VerdictState.DRIFTED), *parts), against=against)


def _note_unsaid(claim: GraphClaim, parts: Iterable[Verdict], report: Report) -> None:
    for each in parts:
        key = claim.about(job=each.job, dependency=each.dependency, rule=each.rule)
        report.checked.append(Checked(claim.place.path, key, unsaid(each.state, each.why)))


def _unchecked(claim: GraphClaim, reason: str) -> list[Verdict]:
    """Return the verdicts on claims that nobody looked at; a plan stays one."""

    def verdict(
        job: str = "", dependency: str = "", rule: str = "", planned: bool = False
    ) -> Verdict:
        return Verdict(
            graph=claim.id,
            job=job,
            dependency=dependency,
            rule=rule,
            state=VerdictState.PLANNED if planned else VerdictState.NOT_CHECKED,
            why=(reason,),
        )

    found = [verdict()]
    for job in claim.jobs:
        found.append(verdict(job.name))
        found += [verdict(job.name, each.dependency, "", each.planned) for each in job.waits_for]
    return [*found, *(verdict("", "", each.id, each.planned) for each in claim.rules)]
