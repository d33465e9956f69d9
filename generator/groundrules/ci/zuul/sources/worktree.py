"""A checkout in git: one branch as its files stand, the other branches as they are committed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from groundrules.ci.git import GitDirectory
from groundrules.ci.zuul.sources.gitrefs import GitRefs
from groundrules.ci.zuul.sources.repositories import Checkout, Repository
from groundrules.confined import Confined


@dataclass(slots=True)
class Worktree:
    """The repository that somebody is working in, with changes that are not committed yet.

    Raises `groundrules.ci.errors.UnreadableError` as `GitRefs` does.
    """

    directory: GitDirectory
    folder: Path
    name: str
    default: str = field(init=False)
    _refs: GitRefs = field(init=False)
    _files: Checkout = field(init=False)

    def __post_init__(self) -> None:
        self._refs = GitRefs(self.directory, self.name)
        self.default = self._refs.checked_out
        self._files = Checkout(Confined(self.folder), self.name, self.default)

    @property
    def branches(self) -> Sequence[str]:
        """The branches, sorted."""
        return self._refs.branches

    def sizes(self, branch: str, extra: Sequence[str]) -> Mapping[str, int]:
        """Return path and size of the files below Zuul's places and ``extra`` ones."""
        return self._of(branch).sizes(branch, extra)

    def read(self, branch: str, path: str) -> bytes:
        """Return a file's bytes.  Raises `UnreadableError`."""
        return self._of(branch).read(branch, path)

    def place(self, branch: str, path: str) -> str:
        """Return how a diagnostic names a file."""
        return self._of(branch).place(branch, path)

    def close(self) -> None:
        """End the git process."""
        self._refs.close()

    def _of(self, branch: str) -> Repository:
        return self._files if branch == self.default else self._refs
