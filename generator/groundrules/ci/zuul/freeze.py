"""The graph of one project, pipeline and branch.

https://zuul-ci.org/docs/zuul/latest/config/project.html and ``dependencies`` in
https://zuul-ci.org/docs/zuul/latest/config/job.html
"""

from __future__ import annotations

from dataclasses import dataclass, field

from groundrules.ci.zuul.collecting import VanishedError, collect, update_checkouts
from groundrules.ci.zuul.inheritance import FreezeError, Merged, apply, started
from groundrules.ci.zuul.layout import Layout, near
from groundrules.ci.zuul.objects import NodesetSpec
from groundrules.ci.zuul.provenance import absent_job, edges_of, initializer_edge, job_of
from groundrules.ci.zuul.rules import RULES
from groundrules.ci.zuul.tenant import TenantProject
from groundrules.ci.zuul.variants import Stanza, Variant, matches
from groundrules.diagnostics import Diagnostic
from groundrules.graph import Absent, CycleError, Edge, Job, JobGraph


@dataclass(frozen=True, slots=True)
class Entry:
    """One mention of a job, and the stanzas that brought it: a template, then a project."""

    variant: Variant
    stanzas: tuple[Stanza, ...]


Entries = dict[str, list[Entry]]


@dataclass(frozen=True, slots=True)
class Frozen:
    """The graph of a project's pipeline on a branch, or the reason why there is none."""

    project: str
    pipeline: str
    branch: str
    graph: JobGraph = field(default_factory=JobGraph)
    error: Diagnostic | None = None


@dataclass(slots=True)
class Freezer:
    """Builds graphs from a layout; what several graphs share is worked out once."""

    layout: Layout
    _jobs: dict[tuple[object, ...], Merged | Absent | FreezeError] = field(default_factory=dict)
    _bases: dict[tuple[object, ...], Merged | VanishedError | FreezeError] = field(
        default_factory=dict
    )
    _graphs: dict[tuple[object, ...], tuple[JobGraph, list[Merged]] | FreezeError] = field(
        default_factory=dict
    )
    _stanzas: dict[tuple[str, str], list[tuple[Stanza, ...]]] = field(default_factory=dict)

    def pipelines(self, project: TenantProject, branch: str) -> list[str]:
        """Return the pipelines that can say something of a project on a branch.

        They are those its stanzas for the branch name, and any it names that do not exist; all
        of the tenant's where a template is missing, since that spoils every graph.
        """
        layout = self.layout
        named = self._mentioned(project)
        found = {name: None for name in named if name not in layout.pipelines}
        try:
            parts = self._parts(project, branch)
        except FreezeError:
            return list(dict.fromkeys([*layout.pipelines, *found]))
        for stanzas in parts:
            found.update(dict.fromkeys(stanzas[0].pipelines))
        return [name for name in dict.fromkeys([*layout.pipelines, *found]) if name in found]

    def freeze(self, project: TenantProject, pipeline: str, branch: str) -> Frozen | None:
        """Return the graph; None when the project is not in the pipeline on that branch."""
        try:
            self._check_pipeline(project, pipeline)
            entries = self._entries(project, pipeline, branch)
            if entries is None:
                return None
            graph, jobs = self._graph(project, pipeline, branch, entries)
            self._check_runs(project, pipeline, jobs)
        except FreezeError as error:
            diagnostic = Diagnostic(error.location, error.message, RULES[error.rule])
            return Frozen(project.name, pipeline, branch, error=diagnostic)
        return Frozen(project.name, pipeline, branch, graph)

    def _check_pipeline(self, project: TenantProject, pipeline: str) -> None:
        layout = self.layout
        if pipeline not in layout.pipelines and layout.tenant.is_complete:
            location = layout.projects[project.canonical_name][0].location
            end = near(pipeline, layout.pipelines)
            raise FreezeError(f"no pipeline {pipeline!r} is defined{end}", location)

    def _entries(self, project: TenantProject, pipeline: str, branch: str) -> Entries | None:
        """Return the mentions of jobs by name: of each stanza its templates' come first."""
        found: Entries = {}
        taken: set[int] = set()
        in_pipeline = False
        for stanzas in self._parts(project, branch):
            variants = stanzas[0].pipelines.get(pipeline)
            if variants is None:
                continue
            in_pipeline = True
            for variant in variants:
                listed = found.setdefault(variant.spec.name, [])
                if id(variant) not in taken:
                    taken.add(id(variant))
                    listed.append(Entry(variant, stanzas))
        return found if in_pipeline else None

    def _parts(self, project: TenantProject, branch: str) -> list[tuple[Stanza, ...]]:
        """Return the stanzas for a branch in order, a template with the stanza that names it."""
        key = (project.canonical_name, branch)
        if key not in self._stanzas:
            parts: list[tuple[Stanza, ...]] = []
            for stanza in self.layout.projects.get(project.canonical_name, []):
                if matches(stanza.matchers(project), branch):
                    parts += [
                        (template, stanza)
                        for template in self._templates(stanza)
                        if matches(template.matchers(project), branch)
                    ]
                    parts.append((stanza,))
            self._stanzas[key] = parts
        return self._stanzas[key]

    def _mentioned(self, project: TenantProject) -> set[str]:
        found: set[str] = set()
        for stanza in self.layout.projects.get(project.canonical_name, []):
            found.update(stanza.pipelines)
            for word in stanza.spec.templates:
                for template in self.layout.templates.get(word.name, []):
                    found.update(template.pipelines)
        return found

    def _templates(self, stanza: Stanza) -> list[Stanza]:
        found: list[Stanza] = []
        for word in stanza.spec.templates:
            templates = self.layout.templates.get(word.name, [])
            if not templates and self.layout.tenant.is_complete:
                end = near(word.name, self.layout.templates)
                message = f"no project-template {word.name!r} is defined{end}"
                raise FreezeError(message, stanza.source.at(word.place))
            found += templates
        return found

    def _graph(
        self, project: TenantProject, pipeline: str, branch: str, entries: Entries
    ) -> tuple[JobGraph, list[Merged]]:
        """Return the graph and its jobs; the same mentions on a branch give the same graph."""
        key = (branch, *(id(each.variant) for listed in entries.values() for each in listed))
        if key not in self._graphs:
            try:
                self._graphs[key] = self._built(branch, entries)
            except FreezeError as error:
                self._graphs[key] = error
        found = self._graphs[key]
        if isinstance(found, FreezeError):
            raise found
        return found

    def _built(self, branch: str, entries: Entries) -> tuple[JobGraph, list[Merged]]:
        merged: list[Merged] = []
        jobs: list[Job] = []
        edges: list[Edge] = []
        absent: list[Absent] = []
        for name, listed in entries.items():
            job = self._job(name, branch, listed)
            if isinstance(job, Absent):
                absent.append(job)
                continue
            merged.append(job)
            jobs.append(job_of(job, listed))
            edges += edges_of(job, listed)
        edges += _implicit(merged)
        graph = JobGraph(tuple(jobs), tuple(edges), tuple(absent))
        self._check_graph(graph)
        return graph, merged

    def _job(self, name: str, branch: str, entries: list[Entry]) -> Merged | Absent:
        key = (name, branch, *(id(each.variant) for each in entries))
        if key not in self._jobs:
            try:
                self._jobs[key] = self._made(name, branch, entries)
            except VanishedError as vanished:
                self._jobs[key] = absent_job(name, vanished.reason, entries)
            except FreezeError as error:
                self._jobs[key] = error
        found = self._jobs[key]
        if isinstance(found, FreezeError):
            raise found
        return found

    def _made(self, name: str, branch: str, entries: list[Entry]) -> Merged:
        """Return the job as its definitions make it and its mentions change it."""
        layout = self.layout
        matching = [each.variant for each in entries if matches(each.variant.matchers, branch)]
        checkouts: dict[str | None, str] = {}
        for variant in matching:
            update_checkouts(checkouts, variant, layout)
        merged = self._base(name, branch, checkouts).copied()
        merged.name = name
        if not matching:
            raise VanishedError(f"no mention of {name!r} is for the branch {branch!r}")
        is_allowed = False
        for variant in matching:
            apply(merged, variant)
            project = variant.source.project
            merged.ignores_allowed = merged.ignores_allowed or project.trusted
            if merged.type == "reporter" and not is_allowed:
                if not project.allow_reporter_jobs:
                    message = f"{project.name} may not run the reporter job {name!r}"
                    raise FreezeError(message, variant.location)
                is_allowed = True
            self._check_image(merged, variant)
        self._check_nodeset(merged)
        return merged

    def _base(self, name: str, branch: str, checkouts: dict[str | None, str]) -> Merged:
        key = (name, branch, *sorted(checkouts.items(), key=str))
        if key not in self._bases:
            try:
                self._bases[key] = self._merged(name, branch, checkouts)
            except (VanishedError, FreezeError) as error:
                self._bases[key] = error
        found = self._bases[key]
        if isinstance(found, Exception):
            raise found
        return found

    def _merged(self, name: str, branch: str, checkouts: dict[str | None, str]) -> Merged:
        layout = self.layout
        variants = collect(layout, name, branch, checkouts)
        if not variants:
            raise VanishedError(layout.no_job(name))
        merged = started(variants[0], layout)
        for variant in variants[1:]:
            apply(merged, variant)
        return merged

    def _check_image(self, merged: Merged, variant: Variant) -> None:
        if merged.image is None or not self.layout.tenant.is_complete:
            return
        found = self.layout.images.get(merged.image)
        if found is None:
            message = f"the job {merged.name!r} builds the image {merged.image!r}, not defined"
            raise FreezeError(message, variant.location)
        owner = found[1].project
        if owner is not variant.source.project:
            message = f"the job {merged.name!r} may build {merged.image!r} only in {owner.name}"
            raise FreezeError(message, variant.location)

    def _check_nodeset(self, merged: Merged) -> None:
        nodeset = merged.nodeset
        if isinstance(nodeset, NodesetSpec):
            self._check_alternatives(merged, nodeset, [])

    def _check_alternatives(self, merged: Merged, nodeset: NodesetSpec, seen: list[str]) -> None:
        """Walk through a nodeset's alternatives; Zuul takes none twice."""
        location = (merged.nodeset_variant or merged.applied[-1]).location
        if nodeset.identity in seen:
            message = f"the job {merged.name!r}: a nodeset is its own or a double alternative"
            raise FreezeError(message, location)
        seen.append(nodeset.identity)
        for each in nodeset.alternatives:
            if isinstance(each, NodesetSpec):
                self._check_alternatives(merged, each, seen)
            elif each in self.layout.nodesets:
                self._check_alternatives(merged, self.layout.nodesets[each][0], seen)
            elif self.layout.tenant.is_complete:
                message = f"the job {merged.name!r}: no nodeset {each!r} is defined"
                raise FreezeError(message, location)

    def _check_graph(self, graph: JobGraph) -> None:
        """Refuse a missing hard dependency, a cycle, a soft dependency defined nowhere."""
        missing = [edge for edge in graph.dangling if edge.declared]
        for edge in missing:
            if not edge.soft:
                raise FreezeError(_not_there(edge, graph), _place(edge, graph))
        try:
            graph.waves()
        except CycleError as error:
            edge = _edge_on(error.cycle, graph)
            raise FreezeError(str(error), _place(edge, graph)) from None
        for edge in missing:
            if not self.layout.has_job(edge.dependency) and self.layout.tenant.is_complete:
                raise FreezeError(self.layout.no_job(edge.dependency), _place(edge, graph))

    def _check_runs(self, project: TenantProject, pipeline: str, jobs: list[Merged]) -> None:
        """Refuse a job that may not run here; the first one is told."""
        for job in jobs:
            if reason := self._refusal(job, project, pipeline):
                raise FreezeError(f"the job {job.name!r} {reason}", job.applied[-1].location)

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


def _implicit(jobs: list[Merged]) -> list[Edge]:
    """Return the edges on initializer jobs, which every regular job waits for."""
    first = [job for job in jobs if job.type == "initializer"]
    regular = [job for job in jobs if job.type == "regular"] if first else []
    return [initializer_edge(job, each) for job in regular for each in first]


def _not_there(edge: Edge, graph: JobGraph) -> str:
    message = f"the job {edge.job!r} waits for {edge.dependency!r}, which is not in the graph"
    for absent in graph.absent:
        if absent.name == edge.dependency:
            message += f": {absent.reason}"
    return message


def _place(edge: Edge, graph: JobGraph):  # type: ignore[no-untyped-def]
    return edge.location or graph.by_name[edge.job].location


def _edge_on(cycle: tuple[str, ...], graph: JobGraph) -> Edge:
    following = dict(zip(cycle, (*cycle[1:], cycle[0]), strict=True))
    return next(
        edge for edge in graph.edges if following.get(edge.job) == edge.dependency
    )
