"""`RealGraphs`: the available real graphs for a documented graph."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from groundrules.claims.claims import GraphClaim
from groundrules.claims.verdicts import ComparedWith
from groundrules.diagnostics import Diagnostic
from groundrules.graphs.definitions import Semaphore
from groundrules.graphs.elements import Job
from groundrules.graphs.job_graph import JobGraph
from groundrules.graphs.unknowns import Unknowns
from groundrules.graphs.words import SystemWords


@dataclass(frozen=True, slots=True, kw_only=True)
class RealGraphs:
    """The real graphs for a documented graph.

    ``graphs`` are the real ones by pipeline; ``refused`` are the pipelines whose graph the CI
    system refuses, with the reason.  A pipeline in neither runs no known job of the project.
    ``pipelines`` are all that run jobs of it; ``unseen`` is what is missing.  ``is_run_for``
    returns whether a change of a file starts a job, ``is_defined`` whether any available
    configuration defines a job, and ``beyond`` the graph of a pipeline that is not documented.
    ``projects`` are the other projects that run a job, in words; ``semaphore`` returns one with
    its limit, or None if that is not known; ``words`` are those of the CI system's files.
    """

    against: ComparedWith
    graphs: Mapping[str, JobGraph] = field(default_factory=dict)
    refused: Mapping[str, Diagnostic] = field(default_factory=dict)
    pipelines: tuple[str, ...] = ()
    unseen: Unknowns = field(default_factory=Unknowns)
    is_run_for: Callable[[Job, str], bool] = lambda job, path: False
    is_defined: Callable[[str], bool] = lambda name: True
    beyond: Callable[[str], JobGraph | None] = lambda pipeline: None
    projects: Callable[[str], tuple[str, ...]] = lambda name: ()
    semaphore: Callable[[str], Semaphore | None] = lambda name: None
    words: SystemWords = field(default_factory=SystemWords)

    def jobs(self, name: str) -> dict[str, Job]:
        """Return a job as it is in each documented pipeline that runs it."""
        graphs = self.graphs.items()
        return {at: graph.by_name[name] for at, graph in graphs if name in graph.by_name}

    def graph(self, pipeline: str) -> JobGraph | None:
        """Return the graph of a pipeline, documented or not; None if there is none."""
        return self.graphs[pipeline] if pipeline in self.graphs else self.beyond(pipeline)

    def doubt(self, pipeline: str, job: str) -> str:
        """Return why a job that is not in a pipeline may run there; empty if it does not."""
        graph = self.graphs.get(pipeline)
        if graph and (absent := graph.absent_job(job)):
            return "" if absent.is_sure else absent.reason
        return self.unseen.more

    def run_doubt(self, pipeline: str, job: str) -> str:
        """Return the sentence about a job that may run in a pipeline; empty if it does not."""
        doubt = self.doubt(pipeline, job)
        return f"it is not known whether {job!r} runs in {pipeline!r}: {doubt}" if doubt else ""

    def wait_doubt(self, graph: JobGraph, job: str) -> str:
        """Return why a job may wait for others than are known; empty if it does not."""
        real = graph.by_name[job]
        if real.doubt:
            return real.doubt
        if not real.inherits_dependencies:
            return ""
        return next((self.unseen.reason(real, origin) for origin in self.unseen.orders(real)), "")

    def empty(self, claim: GraphClaim) -> tuple[str, ...]:
        """Return the documented pipelines that run no job of the project."""
        known = {*self.graphs, *self.refused}
        return tuple(pipeline for pipeline in claim.pipelines if pipeline not in known)
