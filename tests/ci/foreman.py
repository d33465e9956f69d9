"""A CI system that does not exist, in one file: a line a job, ``JOB after OTHER, ANOTHER?``.

``foreman.txt`` holds the jobs of every pipeline and branch; ``?`` makes a dependency soft.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from groundrules.ci import ConfigSource, NotAvailableError
from groundrules.ci.change_question import AskedChange, ChangeQuestion
from groundrules.ci.graph_question import AskedError, GraphQuestion
from groundrules.ci.impact_question import ImpactQuestion
from groundrules.ci.revisions import Revision
from groundrules.confined import Confined
from groundrules.diagnostics import Diagnostic, Location
from groundrules.graphs.definitions import Definitions, Semaphore
from groundrules.graphs.elements import Edge, Job
from groundrules.graphs.impact import Impact
from groundrules.graphs.job_graph import JobGraph
from groundrules.graphs.placed_graph import PlacedGraph
from groundrules.graphs.unknowns import Unknowns
from groundrules.graphs.words import SystemWords
from groundrules.store import digest

FILE, PIPELINE = "foreman.txt", "main"
WORDS = SystemWords(title="Foreman", hard="{job}", soft="{job}?", whole_list="after {jobs}")


class PlainJob(NamedTuple):
    name: str
    dependencies: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, kw_only=True)
class HeadedGraph:
    project: str
    graph: JobGraph
    pipeline: str = PIPELINE
    branch: str = "main"
    error: None = None

    @property
    def linked_jobs(self) -> list[PlainJob]:
        waits: dict[str, list[tuple[str, bool]]] = {}
        for edge in self.graph.edges:
            waits.setdefault(edge.job, []).append((edge.dependency, edge.soft))
        return [PlainJob(job.name, tuple(waits.get(job.name, ()))) for job in self.graph.jobs]


@dataclass(frozen=True, kw_only=True)
class ReadyGraphs:
    shown: list[HeadedGraph]
    place: str
    digest: str
    notes: tuple[str, ...] = ()

    def graphs(self) -> list[HeadedGraph]:
        return self.shown

    def findings(self) -> list[Diagnostic]:
        return []

    def mistakes(self) -> list[Diagnostic]:
        return []

    def origins(self) -> Definitions:
        return Definitions()


def read(source: ConfigSource) -> ForemanConfiguration:
    try:
        data = Confined(source.folder).read(FILE)
    except OSError as error:
        raise NotAvailableError(f"{FILE} cannot be read: {error.strerror}") from None
    return ForemanConfiguration(f"{source.prefix}{FILE}", data)


def state(source: ConfigSource) -> Iterator[str]:
    yield str(Confined(source.folder).entry(FILE))


def graphs(question: GraphQuestion) -> ReadyGraphs:
    try:
        data = Confined(question.root).read(FILE)
    except FileNotFoundError:
        raise AskedError(f"there is no {FILE} in {question.root}") from None
    headed = HeadedGraph(project=question.project or "own", graph=parsed(FILE, data))
    return ReadyGraphs(shown=[headed], place=str(question.root), digest=digest(data))


def change(question: ChangeQuestion) -> AskedChange:
    raise AskedError("Foreman runs every job for every change")


def impact(question: ImpactQuestion) -> Impact:
    raise AskedError("Foreman's jobs share nothing")


def parsed(path: str, data: bytes) -> JobGraph:
    jobs, edges = [], []
    for number, line in enumerate(data.decode().splitlines(), 1):
        name, _, others = line.partition(" after ")
        here = Location(path, number, 1)
        jobs.append(Job(name=name, location=here))
        for other in filter(None, others.split(", ")):
            soft = other.endswith("?")
            edges.append(
                Edge(job=name, dependency=other.removesuffix("?"), soft=soft, location=here)
            )
    return JobGraph(tuple(jobs), tuple(edges))


@dataclass(frozen=True)
class ForemanConfiguration:
    path: str
    data: bytes
    words = WORDS

    def edition(self, project: str, branch: str) -> Revision:
        return Revision("today's")

    def pipelines(self, project: str, branch: str) -> tuple[str, ...]:
        return (PIPELINE,)

    def graph(self, project: str, pipeline: str, branch: str) -> JobGraph | None:
        return parsed(self.path, self.data) if pipeline == PIPELINE else None

    def unseen(self, project: str, branch: str) -> Unknowns:
        return Unknowns()

    def change_rules(self, project: str, pipeline: str, branch: str) -> None:
        return None

    def is_defined(self, name: str, project: str, branch: str) -> bool:
        return name in parsed(self.path, self.data).by_name

    def projects(self, job: str, branch: str) -> tuple[str, ...]:
        return ()

    def semaphore(self, name: str, project: str, branch: str) -> Semaphore | None:
        return None

    def is_run_for(self, job: Job, path: str) -> bool:
        return True

    def definitions(self, name: str, project: str, branch: str) -> Definitions:
        placed = PlacedGraph(
            project=project,
            pipeline=PIPELINE,
            branch=branch,
            graph=parsed(self.path, self.data),
        )
        return Definitions(name=name, graphs=(placed,), words=WORDS)

    def impact(self, kind: str, name: str, project: str, branch: str) -> Impact:
        raise NotAvailableError("Foreman's jobs share nothing")

    def files(self) -> Mapping[str, bytes]:
        return {self.path: self.data}
