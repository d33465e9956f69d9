"""Finds the repositories of a tenant below a root folder, by the names of their projects.

A folder that contains repositories and is none itself is no repository with a folder for each
branch; the work trees of one repository can be (https://git-scm.com/docs/git-worktree).
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection
from pathlib import Path
from typing import Any

from msgspec import Struct

from groundrules.ci.errors import UnreadableError
from groundrules.ci.git import Confinement, git_directory
from groundrules.ci.zuul.sources.config_files import ROOTS
from groundrules.ci.zuul.sources.gitrefs import GitRefs, Worktree
from groundrules.ci.zuul.sources.repositories import (
    Checkout,
    Nowhere,
    Repository,
    Snapshot,
    subfolders,
)
from groundrules.confined import Confined, EntryKind, LinkError
from groundrules.text import counted, listed

INDEX = "index.json"
LONGEST = 4096
MOST = 5
WORK_TREES = f"{os.sep}worktrees{os.sep}"


class Root(Struct):
    """A folder with the repositories of a tenant, each at the path of its project's name.

    A repository is a git repository (bare or not), a checkout without git, or a snapshot with a
    folder for each branch.  An ``index.json`` beside them can list branches and canonical names:
    ``{"projects": [{"project", "canonical_name", "branches"}]}``.

    ``bounds`` limit where the parts of a git repository can be; None is no limit.
    """

    folder: Path
    bounds: Confinement | None = None
    _index: dict[str, dict[str, Any]] = {}

    def __post_init__(self) -> None:
        self._index = _indexed(Confined(self.folder))

    def canonical_name(self, name: str, connection: str) -> str | None:
        """Return the canonical name of a project, if the index has it."""
        canonical = self._entry(name, connection).get("canonical_name")
        return canonical if isinstance(canonical, str) else None

    def repository(self, name: str, connection: str = "") -> Repository:
        """Return the repository of a project, or `Nowhere`.

        Raises `UnreadableError` for a repository that cannot be read or is outside the root.
        """
        named = self._entry(name, connection).get("branches")
        branches = tuple(map(str, named)) if isinstance(named, list) else ()
        folder = self._folder(name)
        if folder is None:
            return Nowhere(name, branches or ("master",), known=bool(branches))
        return opened(folder, name, branches, self.bounds)

    def names_branches(self, name: str, connection: str = "") -> bool:
        """Return whether the index lists the branches of a project that Zuul loads."""
        return isinstance(self._entry(name, connection).get("branches"), list)

    def _entry(self, name: str, connection: str) -> dict[str, Any]:
        return self._index.get(f"{connection}:{name}") or self._index.get(name) or {}

    def _folder(self, name: str) -> Confined | None:
        if ".." in name.split("/") or name.startswith("/"):
            raise UnreadableError(f"the project's name {name!r} leads out of the root")
        root = Confined(self.folder, follow=True)
        try:
            path = next(filter(root.is_folder, (name, f"{name}.git")), None)
        except LinkError:
            raise UnreadableError("a symbolic link leads out of the root folder") from None
        return None if path is None else root.below(path)


def opened(
    folder: Confined, name: str, branches: tuple[str, ...] = (), bounds: Confinement | None = None
) -> Repository:
    """Return the repository in a folder, of any kind.  Raises `UnreadableError`.

    ``branches`` are those that Zuul loads, if they are known; git can have others.
    """
    if directory := git_directory(folder.folder, bounds):
        return _of_branches(GitRefs(directory, name), branches)
    try:
        is_empty = not folder.entries()  # a submodule that is not checked out
    except OSError as error:
        raise UnreadableError(f"the folder cannot be read: {error.strerror}") from None
    if is_empty:
        return Nowhere(name, branches or ("master",), known=bool(branches))
    return without_git(folder, name, branches)


def without_git(folder: Confined, name: str, branches: tuple[str, ...] = ()) -> Checkout | Snapshot:
    """Return the repository whose plain files are in a folder.

    Raises `UnreadableError`, also for a folder that contains other repositories instead.
    """
    if _holds_configuration(folder):
        return Checkout(folder, name)
    if branches:
        return Snapshot(folder, name, branches)
    names = subfolders(folder)
    configured = [branch for branch in names if _holds_configuration(folder.below(branch))]
    check_no_repositories(folder, configured, names)
    return Snapshot(folder, name, branches) if configured else Checkout(folder, name)


def knows_branches(repository: Repository) -> bool:
    """Return whether all branches of a repository are known."""
    match repository:
        case GitRefs():
            return repository.has_all_branches
        case Worktree():
            return repository.refs.has_all_branches
        case Nowhere():
            return repository.known
    return isinstance(repository, Snapshot)


def _of_branches(repository: GitRefs, branches: tuple[str, ...]) -> GitRefs:
    """Return a repository with only the given branches, if there are any."""
    if branches:
        repository.refs = {
            branch: repository.refs[branch] for branch in branches if branch in repository.refs
        }
        if not repository.refs:
            raise UnreadableError(f"git has none of its branches: {', '.join(branches)}")
        if repository.default not in repository.refs:
            repository.default = next(iter(repository.refs))
    return repository


def _holds_configuration(folder: Confined) -> bool:
    try:
        return bool(folder.present(ROOTS))
    except OSError:
        return False


def _indexed(root: Confined) -> dict[str, dict[str, Any]]:
    """Return the entries of the index by project; empty without a readable index."""
    try:
        projects = json.loads(root.read(INDEX))["projects"]
        entries = [entry for entry in projects if isinstance(entry, dict) and "project" in entry]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}
    plain = {str(entry["project"]): entry for entry in entries}
    full = {f"{entry.get('connection')}:{entry['project']}": entry for entry in entries}
    return plain | full


class NestedRepositoriesError(UnreadableError):
    """A folder that was read as one repository and contains others."""

    def __init__(self, names: Collection[str]) -> None:
        one = "it" if len(names) == 1 else "one of them"
        super().__init__(
            f"the folder contains {counted(len(names), 'repository')} and is none itself: "
            f"{listed(sorted(names), most=MOST)}; use {one}, or a tenant file"
        )


def check_no_repositories(folder: Confined, configured: Collection[str], names: list[str]) -> None:
    """Refuse a folder if a subfolder with configuration is a repository of its own.

    ``names`` are all subfolders, ``configured`` those with configuration.  Raises
    `NestedRepositoriesError`.
    """
    repositories = {name: git for name in names if (git := _git_directory(folder, name))}
    own = [repositories[name] for name in configured if name in repositories]
    are_work_trees = len(own) > 1 and len({*own}) == 1
    if own and not are_work_trees:
        raise NestedRepositoriesError(repositories)


def _git_directory(folder: Confined, name: str) -> str:
    """Return the git directory that a repository shares with its work trees; empty for none.

    It is only compared, not opened.
    """
    entry = f"{name}/.git"
    kind = folder.kind(entry)
    if kind is None:
        return ""
    path = os.path.join(folder.folder, entry)  # noqa: PTH118 (only a name, as the text below)
    if kind is EntryKind.FILE:
        try:
            text = folder.read(entry, LONGEST).decode("utf-8", "replace")
        except OSError:
            return path
        named = text.removeprefix("gitdir:").strip().replace("\0", "")
        path = os.path.join(folder.folder, name, named)  # noqa: PTH118
    return os.path.realpath(path).partition(WORK_TREES)[0]
