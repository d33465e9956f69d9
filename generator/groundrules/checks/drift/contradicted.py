"""Recorded verdicts that are not those of today."""

from __future__ import annotations

from collections.abc import Iterator

from groundrules.claims.claims import Claims, GraphClaim, RecordedGraph
from groundrules.claims.recorded import documented
from groundrules.claims.verdicts import Verdicts, VerdictState
from groundrules.diagnostics import Diagnostic
from groundrules.rules import drift as rules
from groundrules.text import counted

SETTLED = {VerdictState.VERIFIED, VerdictState.DRIFTED, VerdictState.PLANNED}


def check(claims: Claims, verdicts: Verdicts) -> Iterator[Diagnostic]:
    """Yield each record of a graph that the configuration contradicts.

    One of a graph that is documented differently since says nothing of today, and pages say so.
    """
    graphs = {claim.id: claim for claim in claims.graphs}
    for recorded in claims.recorded:
        claim = graphs.get(recorded.graph)
        if claim is None or not recorded.is_of(claim) or not verdicts.is_compared(claim.id):
            continue
        if documented(claim) == recorded.documented:
            yield from _different(claim, recorded, verdicts)


def _different(
    claim: GraphClaim, recorded: RecordedGraph, verdicts: Verdicts
) -> Iterator[Diagnostic]:
    pairs = [(then, verdicts.of(*then.about)) for then in recorded.verdicts]
    settled = [(then, now) for then, now in pairs if {then.state, now.state} <= SETTLED]
    different = [(then, now) for then, now in settled if then.state is not now.state]
    parts = [(then, now) for then, now in different if then.is_part] or different
    if parts:
        then, now = parts[0]
        subject = claim.about(job=then.job, dependency=then.dependency, rule=then.rule)
        more = counted(len(parts) - 1, "more result") if len(parts) > 1 else ""
        yield Diagnostic(
            recorded.place,
            f"the record of {recorded.against.recorded} differs from the configuration: "
            f"{subject!r} was {then.state} and is {now.state}"
            + (f", and {more} differ{'s' if len(parts) == 2 else ''}" if more else "")
            + "; write a new record with 'groundrules check --record'",
            rules.RECORD_DIFFERS,
            key=f"{claim.about()}: record",
        )
