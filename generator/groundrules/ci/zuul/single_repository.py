"""`SingleRepository`: one repository without its tenant, resolved as one project.

Which project it is may be given; else its stanzas, its remote and its folder say it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from groundrules.ci.config_source import ConfigSource
from groundrules.ci.errors import NotAvailableError, UnreadableError
from groundrules.ci.git import git_directory, is_bare
from groundrules.ci.zuul.layout.gathering import Gathered
from groundrules.ci.zuul.layout.loading import Raw, gather
from groundrules.ci.zuul.layout.own_name import (
    OwnName,
    UndecidedNameError,
    is_one_of_several,
    own_name,
    path_of,
    whole_name,
)
from groundrules.ci.zuul.layout.tenant import ALL_CLASSES, Tenant, TenantProject, is_same_project
from groundrules.ci.zuul.layout.variants import FileOrigin
from groundrules.ci.zuul.reading.filecache import FileCache
from groundrules.ci.zuul.reading.objects import FileObjects
from groundrules.ci.zuul.resolver import Resolver, resolve
from groundrules.ci.zuul.sources.checkouts import Checkouts
from groundrules.ci.zuul.sources.config_files import ROOTS
from groundrules.ci.zuul.sources.gitrefs import GitRefs
from groundrules.ci.zuul.sources.project_folders import without_git
from groundrules.ci.zuul.sources.repositories import Repository, Snapshot
from groundrules.confined import LARGEST, Confined
from groundrules.diagnostics import Report
from groundrules.nearest import did_you_mean


class NoConfigurationError(NotAvailableError):
    """A repository, or a branch of it, without configuration; ``branches`` have some."""

    def __init__(self, reason: str, branches: tuple[str, ...]) -> None:
        where = did_you_mean("", branches, "branches that have some") if branches else ""
        super().__init__(reason or f"it holds no configuration: none of {', '.join(ROOTS)}{where}")
        self.reason, self.branches = reason, branches


@dataclass(slots=True)
class Read:
    """A resolved tenant or repository, and what it was made from."""

    resolver: Resolver
    gathered: Gathered
    repository: Repository | None = None


@dataclass
class SingleRepository:
    """The repository at ``source``, resolved for each project that it is taken for."""

    source: ConfigSource
    parsed: FileCache = field(default_factory=FileCache)
    follows_topics: bool = True
    known: dict[tuple[str, str], Read] = field(init=False, default_factory=dict)
    scopes: set[str] = field(init=False, default_factory=set)
    """The branches that graphs were wanted of; an empty one for all branches."""

    @classmethod
    def at(
        cls, folder: Path, branch: str = "", parsed: FileCache | None = None
    ) -> SingleRepository:
        """Return the repository in a folder; ``branch`` is the one that is asked for.

        Where git has it, it is read as committed, unless it is checked out.
        """
        documented = (branch,) if branch else ()
        source = ConfigSource(folder=folder, is_git=is_bare(folder), documented=documented)
        return cls(source, parsed or FileCache(), follows_topics=False)

    @cached_property
    def checkouts(self) -> Checkouts:
        """The branches of the folder, where it holds one repository's files."""
        source = self.source
        return Checkouts(source.folder, source.documented, source.bounds, self.follows_topics)

    @cached_property
    def branch(self) -> str:
        """The repository's own branch: the one that is checked out, or its default branch."""
        branches = self._project.all_branches
        likely = (self._repository.default, *self.source.documented, *branches)
        return next((branch for branch in likely if branch in branches), "master")

    @property
    def knows_branches(self) -> bool:
        """Whether git names the branches; else the name of the only one is a guess."""
        return self.source.is_git or bool(self.checkouts.refs)

    def other_branches(self, branch: str) -> tuple[str, ...]:
        """Return the branches with configuration beside the one that counts."""
        branches = {raw.source.branch for raw in self._gathered.files}
        return tuple(sorted(branches - {branch}))

    def scope(self, branch: str) -> str:
        """Return the branch whose mistakes count for ``branch``; empty for all of them.

        Git brings branches along, of which many are left over; a folder a branch is on purpose.
        """
        if isinstance(self._repository, Snapshot):
            return ""
        return branch if branch in self._project.all_branches else self.branch

    def read(self, name: str = "", branch: str = "") -> Read:
        """Return the repository as the project ``name``, for a change of ``branch``.

        Its own name and branch count where none is given.  Raises `NotAvailableError` for a branch
        that is not there or has no configuration, and for a name that is not certain.
        """
        if self.source.ref and not self.source.documented and branch:
            self.source = replace(self.source, documented=(branch,))
        branch = branch or self.branch
        self._check_branch(branch)
        self.scopes.add(self.scope(branch))
        key = name, (branch if self._is_trusted(branch) else "")
        if key not in self.known:
            self.known[key] = self._resolved(name, branch)
        return self.known[key]

    def read_any(self, name: str, branch: str) -> Read:
        """Do the same with the repository's own branch, where there is none of that name."""
        try:
            return self.read(name, branch)
        except NotAvailableError:
            if branch == self.branch:
                raise
            return self.read(name)

    def own_name(self, branch: str = "") -> OwnName:
        """Return the repository's name.  Raises `NotAvailableError` where several are possible."""
        branch = branch or self.branch
        try:
            return own_name(
                self._stanzas(branch), self._remote, self._folder, self._is_trusted(branch)
            )
        except UndecidedNameError as error:
            raise NotAvailableError(str(error)) from None

    @cached_property
    def _remote(self) -> str:
        """The path of its remote; empty where there is none."""
        return "" if self.source.is_git else path_of(self.checkouts.remote)

    @property
    def _folder(self) -> str:
        """The name of the folder that it is in."""
        return self.source.folder.resolve().name.removesuffix(".git") or "repository"

    @cached_property
    def _repository(self) -> Repository:
        if self.source.is_git:
            return self._of_git()
        folder = Confined(self.source.folder)
        try:
            if not folder.kind(".git"):
                repository = without_git(folder, "")
                if isinstance(repository, Snapshot):
                    return repository
            return self.checkouts.repository()
        except UnreadableError as error:
            raise NotAvailableError(str(error)) from None

    def _of_git(self) -> GitRefs:
        ref = self.source.ref
        try:
            directory = git_directory(self.source.folder, self.source.bounds)
            if directory is None:
                raise NotAvailableError("it is not a git repository any more")
            repository = GitRefs(directory, "")
        except UnreadableError as error:
            raise NotAvailableError(str(error)) from None
        if not ref:
            return repository
        commit = repository.commit(f"refs/remotes/origin/{ref}") or repository.commit(ref)
        if not commit:
            repository.close()
            raise NotAvailableError(f"git knows no branch, tag or commit {ref!r} there")
        branch = ref if ref in repository.refs else next(iter(self.source.documented), ref)
        repository.take_commit(branch, commit)
        return repository

    @cached_property
    def _gathered(self) -> Gathered:
        """The files of all branches, and the project that they are of, not yet named."""
        project = TenantProject(
            name=self._folder, connection="", canonical_name="", trusted=False, is_alone=True
        )
        # which branches Zuul loads depends on their protection
        project.loads_protected_only = True
        tenant = Tenant(name="", projects=[project], is_alone=True)
        report = Report()
        return Gathered(tenant, gather(tenant, lambda _: self._repository, report), report)

    @property
    def _project(self) -> TenantProject:
        return self._gathered.tenant.projects[0]

    def _files(self, branch: str) -> list[Raw]:
        return [raw for raw in self._gathered.files if raw.source.branch == branch]

    def _objects(self, branch: str) -> list[FileObjects]:
        return [
            self.parsed.parse(raw.content)
            for raw in self._files(branch)
            if isinstance(raw.content, bytes) and len(raw.content) <= LARGEST
        ]

    def _stanzas(self, branch: str) -> list[str | None]:
        return [stanza.name for objects in self._objects(branch) for stanza in objects.projects]

    def _is_trusted(self, branch: str) -> bool:
        """Return whether a branch has what only a config project may define.

        https://zuul-ci.org/docs/zuul/latest/config/pipeline.html and, of base jobs,
        https://zuul-ci.org/docs/zuul/latest/config/job.html#attr-job.parent
        """
        branches = {raw.source.branch for raw in self._gathered.files}
        if isinstance(self._repository, Snapshot) and len(branches) > 1:
            return False  # Zuul reads one branch of a config project, and here are several
        return any(
            objects.pipelines
            or any(job.is_base for job in objects.jobs)
            or any(mistake.kind == "pipeline" for mistake in objects.mistakes)
            for objects in self._objects(branch)
        )

    def _check_branch(self, branch: str) -> None:
        if self._files(branch):
            return
        if not self.source.is_git and not isinstance(self._repository, Snapshot):
            self.checkouts.check_branch(branch)
        elif branch not in self._project.all_branches:
            return  # what is asked is answered with the branches that there are
        reason = "; ".join(diagnostic.message for diagnostic in self._gathered.report.found)
        branches = tuple(dict.fromkeys(raw.source.branch for raw in self._gathered.files))
        raise NoConfigurationError(reason, branches)

    def _resolved(self, name: str, branch: str) -> Read:
        gathered = self.gathered(name, branch)
        prefixed = gathered.below(self.source.prefix, self.source.folder)
        resolver = resolve(prefixed, self.parsed.parse)
        self.parsed.save()
        return Read(resolver, gathered, self._repository)

    def gathered(self, name: str = "", branch: str = "") -> Gathered:
        """Return the files as those of one project, as `read` does, and not resolved yet.

        A config project is read from one branch.
        """
        branch = branch or self.branch
        self._check_branch(branch)
        own = OwnName(name) if name else self.own_name(branch)
        try:
            canonical_name = whole_name(own.name, self._stanzas(branch))
        except UndecidedNameError as error:
            raise NotAvailableError(str(error)) from None
        stanzas, is_trusted = self._stanzas(branch), self._is_trusted(branch)
        project = replace(
            self._project,
            name=own.name,
            canonical_name=canonical_name,
            has_sure_name=own.is_sure,
            has_nameless_stanza=None in stanzas,
            owns_nameless_stanza=is_same_project(own.name, self._remote)
            or not (is_trusted and is_one_of_several(own.name, stanzas)),
        )
        files = self._gathered.files
        if is_trusted:
            project.trusted, project.classes = True, ALL_CLASSES
            project.branches, project.all_branches = [branch], [branch]
            files = self._files(branch)
        tenant = Tenant(name=own.name, projects=[project], max_job_timeout=-1, is_alone=True)
        raws = [
            Raw(FileOrigin(project, raw.source.branch, raw.source.path), raw.content)
            for raw in files
        ]
        return Gathered(tenant, raws, Report([*self._gathered.report.found]))
