"""The graph of one project, pipeline and branch.

https://zuul-ci.org/docs/zuul/latest/config/job.html#attr-job.dependencies
"""

from __future__ import annotations

from dataclasses import dataclass, field

from groundrules.ci.zuul.freezing.collecting import VanishedError
from groundrules.ci.zuul.freezing.mentions import MentionFinder, Mentions
from groundrules.ci.zuul.freezing.merged import FreezeError, Merged
from groundrules.ci.zuul.freezing.merging import Merger
from groundrules.ci.zuul.freezing.provenance import graph_of
from groundrules.ci.zuul.layout.gaps import Gaps
from groundrules.ci.zuul.layout.layout import Layout, near
from groundrules.ci.zuul.layout.tenant import TenantProject
from groundrules.diagnostics import Diagnostic, Location
from groundrules.graphs.job_graph import CycleError, JobGraph
from groundrules.graphs.reachability import ends_first
from groundrules.rules.zuul import RULES


@dataclass(slots=True, eq=False)
class Shape:
    """The jobs of a graph; projects that mention the same jobs share one."""

    jobs: list[Merged]
    absent: dict[str, VanishedError]
    """The jobs that are mentioned and not there, with the reason."""


@dataclass(slots=True)
class Frozen:
    """The graph of a project's pipeline on a branch, or the reason why there is none."""

    project: str
    pipeline: str
    branch: str
    shape: Shape = field(default_factory=lambda: Shape([], {}))
    error: Diagnostic | None = None
    mentions: Mentions = field(default_factory=dict, repr=False)
    _graph: JobGraph | None = field(init=False, default=None, repr=False)

    @property
    def linked_jobs(self) -> list[Merged]:
        """The jobs with their dependencies; graphs of one shape share them."""
        return self.shape.jobs

    @property
    def graph(self) -> JobGraph:
        """The graph, made when it is first asked for; empty where there is an error."""
        if self._graph is None:
            self._graph = graph_of(self.shape.jobs, self.shape.absent, self.mentions)
        return self._graph


@dataclass(slots=True)
class Freezer:
    """Builds graphs from a layout; what several graphs share is worked out once."""

    layout: Layout
    finder: MentionFinder = field(init=False)
    merger: Merger = field(init=False)
    gaps: Gaps = field(init=False)
    _shapes: dict[tuple[object, ...], Shape | FreezeError] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.finder, self.merger = MentionFinder(self.layout), Merger(self.layout)
        self.gaps = Gaps(self.layout)

    def freeze(self, project: TenantProject, pipeline: str, branch: str) -> Frozen | None:
        """Return the graph; None when the project is not in the pipeline on that branch."""
        try:
            self._check_pipeline(project, pipeline)
            mentions = self.finder.mentions(project, pipeline, branch)
            if mentions is None:
                return None
            shape = self._shape(project, branch, mentions)
            self._check_runs(project, pipeline, shape, mentions)
        except FreezeError as error:
            because = (error.cause,) if error.cause else ()
            location = error.location or Location(project.name)
            diagnostic = Diagnostic(location, error.message, RULES[error.rule], because=because)
            return Frozen(project.name, pipeline, branch, error=diagnostic)
        return Frozen(project.name, pipeline, branch, shape, mentions=mentions)

    def _check_pipeline(self, project: TenantProject, pipeline: str) -> None:
        layout = self.layout
        if pipeline not in layout.pipelines and layout.tenant.is_complete:
            stanzas = layout.projects.get(project.canonical_name)
            location = stanzas[0].location if stanzas else Location(project.name)
            end = near(pipeline, layout.pipelines)
            raise FreezeError(f"no pipeline {pipeline!r} is defined{end}", location)

    def _shape(self, project: TenantProject, branch: str, mentions: Mentions) -> Shape:
        """Return the jobs; the same mentions on a branch give the same ones.

        Which of those that are not there may be there in truth differs from project to project.
        """
        gap = self.gaps.of(project, branch)
        key = (gap, branch, *(id(each.variant) for listed in mentions.values() for each in listed))
        if key not in self._shapes:
            try:
                self._shapes[key] = self._merged(project, branch, mentions)
            except FreezeError as error:
                self._shapes[key] = error
        found = self._shapes[key]
        if isinstance(found, FreezeError):
            raise found
        return found

    def _merged(self, project: TenantProject, branch: str, mentions: Mentions) -> Shape:
        shape = Shape([], {})
        for name, listed in mentions.items():
            try:
                job = self.merger.job(name, branch, [each.variant for each in listed])
            except VanishedError as vanished:
                shape.absent[name] = vanished
            else:
                shape.jobs.append(job)
        self._check_dependencies(shape, mentions, project, branch)
        return shape

    def _check_dependencies(
        self, shape: Shape, mentions: Mentions, project: TenantProject, branch: str
    ) -> None:
        """Refuse a missing hard dependency, a cycle, a soft dependency defined nowhere."""
        names = {job.name for job in shape.jobs}
        missing = [
            (job, name, soft)
            for job in shape.jobs
            for name, soft in job.dependencies
            if name not in names
        ]
        for job, name, soft in missing:
            is_sure = name not in shape.absent or shape.absent[name].is_sure
            if not soft and is_sure and not self.gaps.of(project, branch):
                raise _not_there(job, name, shape)
        if not _has_order(shape.jobs, names):
            _refuse_cycle(graph_of(shape.jobs, shape.absent, mentions))
        for job, name, soft in missing:
            if not self.layout.has_job(name) and self.layout.tenant.is_complete:
                raise FreezeError(self.layout.no_job(name), _place(job, name, soft))

    def _check_runs(
        self, project: TenantProject, pipeline: str, shape: Shape, mentions: Mentions
    ) -> None:
        """Refuse a job that may not run here; the first one is told."""
        for job in shape.jobs:
            if reason := self._refusal(job, project, pipeline):
                location = mentions[job.name][0].variant.location
                raise FreezeError(f"the job {job.name!r} {reason}", location)

    def _refusal(self, job: Merged, project: TenantProject, pipeline: str) -> str | None:
        if job.abstract:
            return "is abstract: other jobs inherit from it, it is not run itself"
        if not job.ignores_allowed and job.allowed is not None and project.name not in job.allowed:
            names = ", ".join(sorted(job.allowed)) or "none"
            return f"may not run in {project.name} (allowed: {names})"
        spec = self.layout.pipelines.get(pipeline)
        if job.post_review and spec and not spec.post_review:
            return f"runs after review only, and the pipeline {pipeline!r} comes before it"
        if job.run is None and self.layout.tenant.is_complete:
            return "has no 'run' playbook"
        return None


def _not_there(job: Merged, name: str, shape: Shape) -> FreezeError:
    message = f"the job {job.name!r} waits for {name!r}, which is not in the graph"
    if (name, True) in job.dependencies:
        message += " (softly as well: Zuul's own answer changes from run to run)"
    location = _place(job, name, soft=False)
    if name not in shape.absent:
        return FreezeError(message, location)
    absent = shape.absent[name]
    return FreezeError(f"{message}: {absent.reason}", location, cause=absent.cause)


def _place(job: Merged, name: str, soft: bool) -> Location | None:
    dependency, variant = job.dependencies[name, soft]
    return variant.source.at(dependency.place)


def _has_order(jobs: list[Merged], names: set[str]) -> bool:
    """Return whether the jobs can run one after the other, initializer jobs first."""
    first = {job.name for job in jobs if job.type == "initializer"}
    waits = {
        job.name: {name for name, _ in job.dependencies if name in names}
        | (first if job.type == "regular" else set())
        for job in jobs
        if job.dependencies or first
    }
    return ends_first(waits) is not None


def _refuse_cycle(graph: JobGraph) -> None:
    """Raise `FreezeError` for the first cycle of a graph that has one."""
    cycle = graph.cycles(limit=1)[0]
    following = dict(zip(cycle, (*cycle[1:], cycle[0]), strict=True))
    edge = next(each for each in graph.edges if following.get(each.job) == each.dependency)
    raise FreezeError(str(CycleError(cycle)), edge.location)
