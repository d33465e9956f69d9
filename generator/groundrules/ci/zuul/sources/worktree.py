"""A git checkout: one branch from its files, the other branches as committed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from groundrules.ci.git import GitDirectory
from groundrules.ci.zuul.sources.gitrefs import GitRefs
from groundrules.ci.zuul.sources.repositories import Checkout
from groundrules.confined import Confined


@dataclass(slots=True)
class Worktree:
    """A repository with a work tree, which can have uncommitted changes.

    Raises `groundrules.ci.errors.UnreadableError` as `GitRefs` does.
    """

    directory: GitDirectory
    folder: Path
    name: str
    default: str
    """The branch to which the files belong."""

    refs: GitRefs = field(init=False)
    files: Checkout = field(init=False)

    def __post_init__(self) -> None:
        self.refs = GitRefs(self.directory, self.name)
        self.files = Checkout(Confined(self.folder), self.name, self.default)

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
