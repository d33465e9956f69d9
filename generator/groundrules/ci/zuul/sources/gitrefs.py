"""A git repository, read from its refs without fetch or hooks; `Worktree`: with its files too."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from groundrules.ci.errors import UnreadableError
from groundrules.ci.git import Git, GitDirectory
from groundrules.ci.revisions import Revision, revision_of
from groundrules.ci.zuul.sources.config_files import ROOTS
from groundrules.ci.zuul.sources.repositories import Checkout, usual_default
from groundrules.confined import MOST, Confined

REMOTES, OWN = "refs/remotes/", "refs/heads/"
CLONED = f"{REMOTES}origin/"
ORIGIN_HEAD = f"{CLONED}HEAD"


class GitRefs:
    """All branches of a git repository.

    These are the branches of ``origin`` in a clone, otherwise the local ones.  A branch of
    ``origin`` is read from the local one of its name, if that contains it.
    Raises `UnreadableError` if git cannot read the repository or it has no commit.
    """

    def __init__(self, directory: GitDirectory, name: str) -> None:
        self.name, self._git = name, Git(directory)
        self._is_one_commit = False
        self._newest: dict[str, str] = {}
        self._objects: dict[tuple[str, str], str] = {}
        try:
            refs = self._refs = self._git.refs(CLONED, OWN)
            folders = branch_folders(self._git, refs)
            self.refs = next(filter(None, (_branches(refs, folder) for folder in folders)), {})
            if not self.refs:
                raise UnreadableError("the repository has no commit on any branch")
            _, head = refs.get(ORIGIN_HEAD, ("", ""))
            self.default = self._head(head if CLONED in folders else "")
        except UnreadableError:
            self.close()
            raise

    @property
    def branches(self) -> Sequence[str]:
        """The branches, sorted."""
        return sorted(self.refs)

    @property
    def has_all_branches(self) -> bool:
        """Whether the clone fetches every branch; a shallow clone often has only one."""
        if self._is_one_commit:
            return False
        if not any(ref.startswith(CLONED) for ref in self.refs.values()):
            return True
        refspecs = self._git.settings("remote.origin.fetch")
        return any(refspec.lstrip("+").startswith(f"{OWN}*:") for refspec in refspecs)

    def commit(self, revision: str) -> str:
        """Return the full name of a commit; empty if there is none."""
        return self._git.commit(revision)

    def edition(self, branch: str) -> Revision:
        """Return the commit of a branch as a revision."""
        with closing(self._git) as git:
            ref, published = self.newest(branch), self.refs[branch]
            note = f", ahead of {published.removeprefix(REMOTES)}" if ref != published else ""
            return revision_of(git, git.commit(ref), note)

    def newest(self, branch: str) -> str:
        """Return the ref that is read for a branch.

        The local branch has what ``git am`` adds, or what Zuul merges for the change that it tests.
        """
        if branch not in self._newest:
            ref, own = self.refs[branch], f"{OWN}{branch}"
            has_both = ref.startswith(CLONED) and own in self._refs
            is_other = has_both and self._refs[own] != self._refs[ref]
            self._newest[branch] = own if is_other and self._git.contains(branch, ref) else ref
        return self._newest[branch]

    def take_commit(self, branch: str, commit: str) -> None:
        """Use one commit for ``branch``, and ignore all other branches."""
        self.refs, self._newest, self._is_one_commit = {branch: commit}, {}, True
        self.default = branch

    def sizes(self, branch: str, extra: Sequence[str]) -> Mapping[str, int]:
        """Return path and size of the files below Zuul's places and ``extra`` ones.

        Git does not list sizes, so 1 means that a file is not empty.
        """
        wanted = (*ROOTS, *(path.rstrip("/") for path in extra))
        sizes: dict[str, int] = {}
        for path, identity in self._git.files(f"{self.newest(branch)}^{{tree}}", wanted):
            self._objects[branch, path] = identity
            sizes[path] = len(self._read(identity)[:1])
            if len(sizes) >= MOST:
                break
        return sizes

    def paths(self, branch: str) -> frozenset[str]:
        """Return the paths of all files of a branch."""
        return self._git.paths(self.newest(branch), MOST)

    def read(self, branch: str, path: str) -> bytes:
        """Return a file's bytes.  Raises `UnreadableError`."""
        return self._read(self._objects[branch, path])

    def place(self, branch: str, path: str) -> str:
        """Return the path of a file in diagnostics."""
        return f"{self.name}@{branch}:{path}" if self.name else f"{branch}:{path}"

    def close(self) -> None:
        """End the git process."""
        self._git.close()

    def _head(self, cloned: str) -> str:
        """Return the default branch: that of ``origin``, or that of HEAD.

        A checkout of one commit, as CI makes it, has neither.
        """
        if (branch := cloned.removeprefix(CLONED)) in self.refs:
            return branch
        if (branch := self._git.symbolic("HEAD").removeprefix(OWN)) in self.refs:
            return branch
        return usual_default(self.refs) or min(self.refs)

    def _read(self, identity: str) -> bytes:
        return self._git.object(identity)[0]


def branch_folders(git: Git, refs: Collection[str]) -> tuple[str, ...]:
    """Return the folders of refs that can have the branches; the first one with a ref counts.

    Only a clone keeps the branches of ``origin`` apart from its own.  A bare clone has them as
    its own, and a mirror has also what its origin has of another one, maybe a single ref
    (https://git-scm.com/docs/git-clone, ``--bare`` and ``--mirror``).
    """
    both = CLONED, OWN
    if not all(any(ref.startswith(folder) for ref in refs) for folder in both):
        return both
    if any(_is_for_origin(refspec) for refspec in git.settings("remote.origin.fetch")):
        return both
    if git.directory.work_tree is None:
        return (OWN,)
    return both if ORIGIN_HEAD in refs or git.settings("remote.origin.url") else (OWN,)


def _is_for_origin(refspec: str) -> bool:
    """Return whether a refspec fetches branches of ``origin`` into their folder."""
    return refspec.partition(":")[2].startswith(CLONED)


def _branches(refs: Iterable[str], prefix: str) -> dict[str, str]:
    branches = {ref.removeprefix(prefix): ref for ref in refs if ref.startswith(prefix)}
    branches.pop("HEAD", None)
    return branches


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
