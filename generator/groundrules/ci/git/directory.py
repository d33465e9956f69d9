"""`GitDirectory`: where a git repository keeps its parts, found without running git.

https://git-scm.com/docs/gitrepository-layout
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from pathlib import Path

from groundrules.ci.errors import UnreadableError
from groundrules.ci.git.bounds import Confinement, small_text

SHARED = ("objects", "refs", "packed-refs", "reftable", "shallow", "config", "info/exclude")


@dataclass(frozen=True, slots=True, kw_only=True)
class GitDirectory:
    """``folder`` has HEAD and the index, ``common`` what all work trees share.

    ``work_tree`` is None for a bare repository.
    """

    folder: Path
    common: Path
    work_tree: Path | None

    @property
    def indexes(self) -> list[Path]:
        """The index, and the part of it that several share."""
        return [self.folder / "index", *sorted(self.folder.glob("sharedindex.*"))]

    def setting(self, name: str) -> str:
        """Return a setting that tells the form of the repository; empty where it is not set."""
        file = self.common / "config"
        found = re.search(rf"^\s*{name}\s*=\s*\"?([^\s\"]*)", _text(file), re.I | re.M)
        return found[1].lower() if found else ""


def is_bare(folder: Path) -> bool:
    """Return whether a folder has the form of a git directory."""
    # os.path returns False where there is no permission; Path raises
    return os.path.isfile(folder / "HEAD") and os.path.isdir(folder / "objects")  # noqa: PTH112, PTH113


def git_directory(folder: Path, bounds: Confinement | None = None) -> GitDirectory | None:
    """Return the git directory of a folder; None where it is no git repository.

    Raises `UnreadableError` for one that leads out of ``bounds``, which are None where the
    user named it.
    """
    try:
        found = _found(folder, bounds)
        if found and bounds:
            _check(found, bounds)
    except (OSError, RuntimeError, ValueError) as error:  # a loop of links, a null byte
        reason = getattr(error, "strerror", None) or error
        raise UnreadableError(f"the git repository cannot be read: {reason}") from None
    return found


def _found(folder: Path, bounds: Confinement | None) -> GitDirectory | None:
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


def _check(found: GitDirectory, bounds: Confinement) -> None:
    """Raise `UnreadableError` where a part of a repository leads out of the bounds."""
    if found.work_tree and (found.work_tree / ".git").is_file() and _knows(found):
        bounds = replace(bounds, within=(*bounds.within, _shared_folder(found.folder.resolve())))
    shared = (found.common / name for name in SHARED)
    for place in (found.folder, found.common, found.folder / "HEAD", *found.indexes, *shared):
        bounds.check(place)
    bounds.check_folder(found.common / "refs")
    bounds.check_folder(found.common / "reftable")
    bounds.check_objects(found.common / "objects")


def _knows(found: GitDirectory) -> bool:
    """Return whether a git directory names the work tree that names it.

    ``git worktree`` and ``git submodule`` write both; who only brings files to the work tree
    cannot write into a git directory elsewhere.
    """
    work_tree = found.work_tree.resolve() if found.work_tree else None
    link = found.folder / "gitdir"
    if link.is_file():
        return (found.folder / small_text(link).strip()).resolve().parent == work_tree
    core = re.search(r"^\s*worktree\s*=\s*(.*?)\s*$", _text(found.folder / "config"), re.I | re.M)
    return core is not None and (found.folder / core[1]).resolve() == work_tree


def _shared_folder(folder: Path) -> Path:
    """Return what a work tree's git directory belongs to, by its place: ``X/worktrees/NAME``."""
    return folder.parent.parent if folder.parent.name == "worktrees" else folder


def _text(file: Path) -> str:
    try:
        return small_text(file)
    except UnreadableError:
        return ""
