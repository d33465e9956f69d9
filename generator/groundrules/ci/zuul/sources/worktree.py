"""A checkout in git: one branch as its files are, the other branches as they are committed."""

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
    """The repository that somebody is working in, with changes that are not committed yet.

    Raises `groundrules.ci.errors.UnreadableError` as `GitRefs` does.
    """

    directory: GitDirectory
    folder: Path
    name: str
    default: str
    """The branch that the files are a version of."""

    refs: GitRefs = field(init=False)
    files: Checkout = field(init=False)

    def __post_init__(self) -> None:
        self.refs = GitRefs(self.directory, self.name)
        self.files = Checkout(Confined(self.folder), self.name, self.default)

    @property
    def branches(self) -> Sequence[str]:
        """The branches, sorted; also one that has no commit yet."""
        return sorted({*self.refs.branches, self.default})

    def sizes(self, branch: str, extra: Sequence[str]) -> Mapping[str, int]:
        """Return path and size of the files below Zuul's places and ``extra`` ones."""
        return self.of(branch).sizes(branch, extra)

    def read(self, branch: str, path: str) -> bytes:
        """Return a file's bytes.  Raises `UnreadableError`."""
        return self.of(branch).read(branch, path)

    def place(self, branch: str, path: str) -> str:
        """Return how a diagnostic names a file."""
        return self.of(branch).place(branch, path)

    def close(self) -> None:
        """End the git process."""
        self.refs.close()

    def of(self, branch: str) -> Checkout | GitRefs:
        """Return the files of a branch: those of the work tree, or what is committed."""
        return self.files if branch == self.default else self.refs
