"""The paths on a branch of a repository, which file matchers are compared with."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from groundrules.ci.errors import UnreadableError
from groundrules.ci.git import Confinement, Git, git_directory
from groundrules.ci.zuul.layout.tenant import TenantProject
from groundrules.ci.zuul.sources.gitrefs import GitRefs, Worktree
from groundrules.ci.zuul.sources.project_folders import Root
from groundrules.ci.zuul.sources.repositories import Checkout, Repository, Snapshot
from groundrules.confined import MOST, Confined
from groundrules.graphs.trees import Tree


class TenantTrees(Struct, frozen=True):
    """Reads the trees of projects from their repositories, within ``bounds``."""

    repository: Callable[[TenantProject], Repository]
    bounds: Confinement | None = None

    def tree(self, project: TenantProject, branch: str, playbooks: frozenset[str]) -> Tree | None:
        """Return the paths of a branch; None if not all of them are known.

        Git knows all of them.  A folder without git may be a copy of only the configuration,
        unless it also contains one of the ``playbooks`` of its jobs.
        """
        try:
            repository = self.repository(project)
            paths = self._paths(repository, branch)
        except (UnreadableError, OSError):
            return None
        if len(paths) >= MOST or not (_is_of_git(repository) or _has_any(paths, playbooks)):
            return None
        return paths

    def _paths(self, repository: Repository, branch: str) -> Tree:
        match repository:
            case GitRefs():
                with closing(repository):
                    return repository.paths(branch)
            case Checkout():
                return self._files(repository.folder)
            case Worktree():
                with closing(repository):
                    return self._paths(repository.of(branch), branch)
            case Snapshot():
                folder = repository.folder_of(branch)
                return _walked(folder) if folder else frozenset()
        return frozenset()

    def _files(self, folder: Confined) -> Tree:
        directory = git_directory(folder.folder, self.bounds)
        if directory is None or directory.work_tree is None:
            return _walked(folder)
        with closing(Git(directory)) as git:
            return git.listed(MOST)


def trees_of_tenant(root: Path, bounds: Confinement | None = None) -> TenantTrees:
    """Return the trees of the repositories below ``root``."""
    places = Root(root, bounds)
    return TenantTrees(lambda project: places.repository(project.name, project.connection), bounds)


def _is_of_git(repository: Repository) -> bool:
    if isinstance(repository, Checkout):
        return repository.folder.kind(".git") is not None
    return isinstance(repository, GitRefs | Worktree)


def _has_any(paths: Tree, playbooks: frozenset[str]) -> bool:
    """Return whether the paths contain a playbook; in Zuul its extension is optional."""
    return any(
        f"{playbook}{end}" in paths for playbook in playbooks for end in ("", ".yaml", ".yml")
    )


def _walked(folder: Confined) -> Tree:
    return frozenset(entry.path for entry in folder.walk(without=frozenset({".git"})))
