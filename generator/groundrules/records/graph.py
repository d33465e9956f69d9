"""`Graph`: the documented dependencies of one project's jobs, with the reason of each."""

from __future__ import annotations

from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cached_property

from pydantic import Field, StrictBool, StrictInt

from groundrules.graphs import elements
from groundrules.graphs.elements import Status
from groundrules.graphs.job_graph import JobGraph
from groundrules.records.fields import (
    Change,
    Evidence,
    Id,
    Keyword,
    LabelPattern,
    Line,
    Name,
    Pattern,
    Record,
    Several,
    Some,
    Text,
)
from groundrules.records.times import Date, Duration


class Coverage(StrEnum):
    """Whether a graph claims to name every job."""

    COMPLETE = "complete"
    """Every job of the pipelines is documented; one that is not is drift."""
    PARTIAL = "partial"
    """Other jobs may exist."""


class DocumentedWait(Record):
    """One dependency: a job that has to finish first, and why."""

    job: Name
    """The job that has to finish first."""
    soft: StrictBool = False
    """Whether the dependency counts only where the other job runs."""
    why: Text | None = None
    """What goes wrong without it. Left out where nobody knows it yet: then it is an open question,
    which the page shows and ``check`` counts."""
    status: Status = Status.ENFORCED
    """Whether the CI system enforces it."""
    gone: Date | None = None
    """The day on which the configuration was seen without it; the page shows it as history."""
    evidence: Some[Evidence] = ()
    """Where that can be read."""


class Durations(Record):
    """How long a job takes."""

    typical: Duration | None = None
    """On an ordinary day."""
    maximum: Duration | None = None
    """At most."""


class DocumentedJob(Record):
    """A job and what it waits for."""

    name: Name
    """The job's name in the CI system."""
    purpose: Text | None = None
    """What it does, in a sentence."""
    formerly: tuple[Name, ...] = ()
    """Names that it had before."""
    tags: Several[Id] = ()
    """Words that rules select jobs by."""
    parent: Name | None = None
    """The job that it inherits from."""
    pipelines: tuple[Name, ...] = ()
    """The pipelines it runs in; the graph's by default."""
    files: Several[Line] = ()
    """The files whose change makes it run."""
    labels: Several[LabelPattern] = ()
    """The labels of the nodes that it runs on."""
    semaphores: Several[Name] = ()
    """Semaphores that it holds while it runs."""
    locks: tuple[Name, ...] = Field(default=(), examples=[["deployment"]])
    """Other locks that it holds until it ends; one job holds a lock, in all pipelines."""
    pauses: StrictBool = False
    """Whether it pauses once it is done, and ends after the jobs that wait for it."""
    touches: tuple[Line, ...] = Field(default=(), examples=[["host bridge"]])
    """Hosts, files or services that no other job may touch or share at the same time."""
    shares: tuple[Line, ...] = Field(default=(), examples=[["host bridge"]])
    """Hosts, files or services that it uses, and that others may use at the same time."""
    duration: Durations = Durations.model_construct(typical=None, maximum=None)
    """How long it takes."""
    waits_for: tuple[DocumentedWait, ...] = ()
    """The jobs that have to finish first."""
    note: Text | None = None
    """What else people should know."""
    gone: Date | None = None
    """The day on which the configuration was seen without it; its page shows it as history."""
    evidence: Some[Evidence] = ()
    """Where that can be read."""


class Selector(Record):
    """The jobs that a rule applies to: those that match every key."""

    name: Pattern | None = None
    """Jobs by name; ``*`` matches any characters."""
    tag: Id | None = None
    """Jobs with this tag."""
    parent: Name | None = None
    """Jobs that inherit from this one."""
    files: Line | None = None
    """Jobs that run when this file changes."""

    def selects(self, job: DocumentedJob) -> bool:
        """Return whether ``job`` fits every key that is given."""
        return (
            (self.name is None or fnmatchcase(job.name, self.name))
            and (self.tag is None or self.tag in job.tags)
            and (self.parent is None or self.parent == job.parent)
            and (self.files is None or self.files in job.files)
        )


class GraphRule(Record):
    """A statement over many jobs."""

    id: Id
    """The rule's permanent name."""
    every: Selector
    """The jobs it applies to."""
    waits_for: Name
    """The job that each of them has to wait for."""
    directly: StrictBool = False
    """Whether the dependency has to be each job's own, not one through other jobs."""
    why: Text
    """What goes wrong without it."""
    status: Status = Status.ENFORCED
    """Whether the CI system enforces it."""
    evidence: Some[Evidence] = ()
    """Where that can be read."""


class SemaphoreLimit(Record):
    """How many jobs can hold a semaphore at the same time."""

    semaphore: Name
    """The semaphore's name in the CI system."""
    limit: StrictInt = Field(ge=1, examples=[1])
    """The number of jobs, at least 1."""
    evidence: Some[Evidence] = ()
    """Where that can be read."""


class IndependentJobs(Record):
    """Jobs of which none has to wait for another, and why."""

    jobs: Some[Name] = Field(json_schema_extra={"minItems": 2})
    """The names of the jobs, at least two."""
    why: Text
    """Why they can run side by side."""
    evidence: Some[Evidence] = ()
    """Where that can be read."""


class Graph(Record):
    """The documented dependencies of one project; one file in ``data/graphs/``."""

    id: Id
    """The graph's permanent name; its file is called the same."""
    title: Line
    """What readers call it."""
    keywords: tuple[Keyword, ...] = Field(default=(), examples=[["deploy order"]])
    """Other words that readers search for it by."""
    summary: Text | None = None
    """What the jobs do together."""
    configuration: Id
    """The configuration that it describes, as named in ``manual.yaml``."""
    project: Line
    """The project whose pipelines run the jobs."""
    branch: Line | None = None
    """The branch that it describes; by default the default branch of the project. A pipeline for
    tags is described for a tag on this branch."""
    pipelines: Some[Name]
    """The pipelines that the jobs run in, at least one."""
    coverage: Coverage = Coverage.PARTIAL
    """Whether every job is named here."""
    jobs: Some[DocumentedJob]
    """The jobs, at least one."""
    rules: tuple[GraphRule, ...] = ()
    """Statements over many jobs."""
    independent: tuple[IndependentJobs, ...] = ()
    """Pairs or groups of jobs that can run side by side."""
    limits: tuple[SemaphoreLimit, ...] = ()
    """How many jobs can hold each semaphore."""
    changed: tuple[Change, ...] = ()
    """What became different, oldest first."""
    evidence: Some[Evidence] = ()
    """Where that can be read."""

    @cached_property
    def current(self) -> tuple[DocumentedJob, ...]:
        """The jobs that are not gone."""
        return tuple(job for job in self.jobs if not job.gone)

    @property
    def has_gone(self) -> bool:
        """Whether a job or a dependency is gone."""
        return any(job.gone or any(wait.gone for wait in job.waits_for) for job in self.jobs)

    @cached_property
    def questions(self) -> tuple[tuple[DocumentedJob, DocumentedWait], ...]:
        """The dependencies whose reason is not known yet, each with its job."""
        waits = ((job, wait) for job in self.current for wait in self.waits_of(job))
        return tuple((job, wait) for job, wait in waits if wait.why is None)

    def is_gone(self, job: DocumentedJob, wait: DocumentedWait) -> bool:
        """Return whether a dependency of a job is gone, alone or with one of its two jobs."""
        return bool(job.gone or wait.gone or wait.job in self._gone)

    def waits_of(self, job: DocumentedJob, *, gone: bool = False) -> tuple[DocumentedWait, ...]:
        """Return the dependencies of a job that are there, or those that are gone."""
        return tuple(wait for wait in job.waits_for if self.is_gone(job, wait) is gone)

    @cached_property
    def _gone(self) -> frozenset[str]:
        return frozenset(job.name for job in self.jobs if job.gone)

    @cached_property
    def links(self) -> dict[str, tuple[str, ...]]:
        """The jobs that each job has to wait for: by a dependency of its own, or by a rule.

        The job of a rule, and those that it waits for itself, are exempt from the rule.  What is
        planned counts as if it were enforced.
        """
        return self._links_of(*Status)

    @cached_property
    def enforced_links(self) -> dict[str, tuple[str, ...]]:
        """The same as `links`, without what is only planned."""
        return self._links_of(Status.ENFORCED)

    def _links_of(self, *statuses: Status) -> dict[str, tuple[str, ...]]:
        links: dict[str, dict[str, None]] = {job: {} for job in self.job_graph.by_name}
        for edge in self.job_graph.effective:
            if edge.status in statuses:
                links[edge.job][edge.dependency] = None
        for rule in self.rules:
            if rule.waits_for not in links or rule.status not in statuses:
                continue
            exempt = {rule.waits_for} | self.job_graph.ancestors(rule.waits_for)
            for job in self.current:
                if job.name not in exempt and rule.every.selects(job):
                    links[job.name][rule.waits_for] = None
        return {job: tuple(waits) for job, waits in links.items()}

    @cached_property
    def job_graph(self) -> JobGraph:
        """The jobs and what they wait for, in the form that a real graph has too.

        What is gone is left out.
        """
        jobs = {job.name: job for job in self.current}
        return JobGraph(
            tuple(
                elements.Job(
                    name=job.name,
                    location=job.location("name"),
                    tags=job.tags,
                    semaphores=tuple(
                        elements.NameAt(name=semaphore) for semaphore in job.semaphores
                    ),
                )
                for job in jobs.values()
            ),
            tuple(
                elements.Edge(
                    job=job.name,
                    dependency=wait.job,
                    soft=wait.soft,
                    status=wait.status,
                    why=wait.why or "",
                    location=wait.location("job"),
                )
                for job in jobs.values()
                for wait in self.waits_of(job)
            ),
        )
