"""`wanted`: the dependencies that the jobs of a real graph must have, as documented."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from groundrules.checks.drift.documented import Documented
from groundrules.ci.configuration import Configuration
from groundrules.ci.wish import EncodeError, Wait
from groundrules.claims.claims import EdgeClaim, GraphClaim, JobClaim, RuleClaim
from groundrules.diagnostics import Diagnostic
from groundrules.encode.ruled_edges import RuledEdges
from groundrules.graphs.elements import Edge
from groundrules.graphs.job_graph import CycleError, JobGraph

JobWaits = Mapping[str, tuple[Wait, ...]]


def real_graphs(claim: GraphClaim, configuration: Configuration) -> dict[str, JobGraph]:
    """Return the real graphs by pipeline.  Raises `EncodeError` if one of them has none."""
    graphs: dict[str, JobGraph] = {}
    reasons: list[str] = []
    for pipeline in claim.pipelines:
        graph = configuration.graph(claim.project, pipeline, claim.branch)
        if graph is None:
            place = claim.pipeline_place(pipeline)
            unseen = configuration.unseen(claim.project, claim.branch)
            why = "; ".join(filter(None, (unseen.more, unseen.unread)))
            end = f": {why}" if why else ""
            reasons.append(
                f"{place}: the pipeline {pipeline!r} runs no job of {claim.project}{end}"
            )
        elif isinstance(graph, Diagnostic):
            title = configuration.words.title
            reasons.append(
                f"{graph.location}: {title} refuses the graph of {pipeline!r}: {graph.message}"
            )
        else:
            graphs[pipeline] = graph
    if reasons:
        raise EncodeError(reasons)
    return graphs


def present_waits(graph: JobGraph, job: str) -> tuple[Wait, ...]:
    """Return the dependencies that a job declares."""
    return tuple(Wait(edge.dependency, edge.soft) for edge in graph.edges_of(job) if edge.declared)


def wanted(
    claim: GraphClaim, graphs: Mapping[str, JobGraph], configuration: Configuration
) -> Wanted:
    """Return the dependencies of the documented jobs, and of those that rules apply to.

    A plan counts as documented.  A dependency that the configuration has and the graph does not
    document stays, unless the graph documents the other job, or every job.  Raises `EncodeError`
    if the documented graph is impossible there.
    """
    result = Wanted(claim, configuration)
    reasons: list[str] = []
    for pipeline, graph in graphs.items():
        try:
            result.take(pipeline, graph)
        except EncodeError as error:
            reasons += error.reasons
    if reasons:
        raise EncodeError(reasons)
    return result


class Wanted:
    """The dependencies of jobs by pipeline and job, and where rules require them.

    ``ruled`` has the rule of each dependency that only a rule requires, by job and dependency;
    ``applied`` are the ids of the rules that apply to a job.  ``notes`` are sentences about jobs
    of which it is not known whether a rule applies.
    """

    def __init__(self, claim: GraphClaim, configuration: Configuration) -> None:
        self._claim, self._documented = claim, Documented(claim)
        self._configuration = configuration
        self.waits: dict[str, JobWaits] = {}
        self.ruled: dict[tuple[str, str], RuleClaim] = {}
        self.applied: set[str] = set()
        self.notes: dict[str, None] = {}

    def take(self, pipeline: str, graph: JobGraph) -> None:
        """Take the graph of a pipeline.  Raises `EncodeError` if it cannot be as documented."""
        if missing := [*_missing(self._documented, pipeline, graph)]:
            raise EncodeError(missing)
        waits = {
            job.name: self._waits(job, pipeline, graph)
            for job in self._claim.jobs
            if pipeline in job.pipelines
        }
        whole = graph_with(graph, waits)
        try:
            whole.waves()
        except CycleError as error:
            reason = f"{self._claim.place}: in the pipeline {pipeline!r}, {error}"
            raise EncodeError([reason]) from None
        new = self._new_by_rules(pipeline, whole)
        by_rules = {job: (*present_waits(whole, job), *added) for job, added in new.items()}
        self.waits[pipeline] = {**waits, **by_rules}

    def _new_by_rules(self, pipeline: str, graph: JobGraph) -> Mapping[str, tuple[Wait, ...]]:
        """Return the dependencies that rules add to a graph with the documented ones."""
        rules = RuledEdges(self._documented, pipeline, graph, self._configuration.is_run_for)
        if missing := [*rules.missing()]:
            raise EncodeError(missing)
        added = rules.added()
        self.ruled |= added
        self.applied.update(rule.id for rule in rules.rules)
        unseen = self._configuration.unseen(self._claim.project, self._claim.branch)
        self.notes |= dict.fromkeys(rules.doubts(unseen))
        return rules.waits(added)

    def _waits(self, job: JobClaim, pipeline: str, graph: JobGraph) -> tuple[Wait, ...]:
        edges = _edges(self._documented, job, pipeline)
        wanted = {edge.dependency: edge.soft for edge in edges}
        present = present_waits(graph, job.name)
        hard = {wait.job for wait in present if not wait.soft}
        waits: dict[Wait, None] = {}
        for wait in present:
            if wait.job in wanted:
                is_as_documented = wanted[wait.job] is (wait.job not in hard)
                waits[wait if is_as_documented else Wait(wait.job, wanted[wait.job])] = None
            elif not self._contradicts(job, wait, graph):
                waits[wait] = None
        known = {wait.job for wait in present}
        new = (Wait(name, soft) for name, soft in wanted.items() if name not in known)
        return (*waits, *new)

    def _contradicts(self, job: JobClaim, wait: Wait, graph: JobGraph) -> bool:
        """Return whether the documentation excludes a dependency that is not documented."""
        if wait.job not in graph.by_name:
            return False  # it has no effect
        is_run_for = self._configuration.is_run_for
        is_ruled = self._documented.is_ruled(graph.by_name[job.name], wait.job, is_run_for)
        return not is_ruled and (self._claim.complete or self._documented.job(wait.job) is not None)


def _missing(documented: Documented, pipeline: str, graph: JobGraph) -> Iterator[str]:
    """Yield the jobs that do not run in a pipeline, so that nothing can wait for them there."""
    for job in documented.claim.jobs:
        if pipeline not in job.pipelines:
            continue
        if doubt := _doubt(graph, job.name):
            yield (
                f"{job.place}: it is not known whether the job {job.name!r} runs in the pipeline "
                f"{pipeline!r}: {doubt}"
            )
            continue
        if job.name not in graph.by_name:
            yield (
                f"{job.place}: the job {job.name!r} does not run in the pipeline {pipeline!r}; "
                "only dependencies can be written, so add the job first, or write its 'pipelines'"
            )
            continue
        for edge in _edges(documented, job, pipeline):
            if not edge.soft and edge.dependency not in graph.by_name:
                yield (
                    f"{edge.place}: {job.name!r} cannot wait for {edge.dependency!r}, which does "
                    f"not run in the pipeline {pipeline!r}; write 'soft: true', or add the job"
                )


def _doubt(graph: JobGraph, job: str) -> str:
    """Return why a job that is not in a graph may run; empty if it does not."""
    absent = graph.absent_job(job)
    return absent.reason if absent and not absent.is_sure else ""


def _edges(documented: Documented, job: JobClaim, pipeline: str) -> list[EdgeClaim]:
    return [edge for edge in job.waits_for if pipeline in documented.expected(edge)]


def graph_with(graph: JobGraph, waits: JobWaits) -> JobGraph:
    """Return a graph in which some jobs have other dependencies."""
    kept = [edge for edge in graph.edges if edge.job not in waits or not edge.declared]
    new = (Edge(job=job, dependency=name, soft=soft) for job in waits for name, soft in waits[job])
    return JobGraph(graph.jobs, (*kept, *new))
