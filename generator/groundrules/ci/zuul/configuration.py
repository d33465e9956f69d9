"""Zuul's configuration as the `Configuration` that the checks use."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, NoReturn

from msgspec import Struct

from groundrules.ci.config_source import ConfigSource
from groundrules.ci.errors import NotAvailableError, NotFoundError
from groundrules.ci.revisions import Revision, checkout_of, snapshot_of
from groundrules.ci.supply import Supply
from groundrules.ci.zuul.descriptions import JobDescriptions
from groundrules.ci.zuul.layout.gaps import lost_files
from groundrules.ci.zuul.layout.layout import near
from groundrules.ci.zuul.layout.tenant import ONE_BRANCH, AmbiguousError, TenantProject
from groundrules.ci.zuul.layout.variants import FileOrigin
from groundrules.ci.zuul.reading.expressions import is_matched
from groundrules.ci.zuul.reading.filecache import FileCache
from groundrules.ci.zuul.resolver import resolve, runs_of
from groundrules.ci.zuul.single_repository import Read, SingleRepository
from groundrules.ci.zuul.sources.config_files import ROOTS
from groundrules.ci.zuul.sources.gitrefs import GitRefs, Worktree
from groundrules.ci.zuul.sources.project_folders import Root, knows_branches
from groundrules.ci.zuul.sources.repositories import Checkout, Nowhere
from groundrules.ci.zuul.supplied import supply_of
from groundrules.ci.zuul.system import WORDS
from groundrules.ci.zuul.tenant_reading import tenant_read
from groundrules.diagnostics import Diagnostic
from groundrules.graphs.change_rules import ChangeRules
from groundrules.graphs.definitions import Definitions, Semaphore
from groundrules.graphs.elements import Job
from groundrules.graphs.impact import Impact
from groundrules.graphs.job_graph import JobGraph
from groundrules.graphs.unknowns import Unknowns
from groundrules.graphs.usage import Usage, UsageNames
from groundrules.nearest import did_you_mean
from groundrules.store import Store

if TYPE_CHECKING:
    from groundrules.ci.wish import Encoder


def read(source: ConfigSource) -> ZuulConfiguration:
    """Return the configuration at ``source``.  Raises `NotAvailableError`."""
    configuration = ZuulConfiguration(source)
    if source.tenant:
        configuration.tenant  # noqa: B018 (a broken tenant file is reported now)
    return configuration


class ZuulConfiguration(Struct, dict=True):
    """The graphs of one tenant, or of one repository on its own, resolved on request.

    For a repository on its own, the documented graph determines its project and branch.
    """

    source: ConfigSource
    words = WORDS

    @cached_property
    def tenant(self) -> Read:
        """The tenant, resolved.  Raises `NotAvailableError`."""
        return tenant_read(self.source, self.parsed)

    @cached_property
    def alone(self) -> SingleRepository:
        """The repository on its own, if there is no tenant."""
        return SingleRepository(self.source, self.parsed)

    @cached_property
    def parsed(self) -> FileCache:
        """The objects of its files, cached if the source has a cache folder."""
        of = repr((str(self.source.folder), str(self.source.tenant)))
        return FileCache(Store(self.source.cache), of)

    def edition(self, project: str, branch: str) -> Revision:
        """Return the revision that was read."""
        read, _, branch = self._read(project, branch)
        repository = read.repository
        if isinstance(repository, Worktree):
            repository = repository.of(branch)
        if isinstance(repository, GitRefs):
            return repository.edition(branch)
        folder, bounds = self.source.folder, self.source.bounds
        if isinstance(repository, Checkout):
            files = repository.sizes(branch, ())
            if revision := checkout_of(folder, files, ROOTS, bounds):
                return revision
        # a repository on its own has no name to put before its paths
        paths = {raw.source.path.lstrip("/") for raw in read.gathered.files if raw.source.path}
        return snapshot_of(folder, paths, read.gathered.digest, bounds)

    def pipelines(self, project: str, branch: str) -> tuple[str, ...]:
        """Return the pipelines that run jobs of a project on a branch."""
        read, tenant_project, branch = self._read(project, branch)
        return tuple(read.resolver.pipelines(tenant_project, branch))

    def graph(self, project: str, pipeline: str, branch: str) -> JobGraph | Diagnostic | None:
        """Return one graph, or why there is none; None if the pipeline runs no job of it."""
        read, _, branch = self._read(project, branch)
        frozen = read.resolver.freeze(project, pipeline, branch)
        return (frozen.error or frozen.graph) if frozen else None

    def configured_projects(self, branch: str) -> tuple[str, ...]:
        """Return the projects that are in a pipeline and whose repository is there."""
        if self.source.tenant:
            resolver = self.tenant.resolver
        else:
            resolver = resolve(self.alone.gathered_with_others("", branch), self.parsed.parse)
        return tuple(
            resolver.layout.tenant.unique_name(project)
            for project in resolver.projects
            for its_branch in (branch or next(iter(project.all_branches), ""),)
            if project.name not in resolver.layout.tenant.missing
            and its_branch in project.all_branches
            and resolver.pipelines(project, its_branch)
        )

    def own_project(self, branch: str) -> str:
        """Return the project of a repository on its own; empty if it is not known."""
        if self.source.tenant:
            return ""
        try:
            return self.alone.own_name(branch).name
        except NotAvailableError:  # several are possible
            return ""

    def supply(self, project: str, branch: str) -> Supply:
        """Return the labels and providers that it defines, and the labels that it requests."""
        requested = self.definitions("", project, branch).written_labels
        return supply_of(self.files().values(), requested)

    def description(self, job: Job) -> str:
        """Return what a job of one of its graphs does, in the configuration's words."""
        return self._described.of(job)

    @cached_property
    def _described(self) -> JobDescriptions:
        return JobDescriptions(self.files())

    def encoder(self, project: str, branch: str) -> Encoder:
        """Return what writes dependencies of a project's jobs."""
        from groundrules.ci.zuul.encoding.encoder import encoder_of

        return encoder_of(self.source, self.parsed.parse, *self._read(project, branch))

    def unseen(self, project: str, branch: str) -> Unknowns:
        """Return the definitions of a project's jobs that are in unavailable repositories."""
        read, tenant_project, branch = self._read(project, branch)
        layout = read.resolver.layout
        return Unknowns(
            jobs=layout.elsewhere,
            base=layout.tenant.default_parent,
            more=read.resolver.freezer.gaps.of(tenant_project, branch),
            files=tuple(lost_files(layout, tenant_project, branch)),
            is_alone=layout.tenant.is_alone,
        )

    def change_rules(self, project: str, pipeline: str, branch: str) -> ChangeRules | None:
        """Return for which changed files the jobs of a graph run; None if that is not known."""
        from groundrules.ci.zuul.choosing.rules_of_graph import change_rules

        unseen = self.unseen(project, branch)
        read, tenant_project, branch = self._read(project, branch)
        frozen = read.resolver.freeze(project, pipeline, branch)
        if frozen is None or frozen.error:
            return None
        has_all = not (unseen.more or unseen.files)
        layout = read.resolver.layout
        return change_rules(frozen, tenant_project, branch, layout, is_complete=has_all)

    def is_defined(self, name: str, project: str, branch: str) -> bool:
        """Return whether a job of that name is defined on any branch."""
        read = self.tenant if self.source.tenant else self.alone.read_any(project, branch)
        return read.resolver.layout.defines_job(name)

    def semaphore(self, name: str, project: str, branch: str) -> Semaphore | None:
        """Return a semaphore of the tenant, or of the repository; None if it is not known."""
        from groundrules.ci.zuul.defining import semaphore_of

        read, _, _ = self._read(project, branch)
        return semaphore_of(read.resolver.layout, name)

    def projects(self, job: str, branch: str) -> tuple[str, ...]:
        """Return the projects and pipelines that run a job, as text."""
        return tuple(self._runs.get((job, branch), ()))

    @cached_property
    def _runs(self) -> dict[tuple[str, str], list[str]]:
        """The pipelines that run each job on each branch of a tenant."""
        return runs_of(self.tenant.resolver) if self.source.tenant else {}

    def definitions(self, name: str, project: str, branch: str) -> Definitions:
        """Return everything that the tenant defines, or the repository on its own."""
        from groundrules.ci.zuul.defining import definitions_of
        from groundrules.ci.zuul.layout.trees import TenantTrees, trees_of_tenant

        bounds = self.source.bounds
        if self.source.tenant:
            sources = self._sources(self.tenant)
            trees = trees_of_tenant(self.source.folder, bounds)
            return definitions_of(self.tenant.resolver, trees, name, sources=sources)
        read = self.alone.read_with_others(project, branch)
        repository = read.repository or Nowhere(project)
        trees = TenantTrees(lambda _: repository, bounds)
        scope = self.alone.scope(branch or self.alone.branch)
        definitions = definitions_of(read.resolver, trees, name, scope, self._sources(read))
        return replace(
            definitions,
            only_branch=scope if self.alone.knows_branches else "",
            lacks_git=self.alone.lacks_git,
            branch_note=self.alone.note if self.alone.lacks_git or not branch else "",
            other_branches=self.alone.other_branches(scope),
            one_branch=ONE_BRANCH if read.resolver.projects[0].trusted else "",
        )

    def impact(self, kind: str, name: str, project: str, branch: str) -> Impact:
        """Return what an object of the tenant touches, or of the repository on its own."""
        from groundrules.ci.zuul.impact.configuration_users import impact_in

        return impact_in(self, kind, name, project, branch)

    def usage(self, names: UsageNames, project: str, branch: str) -> Usage:
        """Return who uses labels and jobs of the tenant, or of the repository on its own."""
        from groundrules.ci.zuul.impact.configuration_users import usage_in

        return usage_in(self, names, project, branch)

    def _sources(self, read: Read) -> list[FileOrigin]:
        """Return the files that were read, with the paths that findings have."""
        below = read.gathered.below(self.source.prefix, self.source.folder)
        return [raw.source for raw in below.files]

    def is_run_for(self, job: Job, path: str) -> bool:
        """Return whether one of the job's file matchers matches ``path``."""
        return any(is_matched(path, *pattern) for pattern in job.files)

    def files(self) -> dict[str, bytes]:
        """Return the files that were read, by their paths.

        For a repository on its own, only requested branches are included.
        """
        reads = [self.tenant] if self.source.tenant else [*self.alone.known.values()]
        return {
            f"{self.source.prefix}{raw.source.path}": raw.content
            for read in reads
            for raw in read.gathered.files
            if isinstance(raw.content, bytes) and raw.source.path is not None
            if self.source.tenant or {"", raw.source.branch} & self.alone.scopes
        }

    def _read(self, project: str, branch: str) -> tuple[Read, TenantProject, str]:
        """Return the resolved configuration, a project of it, and the branch or its default."""
        branch = branch if branch or self.source.tenant else self.alone.branch
        read = self.tenant if self.source.tenant else self.alone.read(project, branch)
        try:
            tenant_project = read.resolver.project(project)
        except AmbiguousError as error:
            raise NotFoundError("project", str(error)) from None
        if tenant_project is None:
            hint = near(project, [other.name for other in read.resolver.projects])
            raise NotFoundError("project", f"the tenant has no project {project!r}{hint}")
        if tenant_project.name in read.resolver.layout.tenant.missing:
            raise NotAvailableError(f"the repository {tenant_project.name} is not there")
        branch = branch or next(iter(tenant_project.all_branches), "")
        if branch not in tenant_project.all_branches:
            self._refuse_branch(tenant_project, branch)
        return read, tenant_project, branch

    def _refuse_branch(self, project: TenantProject, branch: str) -> NoReturn:
        """Raise for a branch that certainly does not exist."""
        hint = did_you_mean(branch, project.all_branches, "branches")
        message = f"{project.name} has no branch {branch!r}"
        if self.source.tenant:
            places = Root(self.source.folder, self.source.bounds)
            with closing(places.repository(project.name, project.connection)) as repository:
                is_known = knows_branches(repository)
            if is_known:
                raise NotFoundError("branch", f"{message}{hint}")
        raise NotAvailableError(f"{message} there{hint}")
