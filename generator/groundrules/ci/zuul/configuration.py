"""Zuul's configuration as the `Configuration` that checks are given."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from groundrules.cache import digest
from groundrules.ci.configuration import NotAtHandError, UnreadableError
from groundrules.ci.editions import Edition, checkout_of, snapshot_of
from groundrules.ci.git import git_directory
from groundrules.ci.whereabouts import Source
from groundrules.ci.zuul.elsewhere import jobs_elsewhere, stand_in
from groundrules.ci.zuul.expressions import InvalidError, expression
from groundrules.ci.zuul.filecache import FileCache
from groundrules.ci.zuul.files import ROOTS
from groundrules.ci.zuul.gathering import Gathered, gather_tenant
from groundrules.ci.zuul.gitrefs import GitRefs
from groundrules.ci.zuul.layout import near
from groundrules.ci.zuul.loading import gather
from groundrules.ci.zuul.places import without_git
from groundrules.ci.zuul.repositories import Checkout, Nowhere, Repository, Snapshot
from groundrules.ci.zuul.resolver import Resolver, resolve
from groundrules.ci.zuul.tenant import AmbiguousError, Tenant, TenantProject
from groundrules.definitions import Definitions
from groundrules.diagnostics import Diagnostic, Report, did_you_mean
from groundrules.graph import Job, JobGraph


def read(source: Source) -> ZuulConfiguration:
    """Return the configuration at ``source``.  Raises `NotAtHandError`."""
    found = ZuulConfiguration(source)
    if source.tenant:
        found.tenant  # noqa: B018 (what cannot be read is told now)
    return found


@dataclass(slots=True)
class Read:
    """A resolved tenant or repository, and what it was made from.

    ``plain`` knows no job of ``elsewhere``, which stands in no file that is at hand.
    """

    resolver: Resolver
    plain: Resolver
    gathered: Gathered
    repository: Repository | None = None
    elsewhere: frozenset[str] = frozenset()


@dataclass
class ZuulConfiguration:
    """The graphs of one tenant, or of one repository on its own, resolved when asked for.

    A repository on its own is told by the documented graph which project and branch it is.
    """

    source: Source
    _known: dict[tuple[str, str], Read] = field(init=False, default_factory=dict)
    _files: FileCache = field(init=False)

    def __post_init__(self) -> None:
        where = digest(repr((str(self.source.folder), str(self.source.tenant))).encode())
        cache = self.source.cache
        self._files = FileCache(cache / f"files-{where[:16]}.json" if cache else None)

    @cached_property
    def tenant(self) -> Read:
        """The tenant, resolved.  Raises `NotAtHandError`."""
        if self.source.tenant is None:
            raise NotAtHandError("there is no tenant file")
        try:
            gathered = gather_tenant(
                self.source.tenant, self.source.folder, bounds=self.source.bounds
            )
        except OSError as error:
            raise NotAtHandError(f"the tenant file cannot be read: {error.strerror}") from None
        if not gathered.tenant.name:
            reason = "; ".join(each.message for each in gathered.report.found)
            raise NotAtHandError(f"{self.source.tenant.name}: {reason}")
        if not gathered.files:
            raise NotAtHandError("no project of the tenant file has a file here")
        resolver = resolve(
            gathered.below(self.source.prefix, self.source.folder), self._files.parse
        )
        self._files.save()
        return Read(resolver, resolver, gathered)

    def edition(self, project: str, branch: str) -> Edition:
        """Return which edition of it was read."""
        read = self._read(project, branch)
        if isinstance(read.repository, GitRefs):
            return read.repository.edition(branch)
        folder, bounds = self.source.folder, self.source.bounds
        if isinstance(read.repository, Checkout):
            files = read.repository.sizes(branch, ())
            if told := checkout_of(folder, files, ROOTS, bounds):
                return told
        # a repository on its own has no name to put before its paths
        paths = {raw.source.path.lstrip("/") for raw in read.gathered.files if raw.source.path}
        return snapshot_of(folder, paths, read.gathered.digest, bounds)

    def pipelines(self, project: str, branch: str) -> tuple[str, ...]:
        """Return the pipelines that run jobs of a project on a branch."""
        resolver = self._read(project, branch).resolver
        found = resolver.project(project)
        if found is None:
            return ()
        return tuple(resolver.freezer.finder.pipelines(found, branch))

    def graph(self, project: str, pipeline: str, branch: str) -> JobGraph | Diagnostic | None:
        """Return one graph, or why there is none; None where the pipeline runs no job of it."""
        frozen = self._read(project, branch).resolver.freeze(project, pipeline, branch)
        if frozen is None:
            return None
        return frozen.error or frozen.graph

    def elsewhere(self, project: str, branch: str) -> frozenset[str]:
        """Return the jobs that other repositories define, which are not at hand."""
        return self._read(project, branch).elsewhere

    def is_defined(self, name: str, project: str, branch: str) -> bool:
        """Return whether a job of that name is defined, on whatever branch."""
        read = self.tenant if self.source.tenant else self._alone(project, branch)
        return read.plain.layout.has_job(name)

    def projects(self, job: str, branch: str) -> tuple[str, ...]:
        """Return where projects run a job, in words; a repository on its own knows its own."""
        return tuple(self._runs.get((job, branch), ()))

    @cached_property
    def _runs(self) -> dict[tuple[str, str], list[str]]:
        """Where the tenant runs each job on each branch, in words."""
        found: dict[tuple[str, str], list[str]] = {}
        for each in self.tenant.resolver.graphs() if self.source.tenant else ():
            for job in each.shape.jobs:
                where = f"{each.pipeline!r} of {each.project}"
                found.setdefault((job.name, each.branch), []).append(where)
        return found

    def definitions(self, name: str, project: str, branch: str) -> Definitions:
        """Return everything that the tenant defines, or the repository on its own."""
        from groundrules.ci.zuul.defining import definitions_of
        from groundrules.ci.zuul.trees import Trees, trees_of_tenant

        bounds = self.source.bounds
        if self.source.tenant:
            where = self.source.folder, bounds
            return definitions_of(self.tenant.plain, trees_of_tenant(*where), name)
        read = self._alone(project, branch)
        repository = read.repository or Nowhere(project)
        return definitions_of(read.plain, Trees(lambda _: repository, bounds), name)

    def is_run_for(self, job: Job, path: str) -> bool:
        """Return whether one of the job's file matchers fits ``path``."""
        return any(pattern == path or _matches(pattern, path) for pattern in job.files)

    def files(self) -> dict[str, bytes]:
        """Return the files that were read, by their paths."""
        read = [self.tenant] if self.source.tenant else [*self._known.values()]
        return {
            f"{self.source.prefix}{raw.source.path}": raw.content
            for each in read
            for raw in each.gathered.files
            if isinstance(raw.content, bytes) and raw.source.path is not None
        }

    def _read(self, project: str, branch: str) -> Read:
        read = self.tenant if self.source.tenant else self._alone(project, branch)
        try:
            found = read.resolver.project(project)
        except AmbiguousError as error:
            raise NotAtHandError(str(error)) from None
        if found is None:
            hint = near(project, [each.name for each in read.resolver.projects])
            raise NotAtHandError(f"the tenant has no project {project!r}{hint}")
        if branch not in found.all_branches:
            hint = did_you_mean(branch, found.all_branches, "branches")
            raise NotAtHandError(f"{project} has no branch {branch!r} there{hint}")
        return read

    def _alone(self, name: str, branch: str) -> Read:
        """Return one repository on its own, as the project ``name``."""
        if (name, branch) not in self._known:
            repository = _repository(self.source, branch)
            project = TenantProject(
                name=name, connection="", canonical_name=name, trusted=False, is_alone=True
            )
            tenant = Tenant(name=name, projects=[project], max_job_timeout=-1, is_complete=False)
            report = Report()
            gathered = Gathered(tenant, gather(tenant, lambda _: repository, report), report)
            if not gathered.files:
                reason = "; ".join(each.message for each in report.found)
                nothing = f"it holds no configuration: none of {', '.join(ROOTS)}"
                raise NotAtHandError(reason or nothing)
            self._known[name, branch] = self._completed(gathered, repository, branch)
            self._files.save()
        return self._known[name, branch]

    def _completed(self, gathered: Gathered, repository: Repository, branch: str) -> Read:
        """Return a repository with stand-ins for the jobs that other repositories define."""
        placed = gathered.below(self.source.prefix, self.source.folder)
        plain = resolver = resolve(placed, self._files.parse)
        elsewhere = jobs_elsewhere(plain.layout)
        if elsewhere:
            project = plain.projects[0]
            files = [*placed.files, stand_in(elsewhere, project, branch)]
            resolver = resolve(Gathered(gathered.tenant, files, Report()), self._files.parse)
        return Read(resolver, plain, gathered, repository, frozenset(elsewhere))


def _repository(source: Source, branch: str) -> Repository:
    """Return the repository at ``source``; the files of a checkout stand for ``branch``."""
    folder = source.folder
    if not source.is_git:
        return _files(folder, branch)
    try:
        directory = git_directory(folder, source.bounds)
        if directory is None:
            raise NotAtHandError("it is no git repository any more")
        repository = GitRefs(directory, "")
    except UnreadableError as error:
        raise NotAtHandError(str(error)) from None
    if source.ref:
        commit = repository.commit(f"refs/remotes/origin/{source.ref}")
        commit = commit or repository.commit(source.ref)
        if not commit:
            repository.close()
            raise NotAtHandError(f"git knows no branch, tag or commit {source.ref!r} there")
        repository.stand_for(branch, commit)
    return repository


def _files(folder: Path, branch: str) -> Repository:
    if (folder / ".git").exists():
        return Checkout(folder, "", branch)
    found = without_git(folder, "")
    return found if isinstance(found, Snapshot) else Checkout(folder, "", branch)


def _matches(pattern: str, path: str) -> bool:
    try:
        return expression(pattern).matches(path)
    except InvalidError:
        return False
