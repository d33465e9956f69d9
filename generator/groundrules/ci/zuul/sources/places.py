"""Where the repositories of a tenant are: finds each below one root folder."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from groundrules.ci.errors import UnreadableError
from groundrules.ci.git import Confinement, git_directory
from groundrules.ci.zuul.sources.files import ROOTS
from groundrules.ci.zuul.sources.gitrefs import GitRefs
from groundrules.ci.zuul.sources.repositories import (
    Checkout,
    Nowhere,
    Repository,
    Snapshot,
    subfolders,
)

INDEX = "index.json"


@dataclass(slots=True)
class Root:
    """A folder with the repositories of a tenant, each below its project's name.

    A repository is a git repository (bare or not), a checkout without git, or a snapshot: a
    folder a branch.  An ``index.json`` beside them may name branches and canonical names:
    ``{"projects": [{"project", "canonical_name", "branches"}]}``.

    ``bounds`` tell how far a git repository may lead; None is anywhere.
    """

    folder: Path
    bounds: Confinement | None = None
    _index: dict[str, dict[str, Any]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._index = _indexed(self.folder / INDEX)

    def canonical_name(self, name: str, connection: str) -> str | None:
        """Return the canonical name of a project, when the index tells it."""
        told = self._told(name, connection).get("canonical_name")
        return told if isinstance(told, str) else None

    def repository(self, name: str, connection: str = "") -> Repository:
        """Return the repository of a project; `Nowhere` when there is none.

        Raises `UnreadableError` for one that cannot be read or stands outside the root.
        """
        told = self._told(name, connection).get("branches")
        branches = tuple(map(str, told)) if isinstance(told, list) else ()
        folder = self._folder(name)
        if folder is None:
            return Nowhere(name, branches or ("master",), known=bool(branches))
        return opened(folder, name, branches, self.bounds)

    def tells_branches(self, name: str, connection: str = "") -> bool:
        """Return whether the index names the branches of a project that Zuul loads."""
        return isinstance(self._told(name, connection).get("branches"), list)

    def _told(self, name: str, connection: str) -> dict[str, Any]:
        return self._index.get(f"{connection}:{name}") or self._index.get(name) or {}

    def _folder(self, name: str) -> Path | None:
        parts = name.split("/")
        if ".." in parts or name.startswith("/"):
            raise UnreadableError(f"the project's name {name!r} leads out of the root")
        for end in ("", ".git"):
            place = f"{self.folder}/{name}{end}"
            if os.path.isdir(place):  # noqa: PTH112 (asked for a thousand projects)
                folder = Path(place)
                if not folder.resolve().is_relative_to(self.folder.resolve()):
                    raise UnreadableError("a symbolic link leads out of the root folder")
                return folder
        return None


def opened(
    folder: Path, name: str, branches: tuple[str, ...] = (), bounds: Confinement | None = None
) -> Repository:
    """Return the repository in a folder, whatever its kind.  Raises `UnreadableError`.

    ``branches`` are those that Zuul loads, where that is known: git may have others.
    """
    if directory := git_directory(folder, bounds):
        return _of_branches(GitRefs(directory, name), branches)
    if not any(folder.iterdir()):  # a submodule that is not checked out
        return Nowhere(name, branches or ("master",), known=bool(branches))
    return without_git(folder, name, branches)


def without_git(folder: Path, name: str, branches: tuple[str, ...] = ()) -> Checkout | Snapshot:
    """Return the repository whose plain files are in a folder."""
    if any((folder / root).exists() for root in ROOTS):
        return Checkout(folder, name)
    if branches or any(_holds_configuration(folder / each) for each in subfolders(folder)):
        return Snapshot(folder, name, branches)
    return Checkout(folder, name)


def knows_branches(repository: Repository) -> bool:
    """Return whether a branch that a repository does not have is certainly not there."""
    match repository:
        case GitRefs():
            return repository.has_all_branches
        case Nowhere():
            return repository.known
    return isinstance(repository, Snapshot)


def _of_branches(repository: GitRefs, branches: tuple[str, ...]) -> GitRefs:
    """Return a repository with no other branches than those that are told, if any are."""
    if branches:
        repository.refs = {
            each: repository.refs[each] for each in branches if each in repository.refs
        }
        if not repository.refs:
            raise UnreadableError(f"git has none of its branches: {', '.join(branches)}")
        if repository.default not in repository.refs:
            repository.default = next(iter(repository.refs))
    return repository


def _holds_configuration(folder: Path) -> bool:
    return any((folder / root).exists() for root in ROOTS)


def _indexed(path: Path) -> dict[str, dict[str, Any]]:
    try:
        projects = json.loads(path.read_bytes())["projects"]
        entries = [each for each in projects if isinstance(each, dict) and "project" in each]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    plain = {str(each["project"]): each for each in entries}
    full = {f"{each.get('connection')}:{each['project']}": each for each in entries}
    return plain | full
