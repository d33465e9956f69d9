"""A folder with files, and git beside them or not → the repository of one branch of it.

Files say nothing of the branch that they are a version of.  Git does, where it is there; where
it is not, or nothing is checked out by name, they stand for the first branch that is documented.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from groundrules.ci.configuration import NotAtHandError
from groundrules.ci.editions import branch_of, commit_of, contains, upstream_of
from groundrules.ci.zuul.gitrefs import GitRefs
from groundrules.ci.zuul.repositories import Checkout, Repository, UnreadableError
from groundrules.diagnostics import did_you_mean

NO_TOPICS = ("master", "main")


@dataclass(slots=True)
class Checkouts:
    """The branches of a folder: one as its files stand, others as git has them committed.

    ``documented`` are the branches that somebody asks for.
    """

    folder: Path
    documented: Sequence[str] = ()
    refs: dict[str, str] = field(init=False, default_factory=dict)
    branch: str = field(init=False)
    """What the files are a version of."""

    def __post_init__(self) -> None:
        default = ""
        if (self.folder / ".git").exists():
            default = self._read_refs()
        self.branch = self._checked_out(default)

    def repository(self, branch: str) -> Repository:
        """Return the repository with one branch alone.  Raises `NotAtHandError`."""
        if branch == self.branch:
            return Checkout(self.folder, "", branch)
        if not self.refs:
            raise NotAtHandError(
                f"its files stand for the branch {self.branch!r}, and no git tells of {branch!r}"
            )
        if branch not in self.refs:
            hint = did_you_mean(branch, self.refs, "branches")
            raise NotAtHandError(
                f"what is checked out stands for the branch {self.branch!r}, and git has no "
                f"branch {branch!r} there{hint}"
            )
        return of_commit(GitRefs(self.folder, ""), branch, self.refs[branch])

    def _read_refs(self) -> str:
        """Note what git has; return its default branch, empty where it has no commit."""
        try:
            found = GitRefs(self.folder, "")
        except UnreadableError:
            return ""
        self.refs = dict(found.refs)
        return found.default

    def _checked_out(self, default: str) -> str:
        named = branch_of(self.folder) if (self.folder / ".git").exists() else ""
        wanted = [each for each in self.documented if not self.refs or each in self.refs]
        if not named:
            return self._detached(wanted) or default or "master"
        is_meant = self._is_published or named in (*self.documented, *NO_TOPICS)
        if named in self.refs and is_meant:
            return named
        if self._is_published:
            upstream = upstream_of(self.folder, named).removeprefix("origin/")
            return upstream if upstream in self.refs else default
        # without a remote a topic looks like any branch: it holds all of the one it is for
        held = (each for each in wanted if contains(self.folder, named, self.refs.get(each, "")))
        return next(held, named)

    @property
    def _is_published(self) -> bool:
        """Whether the branches are those of a remote, so that others are one's own."""
        return any(each.startswith("refs/remotes/") for each in self.refs.values())

    def _detached(self, wanted: Sequence[str]) -> str:
        commit = commit_of(self.folder) if self.refs else ""
        same = (
            each for each in wanted if commit and commit_of(self.folder, self.refs[each]) == commit
        )
        return next(same, "") or next(iter(wanted), "")


def of_commit(repository: GitRefs, branch: str, commit: str) -> GitRefs:
    """Return a git repository that has one branch only, at a commit."""
    repository.refs, repository.default = {branch: commit}, branch
    return repository
