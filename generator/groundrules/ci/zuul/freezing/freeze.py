"""The graph of one project, pipeline and branch.

https://zuul-ci.org/docs/zuul/latest/config/job.html#attr-job.dependencies
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from groundrules.ci.zuul.freezing.collecting import Known, VanishedError, known_or_made
from groundrules.ci.zuul.freezing.dependency_errors import (
    UNSTABLE,
    has_order,
    missing_error,
    place_of,
    refuse_cycle,
)
from groundrules.ci.zuul.freezing.frozen import Frozen, Shape
from groundrules.ci.zuul.freezing.item_jobs import ItemJobs, PipelineItem
from groundrules.ci.zuul.freezing.mentions import MentionFinder, Mentions, applied
from groundrules.ci.zuul.freezing.merged import FreezeError, Merged
from groundrules.ci.zuul.freezing.merging import Merger
from groundrules.ci.zuul.freezing.provenance import graph_of
from groundrules.ci.zuul.layout.gaps import Gaps
from groundrules.ci.zuul.layout.layout import Layout
from groundrules.ci.zuul.layout.tenant import TenantProject
from groundrules.ci.zuul.layout.variants import TagRef
from groundrules.diagnostics import Diagnostic, Location
from groundrules.rules.zuul import RULES

Choose = Callable[[Shape, Mentions], Shape]


def every(shape: Shape, mentions: Mentions) -> Shape:
    """Return all jobs, as Zuul does where there is no change."""
    return shape


class _At(NamedTuple):
    """What a graph is for."""

    project: TenantProject
    pipeline: str
    branch: str | TagRef


class Freezer:
    """Builds graphs from a layout; parts that several graphs share are built once."""

    def __init__(self, layout: Layout) -> None:
        self.layout, self.gaps = layout, Gaps(layout)
        self.finder, self.merger = MentionFinder(layout), Merger(layout)
        self.jobs = ItemJobs(layout, self.merger)
        self._shapes: Known[Shape] = {}

    def freeze(
        self, project: TenantProject, pipeline: str, branch: str | TagRef, choose: Choose = every
    ) -> Frozen | None:
        """Return the graph; None when the project is not in the pipeline on that branch.

        ``choose`` returns the jobs that run, which are all without a change.
        """
        at = _At(project, pipeline, branch)
        mentions: Mentions | None = {}
        merged: Shape | None = None
        try:
            self._check_pipeline(at)
            mentions = self.finder.mentions(project, pipeline, branch)
            if mentions is None:
                return None
            merged = self._shape(at, mentions, is_change=choose is not every)
            shape = self._checked(at, merged, mentions, choose)
        except FreezeError as error:
            because = (error.cause,) if error.cause else ()
            location = error.location or Location(project.name)
            diagnostic = Diagnostic(location, error.message, RULES[error.rule], because=because)
            return Frozen(
                self._name(project),
                pipeline,
                str(branch),
                branch,
                error=diagnostic,
                merged=merged,
                mentions=applied(mentions or {}),
            )
        return self._frozen(at, shape, mentions)

    def _checked(self, at: _At, shape: Shape, mentions: Mentions, choose: Choose) -> Shape:
        """Return the jobs that run, which all have to be allowed to."""
        if shape.refusal:
            raise shape.refusal
        if shape.unstable and choose is every:
            raise shape.unstable
        shape = choose(shape, mentions)
        self._check_defined(shape)
        for job in shape.jobs:
            if reason := self._refusal(job, at.project, at.pipeline):
                location = mentions[job.name][0].variant.location
                raise FreezeError(f"the job {job.name!r} {reason}", location)
        return shape

    def unknown(self, project: TenantProject, pipeline: str, branch: str | TagRef) -> Frozen:
        """Return a graph without jobs, whose templates are defined elsewhere."""
        return self._frozen(_At(project, pipeline, branch), Shape(), {})

    def _frozen(self, at: _At, shape: Shape, mentions: Mentions) -> Frozen:
        parts = self.finder.parts(at.project, at.branch)
        return Frozen(
            self._name(at.project), at.pipeline, str(at.branch), at.branch, shape,
            mentions=applied(mentions), layout=self.layout,
            stanzas=tuple(part[0] for part in parts if len(part) == 1),
        )  # fmt: skip

    def _name(self, project: TenantProject) -> str:
        return self.layout.tenant.unique_name(project)

    def _check_pipeline(self, at: _At) -> None:
        layout = self.layout
        if at.pipeline in layout.pipelines:
            return
        cause = layout.lost_names.get(("pipeline", at.pipeline))
        if cause or layout.tenant.lacks("pipeline", at.pipeline):
            stanza = self.finder.naming(*at)
            if stanza is None and not layout.tenant.is_complete:
                return
            location = (
                stanza.source.at(stanza.spec.place_of(at.pipeline))
                if stanza
                else Location(at.project.name)
            )
            message = layout.not_defined("pipeline", at.pipeline, layout.pipelines)
            raise FreezeError(message, location, cause=cause)

    def _shape(self, at: _At, mentions: Mentions, *, is_change: bool) -> Shape:
        """Return the jobs, which are cached by their mentions and branch.

        The gap is part of the key: which missing jobs may exist elsewhere depends on the project.
        """
        project = at.project
        gap = self.gaps.of(project, at.branch)
        item = self.jobs.item(*at, mentions, is_change=is_change)
        variants = (mention.variant for listed in mentions.values() for mention in listed)
        assumed = project.name if project.assumes_branch and at.branch in project.branches else ""
        return known_or_made(
            self._shapes,
            (gap, item, assumed, *map(id, variants)),
            lambda: self._merged(project, item, mentions, assumed),
        )

    def _merged(
        self, project: TenantProject, item: PipelineItem, mentions: Mentions, assumed: str
    ) -> Shape:
        """Return the jobs; ``assumed`` is the project if its branch is assumed, else empty."""
        shape = Shape()
        for name, listed in mentions.items():
            try:
                job = self.jobs.job(name, item, [mention.variant for mention in listed])
            except VanishedError as vanished:
                shape.absent[name] = vanished.of_assumed_branch(assumed) if assumed else vanished
            else:
                shape.jobs.append(job)
        try:
            self._check_dependencies(shape, mentions, project, item.branch)
        except FreezeError as error:
            shape.refusal = error
        return shape

    def _check_dependencies(
        self, shape: Shape, mentions: Mentions, project: TenantProject, branch: str | TagRef
    ) -> None:
        """Refuse a missing hard dependency and a cycle; note soft ones on undefined jobs."""
        names = {job.name for job in shape.jobs}
        missing = [
            (job, name, soft)
            for job in shape.jobs
            for name, soft in job.dependencies
            if name not in names
        ]
        shape.possible = frozenset(
            name
            for name in {name for _, name, _ in missing}
            if not self._is_surely_missing(name, shape, project, branch)
        )
        for job, name, soft in missing:
            if not soft and name not in shape.possible:
                error = missing_error(job, name, shape.absent, self._unless(name))
                if error.rule != UNSTABLE:
                    raise error
                shape.unstable = shape.unstable or error
        if not has_order(shape.jobs, names):
            refuse_cycle(graph_of(shape.jobs, shape.absent, mentions))
        for job, name, soft in missing:
            if self.layout.tenant.lacks("job", name) and name not in self.layout.jobs:
                earlier = shape.undefined.get(job.name, ())
                shape.undefined[job.name] = (*earlier, (name, soft))

    def _check_defined(self, shape: Shape) -> None:
        """Refuse a dependency of a job that runs on an undefined job."""
        for job in shape.jobs if shape.undefined else ():
            for name, soft in shape.undefined.get(job.name, ()):
                raise FreezeError(self.layout.no_job(name), place_of(job, name, soft))

    def _is_surely_missing(
        self, name: str, shape: Shape, project: TenantProject, branch: str | TagRef
    ) -> bool:
        """Return whether no unknown file or repository can add a job to a graph."""
        if name in shape.absent and not shape.absent[name].is_sure:
            return False
        tenant = self.layout.tenant
        is_known = tenant.is_complete or self.layout.defines_job(name)
        is_gone = ("job", name) in tenant.removed
        return is_gone or (is_known and not self.gaps.of(project, branch))

    def _unless(self, name: str) -> str:
        """Return what may add a job to a graph that only one repository is known of."""
        is_alone = self.layout.tenant.is_alone and not self.layout.tenant.lacks("job", name)
        return ", unless another repository adds it" if is_alone else ""

    def _refusal(self, job: Merged, project: TenantProject, pipeline: str) -> str | None:
        if job.abstract:
            return "is abstract, so it cannot run; mention a job that inherits from it"
        is_allowed = job.ignores_allowed or job.allowed is None or project.name in job.allowed
        if not is_allowed and project.has_sure_name:
            names = ", ".join(sorted(job.allowed or ())) or "none"
            return f"may not run in {project.name} (allowed-projects: {names})"
        spec = self.layout.pipelines.get(pipeline)
        if job.post_review and spec and not spec.post_review:
            return f"is post-review, but the pipeline {pipeline!r} runs before review"
        if job.run is None and self.layout.tenant.is_complete:
            return "has no 'run' playbook; add one"
        return None
