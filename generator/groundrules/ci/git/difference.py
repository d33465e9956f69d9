"""`ChangedPaths`: the files in which two commits differ, or a commit and the work tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from groundrules.ci.errors import UnreadableError
from groundrules.ci.git.git import Git
from groundrules.ci.git.git_objects import LARGEST
from groundrules.confined import Confined

MOST = 500_000
"""The maximum number of changed files; a few objects can describe an endless tree."""


class ChangedPath(Struct, frozen=True):
    """A changed file; ``old`` is its name before, if it was renamed.

    ``is_edit`` is whether it was there before, so that only its content may differ.
    """

    path: str
    old: str = ""
    is_edit: bool = False


class ChangedPaths(Struct, frozen=True):
    """The changed files, sorted by their paths."""

    changed: tuple[ChangedPath, ...]

    def paths(self, *, with_old: bool) -> tuple[str, ...]:
        """Return the paths, with or without the old names of renamed files."""
        paths = [change.path for change in self.changed]
        paths += [change.old for change in self.changed if change.old and with_old]
        return tuple(dict.fromkeys(paths))

    @property
    def renamed(self) -> int:
        """The number of renamed files."""
        return sum(bool(change.old) for change in self.changed)


def difference(git: Git, before: str, after: str = "") -> ChangedPaths:
    """Return the files in which ``after``, or the work tree, differs from a commit.

    The index tells git which files of the work tree are as committed.  Files that git does not
    know and does not ignore are new.  Raises `UnreadableError`.
    """
    changed = list(_changes(iter(git.changed(before, after))))
    if not after:
        changed = [change for change in changed if not _is_touched(git, before, change)]
        changed += [ChangedPath(path) for path in git.untracked(MOST)]
    if len(changed) > MOST:
        raise UnreadableError(f"the change has more than {MOST:,} files")
    return ChangedPaths(tuple(sorted(changed, key=lambda change: change.path)))


def _changes(fields: Iterator[str]) -> Iterator[ChangedPath]:
    """Yield the changes in git's list of status and path; a rename has two paths."""
    for status in fields:
        first = next(fields, "")
        if status[:1] in ("R", "C"):
            second = next(fields, "")
            yield ChangedPath(second, first if status[:1] == "R" else "")
        elif first:
            yield ChangedPath(first, is_edit=status == "M")


def _is_touched(git: Git, before: str, change: ChangedPath) -> bool:
    """Return whether a file has the committed content, and only its times are newer."""
    work_tree, path = git.directory.work_tree, change.path
    if work_tree is None or not change.is_edit:
        return False
    try:
        committed, _ = git.object(f"{before}:{path}")
        return len(committed) <= LARGEST and committed == Confined(work_tree).read(path, LARGEST)
    except (OSError, UnreadableError):
        return False


def own_commits(git: Git, revisions: Sequence[str]) -> list[str]:
    """Return the commits of revisions.  Raises `UnreadableError` for one that is not there."""
    commits = []
    for revision in revisions:
        if not (commit := git.commit(revision)):
            raise UnreadableError(_missing(git, revision))
        commits.append(commit)
    return commits


def _missing(git: Git, revision: str) -> str:
    message = f"there is no commit {revision!r} in this repository"
    if git.is_shallow:
        message += "; it is a shallow clone, so fetch more of its history"
    return message
