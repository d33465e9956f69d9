"""Zuul's jobs of a change for ``groundrules jobs``."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from functools import cached_property
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from groundrules.ci.change_question import ChangeQuestion
from groundrules.ci.graph_question import AskedError
from groundrules.ci.zuul.changed_revisions import (
    ChangedRevisions,
    branch_in_tenant,
    branch_of_revisions,
    changed_revisions,
    containing_branches,
    described,
)
from groundrules.ci.zuul.choosing.change_answers import ChangeAnswers
from groundrules.ci.zuul.choosing.change_item import ChangeItem, item_of
from groundrules.ci.zuul.choosing.patching import patched
from groundrules.ci.zuul.choosing.pipeline_starts import (
    no_start,
    not_started,
    only_start,
    start_notes,
)
from groundrules.ci.zuul.freezing.frozen import Frozen
from groundrules.ci.zuul.graph_selection import asked_errors, nothing_in, project_named, project_of
from groundrules.ci.zuul.graphs import OTHER_BRANCH, ZuulGraphs, graphs
from groundrules.ci.zuul.layout.gathering import Gathered
from groundrules.ci.zuul.layout.tenant import TenantProject
from groundrules.ci.zuul.layout.variants import TagRef
from groundrules.ci.zuul.reading.triggers import TAGS
from groundrules.ci.zuul.resolver import Resolver, resolve
from groundrules.ci.zuul.sources.project_folders import Root
from groundrules.ci.zuul.sources.repositories import Repository
from groundrules.ci.zuul.sources.taken_branch import TakenBranch
from groundrules.diagnostics import Diagnostic
from groundrules.graphs.decisions import Decision
from groundrules.graphs.job_graph import JobGraph
from groundrules.graphs.shown_graph import LinkedJob
from groundrules.nearest import did_you_mean
from groundrules.text import counted


class PipelineAnswer(Struct, frozen=True, kw_only=True):
    """The jobs of a change in one pipeline."""

    project: str
    pipeline: str
    branch: str
    frozen: Frozen
    decisions: tuple[Decision, ...]
    """The decisions on every job of the pipeline."""

    refusals: tuple[Diagnostic, ...]
    """The mistakes for which Zuul runs no job."""

    notes: tuple[str, ...] = ()

    @property
    def error(self) -> Diagnostic | None:
        """The reason why Zuul runs nothing."""
        return self.refusals[0] if self.refusals else self.frozen.error

    @property
    def graph(self) -> JobGraph:
        """The graph of the jobs that run."""
        return self.frozen.graph

    @property
    def linked_jobs(self) -> Sequence[LinkedJob]:
        """The jobs that run, with their dependencies."""
        return self.frozen.linked_jobs


def change(question: ChangeQuestion) -> ZuulChange:
    """Return the change, whose configuration is read but not yet resolved.

    Raises `AskedError` and `BrokenConfigError` as `graphs` does.
    """
    named = None
    if question.tenant_file is None and question.branch is None and question.ref is None:
        named = branch_of_revisions(question.root, question.change)
        question = replace(question, branch=named.branch) if named else question
    return ZuulChange(question, graphs(question), named)


class ZuulChange(Struct, dict=True):
    """A change of a project of a tenant, or of one repository on its own."""

    question: ChangeQuestion
    read: ZuulGraphs
    named: TakenBranch | None = None
    """The branch that the revisions of the change decide."""

    @property
    def notes(self) -> list[str]:
        """Why a branch was taken for the change, if others are possible."""
        if self.question.ref is not None or (self.read.alone and self.read.alone.lacks_git):
            return self.read.notes
        notes = [f"{self._taken.note}; {OTHER_BRANCH}"] if self._taken.note else []
        if not self.question.branch and self.revisions and self.revisions.note:
            notes.append(self.revisions.note)
        return notes

    @cached_property
    def resolver(self) -> Resolver:
        """The configuration as it is in the folders."""
        resolver = resolve(self.read.gathered, self.read.parsed.parse)
        self.read.parsed.save()
        return resolver

    @cached_property
    def project(self) -> TenantProject:
        """The project of the change."""
        if self.question.project is None and len(self.resolver.projects) > 1:
            raise AskedError("say of which --project the change is")
        return project_of(self.resolver, self.question)

    @cached_property
    def branch(self) -> str | TagRef:
        """The branch of the change, or its ref."""
        question = self.question
        if question.ref is None:
            return self._taken.branch
        ref = question.ref if question.ref.startswith("refs/") else f"{TAGS}{question.ref}"
        if question.branch:
            return TagRef(ref, (question.branch,))
        return TagRef(ref, containing_branches(self._folder, ref))

    @cached_property
    def _taken(self) -> TakenBranch:
        """The branch of a change without a ref."""
        question, alone = self.question, self.read.alone
        if self.named or question.branch:
            return self.named or TakenBranch(question.branch or "")
        if alone:
            return TakenBranch(alone.branch, alone.note)
        return branch_in_tenant(self._folder, question.change, self.project.all_branches)

    @property
    def _folder(self) -> Path:
        return self.question.root if self.read.alone else self.question.root / self.project.name

    @cached_property
    def revisions(self) -> ChangedRevisions | None:
        """The revisions that are compared; None if the files are given."""
        question, branch = self.question, self.branch
        if question.files is not None or isinstance(branch, TagRef):
            return None
        refs = self.read.alone.checkouts.refs if self.read.alone else {}
        target = refs.get(branch, "") if refs else f"refs/remotes/origin/{branch}"
        return changed_revisions(self._folder, target, question.change)

    @property
    def _with_old(self) -> bool:
        chosen = self.question.old_names
        return bool(self.revisions and self.revisions.is_github) if chosen is None else chosen

    @cached_property
    def files(self) -> tuple[str, ...]:
        """The changed paths, the old names of renamed files included where they count."""
        if self.revisions:
            return self.revisions.changed.paths(with_old=self._with_old)
        return self.question.files or ()

    @property
    def compared(self) -> str:
        """What is compared with what, in words."""
        if revisions := self.revisions:
            return f"{revisions.words}: {described(revisions.changed, with_old=self._with_old)}"
        if isinstance(self.branch, TagRef):
            where = ", ".join(self.branch.branches) or "no branch"
            return f"{self.branch}, which is on {where}: {counted(len(self.files), 'changed file')}"
        return f"the given list: {counted(len(self.files), 'changed file')}"

    @cached_property
    def answers(self) -> ChangeAnswers:
        """The configuration before the change, and the repository with it."""
        revisions, parsed = self.revisions, self.read.parsed
        if revisions is None:
            return self._unchanged
        name, branch = self.read.gathered.tenant.is_alone, str(self.branch)
        prefix = "" if name else self.project.name
        gathered = self._before(revisions, prefix, branch)
        resolver = resolve(gathered, parsed.parse)
        opened = lambda _: revisions.new_files(prefix, branch)  # noqa: E731
        return ChangeAnswers(gathered, resolver, parsed, opened)

    def _before(self, revisions: ChangedRevisions, prefix: str, branch: str) -> Gathered:
        with asked_errors(), closing(revisions.old_files(prefix, branch)) as repository:
            return patched(self.read.gathered, self.project, repository, branch)

    def _repository(self, project: TenantProject) -> Repository:
        if self.read.alone:
            return self.read.alone.repository
        return Root(self.question.root).repository(project.name, project.connection)

    def graphs(self) -> list[PipelineAnswer]:
        """Return the graph of each pipeline.  Raises `AskedError`."""
        with asked_errors():
            answered = [*map(self._answer, self._pipelines())]
        if not answered:
            raise AskedError(nothing_in(self.resolver, self.project, "", self.branch))
        return answered

    def _pipelines(self) -> list[str]:
        finder = self.resolver.freezer.finder
        before = self.answers.resolver.freezer.finder
        known = dict.fromkeys(finder.pipelines(self.project, self.branch))
        known |= dict.fromkeys(before.pipelines(self.project, self.branch))
        wanted = self.question.pipeline
        if wanted is None or wanted in known:
            return [*known] if wanted is None else [wanted]
        raise AskedError(nothing_in(self.resolver, self.project, wanted, self.branch))

    def _answer(self, pipeline: str) -> PipelineAnswer:
        item = ChangeItem(
            project=self.project.name,
            pipeline=pipeline,
            branch=self.branch,
            files=self.files,
        )
        answer = self._answered(self.answers, item, self.project)
        spec = self.resolver.layout.pipelines.get(pipeline)
        if start := only_start(spec, self.branch):
            decisions = tuple(not_started(pipeline, start, answer.decisions))
            frozen = Frozen(answer.project, pipeline, answer.branch)
            return replace(answer, decisions=decisions, frozen=frozen, notes=())
        notes = (*self._notes(item), *start_notes(pipeline, spec, answer.decisions))
        return replace(answer, notes=(*notes, *answer.notes))

    def _answered(
        self,
        answers: ChangeAnswers,
        item: ChangeItem,
        project: TenantProject,
        notes: Sequence[str] = (),
    ) -> PipelineAnswer:
        chosen = answers.answer(item, project)
        name, branch = self.resolver.layout.tenant.unique_name(project), str(item.branch)
        return PipelineAnswer(
            project=name,
            pipeline=item.pipeline,
            branch=branch,
            frozen=chosen.frozen or Frozen(name, item.pipeline, branch),
            decisions=chosen.decisions,
            refusals=chosen.refusals,
            notes=(*notes, *([chosen.unstable] if chosen.unstable else [])),
        )

    def _notes(self, item: ChangeItem) -> list[str]:
        if self.revisions or not item.updates_configuration(self.project):
            return []
        return [
            "the change edits Zuul's configuration; jobs whose definition it edits run too, which "
            "a list of files does not show: use --change"
        ]

    def answer(self, question: dict[str, object]) -> PipelineAnswer:
        """Return the graph for one question of a batch.  Raises `AskedError`."""
        item = item_of(question)
        project = project_named(self.resolver, item.project)
        pipelines = self.resolver.layout.pipelines
        if self.resolver.layout.tenant.is_complete and item.pipeline not in pipelines:
            end = did_you_mean(item.pipeline, pipelines, "pipelines")
            raise AskedError(f"no pipeline {item.pipeline!r} is defined{end}")
        notes = _missing_branch(project, item)
        if item.is_change and (start := only_start(pipelines.get(item.pipeline), item.branch)):
            notes.append(no_start(item.pipeline, start))
        with asked_errors():
            return self._answered(self._unchanged, item, project, notes)

    @cached_property
    def _unchanged(self) -> ChangeAnswers:
        gathered, parsed = self.read.gathered, self.read.parsed
        return ChangeAnswers(gathered, self.resolver, parsed, self._repository)


def _missing_branch(project: TenantProject, item: ChangeItem) -> list[str]:
    """Return that a project has no branch of a change's name, if that is certain."""
    if isinstance(item.branch, TagRef) or item.branch in project.all_branches:
        return []
    end = did_you_mean(item.branch, project.all_branches, "branches")
    return (
        [f"{project.name} has no branch {item.branch!r}{end}"] if project.has_all_branches else []
    )
