"""One repository without its tenant: the documented graph tells which project and branch it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from groundrules.ci.config_source import ConfigSource
from groundrules.ci.errors import NotAvailableError, UnreadableError
from groundrules.ci.git import git_directory
from groundrules.ci.zuul.layout.gathering import Gathered
from groundrules.ci.zuul.layout.loading import gather
from groundrules.ci.zuul.layout.tenant import Tenant, TenantProject
from groundrules.ci.zuul.reading.filecache import FileCache
from groundrules.ci.zuul.resolver import Resolver, completed, resolve
from groundrules.ci.zuul.sources.checkouts import Checkouts
from groundrules.ci.zuul.sources.files import ROOTS
from groundrules.ci.zuul.sources.gitrefs import GitRefs
from groundrules.ci.zuul.sources.places import without_git
from groundrules.ci.zuul.sources.repositories import Repository, Snapshot
from groundrules.confined import Confined
from groundrules.diagnostics import Report


@dataclass(slots=True)
class Read:
    """A resolved tenant or repository, and what it was made from.

    ``plain`` has no job but those that stand in a file at hand.
    """

    resolver: Resolver
    plain: Resolver
    gathered: Gathered
    repository: Repository | None = None


@dataclass
class SingleRepository:
    """The repository at ``source``, resolved for each project and branch that it is taken for."""

    source: ConfigSource
    parsed: FileCache
    known: dict[tuple[str, str], Read] = field(init=False, default_factory=dict)

    @cached_property
    def checkouts(self) -> Checkouts:
        """The branches of the folder, where it holds one repository's files."""
        return Checkouts(self.source.folder, self.source.documented, self.source.bounds)

    def read(self, name: str, branch: str) -> Read:
        """Return the repository as the project ``name``.  Raises `NotAvailableError`."""
        if (name, branch) not in self.known:
            repository = self._repository(branch)
            project = TenantProject(
                name=name, connection="", canonical_name=name, trusted=False, is_alone=True
            )
            tenant = Tenant(name=name, projects=[project], max_job_timeout=-1, is_alone=True)
            report = Report()
            gathered = Gathered(tenant, gather(tenant, lambda _: repository, report), report)
            if not gathered.files:
                reason = "; ".join(each.message for each in report.found)
                nothing = f"it holds no configuration: none of {', '.join(ROOTS)}"
                raise NotAvailableError(reason or nothing)
            plain = resolve(
                gathered.below(self.source.prefix, self.source.folder), self.parsed.parse
            )
            self.parsed.save()
            self.known[name, branch] = Read(completed(plain), plain, gathered, repository)
        return self.known[name, branch]

    def read_any(self, name: str, branch: str) -> Read:
        """Do the same with the branch that is checked out, where there is none of that name."""
        try:
            return self.read(name, branch)
        except NotAvailableError:
            if self.source.is_git or branch == self.checkouts.branch:
                raise
            return self.read(name, self.checkouts.branch)

    def _repository(self, branch: str) -> Repository:
        if self.source.is_git:
            return self._git(branch)
        folder = Confined(self.source.folder)
        if not folder.kind(".git"):
            try:
                repository = without_git(folder, "")
            except UnreadableError as error:
                raise NotAvailableError(str(error)) from None
            if isinstance(repository, Snapshot):
                return repository
        return self.checkouts.repository(branch)

    def _git(self, branch: str) -> Repository:
        ref = self.source.ref
        try:
            directory = git_directory(self.source.folder, self.source.bounds)
            if directory is None:
                raise NotAvailableError("it is no git repository any more")
            repository = GitRefs(directory, "")
        except UnreadableError as error:
            raise NotAvailableError(str(error)) from None
        if not ref:
            return repository
        commit = repository.commit(f"refs/remotes/origin/{ref}") or repository.commit(ref)
        if not commit:
            repository.close()
            raise NotAvailableError(f"git knows no branch, tag or commit {ref!r} there")
        stands_for = ref if ref in repository.refs else next(iter(self.source.documented), branch)
        repository.stand_for(stands_for, commit)
        return repository
