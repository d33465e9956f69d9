"""What a `RecordedGraph` says of a graph today: only where the same is documented still."""

from __future__ import annotations

from msgspec.structs import replace

from groundrules.claims.claims import GraphClaim, JobClaim, RecordedGraph, RuleClaim
from groundrules.claims.verdicts import ComparedWith, Verdict, Verdicts, VerdictState
from groundrules.store import digest


def documented(claim: GraphClaim) -> str:
    """Return the digest of what a graph says of its configuration, in whatever order."""
    jobs = sorted(_job(job) for job in claim.jobs)
    rules = sorted(_rule(rule) for rule in claim.rules)
    where = (claim.configuration, claim.project, claim.branch, claim.pipelines, claim.complete)
    return digest(where, jobs, rules)


def _job(job: JobClaim) -> tuple[str, ...]:
    edges = sorted((edge.dependency, edge.soft, edge.planned) for edge in job.waits_for)
    semaphores = None if job.semaphores is None else sorted(job.semaphores)
    rest = (job.parent, semaphores, job.longest)
    return job.name, repr(job.pipelines), repr(edges), repr(rest)


def _rule(rule: RuleClaim) -> tuple[str, ...]:
    selector = (rule.name, rule.tag, rule.parent, rule.file)
    demand = (rule.dependency, rule.directly, rule.planned)
    return rule.id, repr(selector), repr(demand), repr(sorted(rule.documented))


def restored(claim: GraphClaim, recorded: RecordedGraph) -> Verdicts:
    """Return the recorded verdicts on a graph; *not checked* where it is documented differently."""
    against = recorded.against
    unknown = Verdict(graph=claim.id, state=VerdictState.NOT_CHECKED)
    if documented(claim) == recorded.documented:
        known = {verdict.about: verdict for verdict in recorded.verdicts}
        verdicts = (known.get(part.about, part) for part in claim.judged(unknown))
        return Verdicts(all=tuple(verdicts), against={claim.id: against})
    edition = f" with {against.edition}" if against.edition else ""
    why = f"documented differently since it was compared on {against.recorded}{edition}"
    changed = claim.judged(replace(unknown, why=(why,)))
    now = ComparedWith(configuration=claim.configuration)
    return Verdicts(all=tuple(changed), against={claim.id: now})
