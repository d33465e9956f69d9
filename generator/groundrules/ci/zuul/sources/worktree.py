"""A git checkout: one branch from its files, the other branches as committed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from groundrules.ci.git import GitDirectory
from groundrules.ci.zuul.sources.gitrefs import GitRefs
from groundrules.ci.zuul.sources.repositories import Checkout
from groundrules.confined import Confined


class Worktree:
    """A repository with a work tree, which can have uncommitted changes.

    Its files belong to the branch ``default``.  Raises `groundrules.ci.errors.UnreadableError` as
    `GitRefs` does.
    """

    def __init__(self, directory: GitDirectory, folder: Path, name: str, default: str) -> None:
        self.default, self.refs = default, GitRefs(directory, name)
        self.files = Checkout(Confined(folder), name, default)

    @property
    def branches(self) -> Sequence[str]:
        """The branches, sorted, including one without a commit."""
        return sorted({*self.refs.branches, self.default})

    def sizes(self, branch: str, extra: Sequence[str]) -> Mapping[str, int]:
        """Return path and size of the files in Zuul's paths and ``extra`` ones."""
        return self.of(branch).sizes(branch, extra)

    def read(self, branch: str, path: str) -> bytes:
        """Return a file's bytes.  Raises `UnreadableError`."""
        return self.of(branch).read(branch, path)

    def place(self, branch: str, path: str) -> str:
        """Return the path of a file in diagnostics."""
        return self.of(branch).place(branch, path)

    def close(self) -> None:
        """End the git process."""
        self.refs.close()

    def of(self, branch: str) -> Checkout | GitRefs:
        """Return the files of a branch: those in the work tree, or the committed ones."""
        return self.files if branch == self.default else self.refs
