"""One verdict for all claims of a graph, which were compared with nothing."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from groundrules.claims.claims import GraphClaim
from groundrules.claims.verdicts import Verdict, VerdictState


def on_all(whole: Verdict, claim: GraphClaim) -> Iterator[Verdict]:
    """Yield a verdict on a graph, and the same on everything in it; a plan stays one."""

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
