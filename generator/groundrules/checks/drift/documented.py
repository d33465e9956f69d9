"""`Documented`: the claims of one graph, found by name without a search."""

from __future__ import annotations

from groundrules.checks.drift.selectors import RunsFor, selects
from groundrules.claims.claims import EdgeClaim, GraphClaim, JobClaim
from groundrules.graphs.elements import Job
from groundrules.grouping import grouped


class Documented:
    """The documented jobs of a graph by name, and the edges by the job that is waited for."""

    def __init__(self, claim: GraphClaim) -> None:
        self.claim = claim
        self._jobs = {job.name: job for job in reversed(claim.jobs)}
        edges = (edge for job in claim.jobs for edge in job.waits_for)
        self._waiting = grouped((edge.dependency, edge) for edge in edges)
        self._gone = {(gone.job, gone.dependency) for gone in claim.gone}

    def job(self, name: str) -> JobClaim | None:
        """Return the claim about a job."""
        return self._jobs.get(name)

    def is_gone(self, job: str, dependency: str = "") -> bool:
        """Return whether a job, or one of its dependencies, is documented as gone."""
        return (job, dependency) in self._gone

    def expected(self, edge: EdgeClaim) -> tuple[str, ...]:
        """Return the pipelines in which an edge has to be: those documented for both its jobs."""
        job, other = self.job(edge.job), self.job(edge.dependency)
        own = job.pipelines if job else ()
        return tuple(pipeline for pipeline in own if other is None or pipeline in other.pipelines)

    def is_meant_for(self, name: str, pipeline: str) -> bool:
        """Return whether a job is documented in a pipeline, or not documented at all."""
        job = self.job(name)
        return job is None or pipeline in job.pipelines

    def is_ruled(self, job: Job, dependency: str, is_run_for: RunsFor) -> bool:
        """Return whether a rule of the graph requires a dependency of a real job."""
        return any(
            rule.dependency == dependency and selects(rule, job, self.job(job.name), is_run_for)
            for rule in self.claim.rules
        )

    def waiting(self, name: str) -> list[EdgeClaim]:
        """Return the documented dependencies on a job, except for plans."""
        return [edge for edge in self._waiting.get(name, ()) if not edge.planned]

    def waited_for(self, job: JobClaim) -> list[EdgeClaim]:
        """Return the documented dependencies of a job, except for plans."""
        return [edge for edge in job.waits_for if not edge.planned]
