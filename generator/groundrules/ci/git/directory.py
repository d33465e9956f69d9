"""`GitDirectory`: the parts of a git repository, found without running git.

https://git-scm.com/docs/gitrepository-layout
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from groundrules.ci.errors import UnreadableError
from groundrules.ci.git.confinement import Confinement, small_text

SHARED = ("objects", "refs", "packed-refs", "reftable", "shallow", "config", "info/exclude")


class GitDirectory(Struct, frozen=True, kw_only=True):
    """``folder`` contains HEAD and the index, ``common`` the files that all work trees share.

    ``work_tree`` is None for a bare repository.
    """

    folder: Path
    common: Path
    work_tree: Path | None

    @property
    def indexes(self) -> list[Path]:
        """The index, and the shared index of a split index."""
        return [self.folder / "index", *sorted(self.folder.glob("sharedindex.*"))]

    def setting(self, name: str) -> str:
        """Return a setting of the repository format; empty if it is not set."""
        file = self.common / "config"
        setting = re.search(rf"^\s*{name}\s*=\s*\"?([^\s\"]*)", _text(file), re.I | re.M)
        return setting[1].lower() if setting else ""


def is_bare(folder: Path) -> bool:
    """Return whether a folder has the form of a git directory."""
    # os.path returns False if there is no permission; Path raises
    return os.path.isfile(folder / "HEAD") and os.path.isdir(folder / "objects")  # noqa: PTH112, PTH113


def git_directory(folder: Path, bounds: Confinement | None = None) -> GitDirectory | None:
    """Return the git directory of a folder; None if it is not a git repository.

    Raises `UnreadableError` for one that leads out of ``bounds``, which are None if the user
    named the folder.
    """
    try:
        directory = _directory(folder, bounds)
        if directory and bounds:
            _check(directory, bounds)
    except (OSError, RuntimeError, ValueError) as error:  # a loop of links, a null byte
        reason = getattr(error, "strerror", None) or error
        raise UnreadableError(f"the git repository cannot be read: {reason}") from None
    return directory


def _directory(folder: Path, bounds: Confinement | None) -> GitDirectory | None:
    entry = folder / ".git"
    if entry.exists() or entry.is_symlink():
        return _of_checkout(folder, entry)
    if not is_bare(folder):
        return None
    if bounds:
        bounds.check_bare(folder)
    return _with_common(folder, None)


def _of_checkout(folder: Path, entry: Path) -> GitDirectory:
    if entry.is_dir():
        return _with_common(entry, folder)
    name = small_text(entry).removeprefix("gitdir:").strip()
    return _with_common(folder / name, folder)


def _with_common(folder: Path, work_tree: Path | None) -> GitDirectory:
    file = folder / "commondir"
    common = folder / small_text(file).strip() if file.exists() else folder
    return GitDirectory(folder=folder, common=common, work_tree=work_tree)


def _check(directory: GitDirectory, bounds: Confinement) -> None:
    """Raise `UnreadableError` if a part of a repository is outside the bounds."""
    if (
        directory.work_tree
        and (directory.work_tree / ".git").is_file()
        and _names_work_tree(directory)
    ):
        bounds = replace(
            bounds, within=(*bounds.within, _shared_folder(directory.folder.resolve()))
        )
    shared = (directory.common / name for name in SHARED)
    for place in (
        directory.folder,
        directory.common,
        directory.folder / "HEAD",
        *directory.indexes,
        *shared,
    ):
        bounds.check(place)
    bounds.check_folder(directory.common / "refs")
    bounds.check_folder(directory.common / "reftable")
    bounds.check_objects(directory.common / "objects")


def _names_work_tree(directory: GitDirectory) -> bool:
    """Return whether a git directory and a work tree refer to each other.

    ``git worktree`` and ``git submodule`` write both references.  A change can only add files to
    the work tree, not to a git directory elsewhere.
    """
    work_tree = directory.work_tree.resolve() if directory.work_tree else None
    link = directory.folder / "gitdir"
    if link.is_file():
        return (directory.folder / small_text(link).strip()).resolve().parent == work_tree
    core = re.search(
        r"^\s*worktree\s*=\s*(.*?)\s*$", _text(directory.folder / "config"), re.I | re.M
    )
    return core is not None and (directory.folder / core[1]).resolve() == work_tree


def _shared_folder(folder: Path) -> Path:
    """Return the main git directory of a work tree's: ``X`` of ``X/worktrees/NAME``."""
    return folder.parent.parent if folder.parent.name == "worktrees" else folder


def _text(file: Path) -> str:
    try:
        return small_text(file)
    except UnreadableError:
        return ""
