"""The git repositories inside a folder that is none itself, which are not branches of one project.

The work trees of one repository can be (https://git-scm.com/docs/git-worktree).
"""

from __future__ import annotations

import os
from collections.abc import Collection

from groundrules.ci.errors import UnreadableError
from groundrules.confined import Confined, EntryKind
from groundrules.text import counted, listed

LONGEST = 4096
MOST = 5
WORK_TREES = f"{os.sep}worktrees{os.sep}"


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
