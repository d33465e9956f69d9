"""A folder with files, with or without git → its repository.

Files do not show their branch.  Git does, if a branch is checked out.  Otherwise the files count
as the first documented branch.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from groundrules.ci.config_source import ConfigSource
from groundrules.ci.errors import (
    BrokenConfigError,
    NoGitError,
    NotAvailableError,
    UnreadableError,
    suppress_unreadable,
)
from groundrules.ci.git import Confinement, Git, GitDirectory, git_directory
from groundrules.ci.revisions import split_steps
from groundrules.ci.zuul.sources.gitrefs import CLONED, GitRefs, Worktree
from groundrules.ci.zuul.sources.project_folders import NestedRepositoriesError, without_git
from groundrules.ci.zuul.sources.repositories import USUAL_DEFAULTS, Checkout, Repository, Snapshot
from groundrules.ci.zuul.sources.taken_branch import TakenBranch, branch_of
from groundrules.confined import Confined
from groundrules.diagnostics import Diagnostic, Location
from groundrules.nearest import did_you_mean
from groundrules.rules.zuul import RULES

NO_GIT = "git is not installed, so the branch"


class Checkouts(Struct):
    """The branches of a folder: one from its files, the others as committed in git.

    ``documented`` are the requested branches; ``bounds`` limit where the parts of a git
    repository can be, None is no limit.
    """

    folder: Path
    documented: Sequence[str] = ()
    bounds: Confinement | None = None
    follows_topics: bool = True
    """Whether a branch without a remote can be a topic branch of a documented branch."""

    refs: dict[str, str] = {}
    branch: str = ""
    """The branch to which the files belong."""
    note: str = ""
    """Why this branch was taken, if others are possible."""

    _directory: GitDirectory | None = None
    lacks_git: bool = False
    """Whether git is not installed, so that only the files can be read."""

    _default: str = ""
    """The default branch; empty if there is no commit."""

    def __post_init__(self) -> None:
        self.branch = next(iter(self.documented), "master")
        try:
            self._read()
        except NoGitError:
            self._directory, self.refs, self.lacks_git = None, {}, True
            self.note = f"{NO_GIT} of the files is not known; they are taken for {self.branch}"

    def _read(self) -> None:
        with suppress_unreadable():
            directory = git_directory(self.folder, self.bounds)
            if directory and directory.work_tree:
                self._directory = directory
                self._default = self._read_refs(directory)
                with closing(Git(directory)) as git:
                    self.branch = self._checked_out(git)

    def repository(self) -> Checkout | Worktree:
        """Return the repository with all its branches."""
        if self._directory is None or not self.refs:
            return Checkout(Confined(self.folder), "", self.branch)
        return Worktree(self._directory, self.folder, "", self.branch)

    @property
    def remote(self) -> str:
        """The address of ``origin``; empty if there is none."""
        if self._directory is None:
            return ""
        with closing(Git(self._directory)) as git:
            return next(iter(git.settings("remote.origin.url")), "")

    def check_branch(self, branch: str) -> None:
        """Raise `NotAvailableError` for a missing branch."""
        if self.lacks_git and branch != self.branch:
            raise NotAvailableError(f"{NO_GIT} {branch!r} cannot be read")
        if branch == self.branch or branch in self.refs:
            return
        hint = did_you_mean(branch, self.refs, "branches") if self.refs else ""
        raise NotAvailableError(
            f"there is no branch {branch!r} here (the files are of {self.branch!r}){hint}"
        )

    def branch_named(self, revision: str) -> str:
        """Return the branch that a revision names, such as ``origin/main~2``; empty for none."""
        name, _ = split_steps(revision)
        for folder in ("refs/remotes/origin/", "refs/heads/", "origin/", ""):
            if name.startswith(folder) and (branch := name.removeprefix(folder)) in self.refs:
                return branch
        return ""

    def branch_of(self, revision: str) -> TakenBranch | None:
        """Return the branch that a revision is on; None if that is the checkout's, or unknown."""
        if self._directory is None or not self.refs:
            return None
        with closing(Git(self._directory)) as git:
            commit, head = git.commit(revision), git.commit()
            if not commit or (head and git.merge_base(commit, head) == commit):
                return None
            return branch_of(git, self.refs, commit, revision, self._default, (self.branch,))

    def _read_refs(self, directory: GitDirectory) -> str:
        """Read the refs; return the default branch, empty if there is no commit."""
        with suppress_unreadable(), closing(GitRefs(directory, "")) as git_refs:
            self.refs = dict(git_refs.refs)
            return git_refs.default
        return ""

    def _checked_out(self, git: Git) -> str:
        named = git.branch()
        wanted = [branch for branch in self.documented if not self.refs or branch in self.refs]
        if not named:
            return self._detached(git, wanted)
        is_meant = self._is_published or not self.follows_topics
        is_meant = is_meant or named in (*self.documented, *USUAL_DEFAULTS)
        if named in self.refs and is_meant:
            return named
        if self._is_published:
            upstream = git.upstream(named)
            return upstream if upstream in self.refs else self._begun_at(git, named)
        # without a remote, a topic branch is recognized by containing its target branch
        committed = (branch for branch in wanted if branch in self.refs)
        return next(
            (branch for branch in committed if git.contains(named, self.refs[branch])), named
        )

    @property
    def _is_published(self) -> bool:
        """Whether the branches are those of a remote, so that others are local topic branches."""
        return any(ref.startswith("refs/remotes/") for ref in self.refs.values())

    def _begun_at(self, git: Git, named: str) -> str:
        """Return the branch from which a topic branch without an upstream begins."""
        commit, default = git.commit(), self._default
        taken = branch_of(git, self.refs, commit, named, default, (default,)) if commit else None
        return self._noted(taken) if taken else default

    def _detached(self, git: Git, wanted: Sequence[str]) -> str:
        """Return the branch of a HEAD that is not on one, and note if others are possible."""
        commit = git.commit() if self.refs else ""
        same = (branch for branch in wanted if commit and git.commit(self.refs[branch]) == commit)
        if branch := next(same, ""):
            return branch
        if commit and (taken := branch_of(git, self.refs, commit, "HEAD", self._default, wanted)):
            return self._noted(taken)
        branch = next(iter(wanted), "") or self._default or "master"
        if not wanted:
            self.note = f"HEAD is on no branch that git has here; it is taken for {branch}"
        return branch

    def _noted(self, taken: TakenBranch) -> str:
        self.note = taken.note
        return taken.branch


def folder_or_checkout(folder: Path, checkouts: Checkouts, place: str) -> Repository:
    """Return a folder without git as a snapshot of branches, another one as its checkout.

    ``place`` is the path of the folder in diagnostics.  Raises `NotAvailableError`, and
    `BrokenConfigError` for a folder that only contains repositories.
    """
    confined = Confined(folder)
    try:
        if not confined.kind(".git"):
            repository = without_git(confined, "")
            if isinstance(repository, Snapshot):
                return repository
        return checkouts.repository()
    except NestedRepositoriesError as error:
        mistake = Diagnostic(Location(place), str(error), RULES["GR613"])
        raise BrokenConfigError(str(error), [mistake]) from None
    except UnreadableError as error:
        raise NotAvailableError(str(error)) from None


def commit_of_git(source: ConfigSource) -> GitRefs:
    """Return the branches of git; with a ``ref``, this commit only.  Raises `NotAvailableError`."""
    repository, ref = _of_git(source), source.ref
    if not ref:
        return repository
    names = (repository.refs.get(ref, ""), f"{CLONED}{ref}", ref)
    commit = next(filter(None, map(repository.commit, names)), "")
    if not commit:
        repository.close()
        raise NotAvailableError(f"git knows no branch, tag or commit {ref!r} there")
    branch = ref if ref in repository.refs else next(iter(source.documented), ref)
    repository.take_commit(branch, commit)
    return repository


def _of_git(source: ConfigSource) -> GitRefs:
    try:
        directory = git_directory(source.folder, source.bounds)
        if directory is None:
            raise NotAvailableError("it is not a git repository any more")
        return GitRefs(directory, "")
    except UnreadableError as error:
        raise NotAvailableError(str(error)) from None
