"""`ChangedRevisions`: the two revisions of a change in a git repository, and its files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from msgspec import Struct
from typing_extensions import override

from groundrules.checkout import absolute_path
from groundrules.ci.errors import NoGitError, UnreadableError
from groundrules.ci.git import (
    ChangedPaths,
    Git,
    GitDirectory,
    difference,
    git_directory,
    own_commits,
)
from groundrules.ci.graph_question import AskedError
from groundrules.ci.zuul.graph_selection import asked_errors
from groundrules.ci.zuul.layout.own_name import path_of
from groundrules.ci.zuul.sources.checkouts import Checkouts
from groundrules.ci.zuul.sources.gitrefs import CLONED, OWN, GitRefs, branch_folders
from groundrules.ci.zuul.sources.repositories import USUAL_DEFAULTS, Checkout, Repository
from groundrules.ci.zuul.sources.taken_branch import TakenBranch
from groundrules.confined import Confined
from groundrules.text import counted

SHORT = 9
GITHUB = "github.com"


class ChangedRevisions(Struct, frozen=True, kw_only=True):
    """A change between the commits ``before`` and ``after``, or the work tree if that is empty.

    ``words`` say what is compared with what.
    """

    directory: GitDirectory
    folder: Path
    before: str
    after: str
    changed: ChangedPaths
    words: str
    note: str = ""
    """What may be missing in the change."""

    is_github: bool = False
    """Whether the remote is at GitHub, whose lists of files have old names too."""

    def old_files(self, name: str, branch: str) -> Repository:
        """Return the repository before the change."""
        return _at(self.directory, name, branch, self.before)

    def new_files(self, name: str, branch: str) -> Repository:
        """Return the repository with the change."""
        if self.after:
            return _at(self.directory, name, branch, self.after)
        return Checkout(Confined(self.folder), name, branch)


class CommittedFiles(GitRefs):
    """The files of one commit, which have the paths of the work tree in diagnostics."""

    @override
    def place(self, branch: str, path: str) -> str:
        return f"{self.name}/{path}" if self.name else path


def _at(directory: GitDirectory, name: str, branch: str, commit: str) -> GitRefs:
    refs = CommittedFiles(directory, name)
    refs.take_commit(branch, commit)
    return refs


def opened_git(folder: Path) -> GitDirectory:
    """Return the git directory of a folder.  Raises `AskedError` if it has none."""
    try:
        directory = git_directory(folder)
    except UnreadableError as error:
        raise AskedError(f"{folder}: {error}") from None
    if directory is None:
        raise AskedError(
            f"{absolute_path(folder)} is not a git repository; list the files with --files"
        )
    return directory


def changed_revisions(folder: Path, target: str, change: str | None) -> ChangedRevisions:
    """Return a change: ``BEFORE..AFTER``, or what the checkout has and ``target`` does not.

    If the checkout has nothing of its own, the change is its last commit.  Raises `AskedError`.
    """
    directory, note = opened_git(folder), ""
    with asked_errors(), _listing_without_git(), closing(Git(directory)) as git:
        if change is not None:
            before, after, words = _between(git, change)
        else:
            before, after, words = _of_checkout(git, directory, target)
            note = _compared_with_itself(git, target)
        changed = difference(git, before, after)
        remote = next(iter(git.settings("remote.origin.url")), "")
    return ChangedRevisions(
        directory=directory,
        folder=folder,
        before=before,
        after=after,
        changed=changed,
        words=words,
        note=note,
        is_github=GITHUB in remote and bool(path_of(remote)),
    )


@contextmanager
def _listing_without_git() -> Iterator[None]:
    try:
        yield
    except NoGitError as error:
        raise AskedError(f"{error}; list the files with --files") from None


def _between(git: Git, change: str) -> tuple[str, str, str]:
    first, dots, second = change.partition("..")
    if not dots or not first:
        raise AskedError(
            f"{change!r} is not two revisions; write BEFORE..AFTER, such as HEAD~1..HEAD"
        )
    one, other = own_commits(git, [first, second.lstrip(".") or "HEAD"])
    before = _base(git, one, other, first)
    moved = "" if before == one else f", from their common commit {before[:SHORT]}"
    return before, other, f"{first}..{second.lstrip('.') or 'HEAD'}{moved}"


def _base(git: Git, one: str, other: str, name: str) -> str:
    base = git.merge_base(one, other)
    if not base:
        end = "; it is a shallow clone, so fetch more of its history" if git.is_shallow else ""
        raise UnreadableError(f"{name} and the change have no common commit here{end}")
    return base


def _of_checkout(git: Git, directory: GitDirectory, target: str) -> tuple[str, str, str]:
    head = git.commit()
    if not head:
        raise UnreadableError("the repository has no commit yet; list the files with --files")
    tip = git.commit(target) if target else ""
    base = _base(git, tip, head, target) if tip else head
    name = target.removeprefix("refs/remotes/").removeprefix("refs/heads/") or "HEAD"
    if directory.work_tree and difference(git, base).changed:
        return base, "", f"the work tree and {name} ({base[:SHORT]})"
    if base != head:
        return base, head, f"HEAD and {name} ({base[:SHORT]})"
    parent = git.parent(head)
    if not parent:
        also = f", and {name} has it" if tip and tip != head else ""
        reason = f"HEAD is the first commit of the repository{also}; list the files with --files"
        if git.is_shallow:
            reason = "the parent of HEAD is not in this shallow clone; fetch more of its history"
        raise UnreadableError(reason)
    return parent, head, f"the last commit ({head[:SHORT]}), since nothing differs from {name}"


def _compared_with_itself(git: Git, target: str) -> str:
    """Return that a local branch is compared with itself, though it may be a change of another."""
    name = target.removeprefix(OWN)
    is_itself = target == f"{OWN}{name}" and name == git.branch()
    if not is_itself or name in USUAL_DEFAULTS or len(git.refs(OWN)) <= 1:
        return ""
    return (
        f"{name} is compared with itself, since it has no remote branch; if it is a change of "
        "another branch, use --branch"
    )


def containing_branches(folder: Path, ref: str) -> tuple[str, ...]:
    """Return the branches that contain a ref, of the remote if there is one.

    Raises `AskedError` for a ref that is not there.
    """
    directory = opened_git(folder)
    with asked_errors(), closing(Git(directory)) as git:
        if not (commit := git.commit(ref)):
            raise AskedError(
                f"there is no ref {ref!r} in {absolute_path(folder)}; name the branch that "
                "contains it with --branch"
            )
        for prefix in branch_folders(git, git.refs(CLONED, OWN)):
            names = [name.removeprefix(prefix) for name in git.containing(commit, prefix)]
            if names := [name for name in names if name != "HEAD"]:
                return tuple(names)
    return ()


def described(changed: ChangedPaths, *, with_old: bool) -> str:
    """Return the number of files in words, and whether the old names of renamed ones count."""
    words = counted(len(changed.changed), "changed file")
    if not changed.renamed:
        return words
    which = "old and new names" if with_old else "new names only"
    return f"{words}, {changed.renamed} renamed ({which})"


def branch_of_revisions(folder: Path, change: str | None) -> TakenBranch | None:
    """Return the branch of a change: the first of its revisions that names one.

    Otherwise it is that of its last commit.  None if it is that of the checkout.
    """
    before, dots, after = (change or "").partition("..")
    if not before or not dots:
        return None
    checkouts, after = _checkouts(folder), after.lstrip(".") or "HEAD"
    named = checkouts.branch_named(before) or checkouts.branch_named(after)
    return TakenBranch(named) if named else checkouts.branch_of(after)


def branch_in_tenant(folder: Path, change: str | None, branches: Sequence[str]) -> TakenBranch:
    """Return the branch of a change of a project; ``branches`` are those that Zuul reads."""
    taken = branch_of_revisions(folder, change)
    if taken is None:
        checkouts = _checkouts(folder)
        taken = TakenBranch(checkouts.branch, checkouts.note)
    return taken if taken.branch in branches else TakenBranch(next(iter(branches), ""))


def _checkouts(folder: Path) -> Checkouts:
    return Checkouts(folder, follows_topics=False)
