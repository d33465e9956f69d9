"""`SingleRepository`: one repository without its tenant, resolved as one project.

The name of the project can be given; otherwise it comes from stanzas, remote or folder.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from groundrules.ci.config_source import ConfigSource
from groundrules.ci.errors import NotAvailableError, UnreadableError
from groundrules.ci.git import is_bare
from groundrules.ci.zuul.branch_objects import BranchObjects
from groundrules.ci.zuul.layout.gathering import Gathered, with_configured
from groundrules.ci.zuul.layout.loading import Raw, gather
from groundrules.ci.zuul.layout.own_name import (
    OwnName,
    has_stanza,
    is_one_of_several,
    name_on_branches,
    own_name,
    path_of,
    whole_name,
)
from groundrules.ci.zuul.layout.tenant import ALL_CLASSES, Tenant, TenantProject, is_same_project
from groundrules.ci.zuul.reading.filecache import FileCache
from groundrules.ci.zuul.resolver import Resolver, resolve
from groundrules.ci.zuul.sources.checkouts import Checkouts, commit_of_git, folder_or_checkout
from groundrules.ci.zuul.sources.repositories import Repository, Snapshot
from groundrules.ci.zuul.sources.unread_files import MISNAMED, NoConfigurationError, why_unread
from groundrules.diagnostics import Report


class Read(Struct):
    """A resolved tenant or repository, and its input."""

    resolver: Resolver
    gathered: Gathered
    repository: Repository | None = None


class SingleRepository(Struct, dict=True):
    """The repository at ``source``, resolved for each project name that it may have."""

    source: ConfigSource
    parsed: FileCache = field(default_factory=FileCache)
    follows_topics: bool = True
    known: dict[tuple[str, str, str], Read] = {}
    scopes: set[str] = set()
    """The branches of requested graphs; an empty text means all branches."""

    @classmethod
    def at(
        cls, folder: Path, branch: str = "", parsed: FileCache | None = None
    ) -> SingleRepository:
        """Return the repository in a folder; ``branch`` is the requested branch.

        If git has the branch, it is read as committed, unless it is checked out.
        """
        documented = (branch,) if branch else ()
        source = ConfigSource(folder=folder, is_git=is_bare(folder), documented=documented)
        return cls(source, parsed or FileCache(), follows_topics=False)

    @cached_property
    def checkouts(self) -> Checkouts:
        """The branches of the folder, if it contains the files of one repository."""
        source = self.source
        return Checkouts(source.folder, source.documented, source.bounds, self.follows_topics)

    @cached_property
    def branch(self) -> str:
        """The branch that is checked out, or the default branch."""
        branches = self._project.all_branches
        likely = (self.repository.default, *self.source.documented, *branches)
        return next((branch for branch in likely if branch in branches), "master")

    @property
    def note(self) -> str:
        """Why the branch of the checkout was taken, if others are possible."""
        return "" if self.source.is_git else self.checkouts.note

    @property
    def lacks_git(self) -> bool:
        """Whether git is not installed, which the repository needs."""
        return not self.source.is_git and self.checkouts.lacks_git

    @property
    def knows_branches(self) -> bool:
        """Whether git names the branches; else the name of the only one is a guess."""
        return self.source.is_git or bool(self.checkouts.refs)

    def other_branches(self, branch: str) -> tuple[str, ...]:
        """Return the branches with configuration beside the one that counts."""
        return tuple(sorted(self._content.by_branch.keys() - {branch}))

    def scope(self, branch: str) -> str:
        """Return the branch whose mistakes are reported for ``branch``; empty for all branches.

        A clone has many old branches; a snapshot has only branches that somebody chose.
        """
        if isinstance(self.repository, Snapshot):
            return ""
        return branch if branch in self._project.all_branches else self.branch

    def read(self, name: str = "", branch: str = "") -> Read:
        """Return the repository as the project ``name``, for a change of ``branch``.

        The defaults are its own name and branch.  Raises `NotAvailableError` for a branch that
        does not exist or has no configuration, and for an ambiguous name.
        """
        branch = self._requested(branch)
        key = name, (branch if self._content.is_trusted(branch) else ""), ""
        if key not in self.known:
            self.known[key] = self._resolved(self.gathered(name, branch))
        return self.known[key]

    def _requested(self, branch: str) -> str:
        """Return the branch or the default, which counts for `scopes`."""
        if self.source.ref and not self.source.documented and branch:
            self.source = replace(self.source, documented=(branch,))
        self._check_branch(branch := branch or self.branch)
        self.scopes.add(self.scope(branch))
        return branch

    def read_any(self, name: str, branch: str) -> Read:
        """Read ``branch``, or the repository's own branch if it does not have that one."""
        try:
            return self.read(name, branch)
        except NotAvailableError:
            if branch == self.branch:
                raise
            return self.read(name)

    def read_with_others(self, name: str, branch: str) -> Read:
        """Return the same with the other projects that it configures, if there are any."""
        try:
            branch = self._requested(branch)
        except NotAvailableError:
            if branch in ("", self.branch):
                raise
            return self.read_with_others(name, self.branch)
        if branch not in self._project.all_branches:
            branch = self.branch
        name = self._named_here(name, branch)
        key = name, branch, "with others"
        if key not in self.known:
            gathered = self.gathered_with_others(name, branch, is_asked=False)
            has_others = len(gathered.tenant.projects) > 1
            self.known[key] = self._resolved(gathered) if has_others else self.read(name, branch)
        return self.known[key]

    def _named_here(self, name: str, branch: str) -> str:
        """Return a name, or its own one for sure if no stanza can be for that name."""
        if not name or has_stanza(name, self._content.stanzas(branch)):
            return name
        try:
            own = self.own_name(branch)
        except NotAvailableError:
            return name
        return own.name if own.is_sure else name

    def own_name(self, branch: str = "") -> OwnName:
        """Return the repository's name.  Raises `NotAvailableError` if several are possible."""
        branch = branch or self.branch
        is_trusted = self._content.is_trusted(branch)
        name = own_name(self._content.stanzas(branch), self._remote, self._folder, is_trusted)
        if name.is_sure or is_trusted:
            return name
        return name_on_branches(self._content.stanzas_of_all, self._folder) or name

    @cached_property
    def _remote(self) -> str:
        """The path of its remote; empty if there is none."""
        return "" if self.source.is_git else path_of(self.checkouts.remote)

    @property
    def _folder(self) -> str:
        """The name of its folder."""
        return self.source.folder.resolve().name.removesuffix(".git") or "repository"

    @cached_property
    def repository(self) -> Repository:
        """Its files.  Raises `NotAvailableError`."""
        if self.source.is_git:
            return commit_of_git(self.source)
        place = self.source.prefix.removesuffix("/") or "."
        return folder_or_checkout(self.source.folder, self.checkouts, place)

    @cached_property
    def _gathered(self) -> Gathered:
        """The files of all branches, and their project, which has no name yet."""
        project = TenantProject(
            name=self._folder, connection="", canonical_name="", trusted=False, is_alone=True
        )
        # Zuul may load protected branches only, and a clone does not show which are
        project.loads_protected_only = True
        tenant = Tenant(name="", projects=[project], is_alone=True)
        report = Report()
        return Gathered(tenant, gather(tenant, lambda _: self.repository, report), report)

    @property
    def _project(self) -> TenantProject:
        return self._gathered.tenant.projects[0]

    @cached_property
    def _content(self) -> BranchObjects:
        is_snapshot = isinstance(self.repository, Snapshot)
        return BranchObjects(self._gathered.files, self.parsed.parse, is_snapshot)

    def _check_branch(self, branch: str) -> None:
        if self._content.files_of(branch):
            return
        if not self.source.is_git and not isinstance(self.repository, Snapshot):
            self.checkouts.check_branch(branch)
        elif branch not in self._project.all_branches:
            return  # the caller uses the branches that exist
        branches = tuple(self._content.by_branch)
        raise NoConfigurationError(
            self._gathered.report.diagnostics, branches, self._why_unread(branch)
        )

    def _why_unread(self, branch: str) -> str:
        """Return why Zuul reads no file of a branch; empty if none looks like configuration."""
        if branch not in self._project.all_branches:
            return ""
        try:
            return why_unread(self.repository.sizes(branch, MISNAMED))
        except UnreadableError:  # reported already
            return ""
        finally:
            self.repository.close()

    def _resolved(self, gathered: Gathered) -> Read:
        prefixed = gathered.below(self.source.prefix, self.source.folder)
        resolver = resolve(prefixed, self.parsed.parse)
        self.parsed.save()
        return Read(resolver, gathered, self.repository)

    def gathered(self, name: str = "", branch: str = "") -> Gathered:
        """Return the files as those of one project, like `read`, but not resolved.

        Only one branch of a config project is read.
        """
        is_asked, branch = bool(branch), branch or self.branch
        self._check_branch(branch)
        own = OwnName(name) if name else self.own_name(branch)
        stanzas, is_trusted = self._content.stanzas(branch), self._content.is_trusted(branch)
        project = replace(
            self._project,
            name=own.name,
            canonical_name=whole_name(own.name, stanzas),
            has_sure_name=own.is_sure,
            has_nameless_stanza=None in stanzas,
            owns_nameless_stanza=is_same_project(own.name, self._remote)
            or not (is_trusted and is_one_of_several(own.name, stanzas)),
        )
        is_other = bool(name and self._remote) and not is_same_project(name, self._remote)
        project.assumes_branch = is_other and not is_asked
        files = self._gathered.files
        if is_trusted:
            project.trusted, project.classes = True, ALL_CLASSES
            project.branches, project.all_branches = [branch], [branch]
            project.has_all_branches = False
            files = self._content.files_of(branch)
        tenant = Tenant(name=own.name, projects=[project], max_job_timeout=-1, is_alone=True)
        raws = [Raw(replace(raw.source, project=project), raw.content) for raw in files]
        return Gathered(tenant, raws, Report([*self._gathered.report.found]))

    def gathered_with_others(
        self, name: str = "", branch: str = "", *, is_asked: bool | None = None
    ) -> Gathered:
        """Return the same with the other projects that it configures.

        ``is_asked`` is whether the branch was requested for them too.
        """
        is_asked = bool(branch) if is_asked is None else is_asked
        branch = branch or self.branch
        stanzas = self._content.stanzas(branch)
        try:
            gathered = self.gathered(name, branch)
        except NoConfigurationError:
            raise
        except NotAvailableError:  # it may be any of them
            gathered = self.gathered(next(filter(None, stanzas), ""), branch)
        return with_configured(gathered, stanzas, branch, is_asked=is_asked)
