"""Which edition of a folder was read: the commit it is at, as git tells it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from pathlib import Path

from groundrules.ci.configuration import UnreadableError
from groundrules.ci.git import Bounds, Git, checkout_around, git_directory

LENGTH = 12  # of a commit's name, as people write it


def named(commit: str) -> str:
    """Return a commit's name in words."""
    return f"commit {commit[:LENGTH]}"


def commit_of(folder: Path, bounds: Bounds | None = None) -> str:
    """Return the commit that the checkout around a folder is at; empty where there is none."""
    with suppress(UnreadableError):
        if git := _git(folder, bounds):
            with closing(git):
                return git.commit()
    return ""


def checkout_of(
    folder: Path, files: Iterable[str], wanted: Sequence[str], bounds: Bounds | None = None
) -> str:
    """Return the commit that a folder's files are at, in words; empty where there is no git.

    ``files`` are those that were read, ``wanted`` the places where they are looked for.  They
    are held against the committed ones byte for byte: git's own comparison runs the filters
    that a repository asks for.
    """
    with suppress(UnreadableError):
        if git := _git(folder, bounds):
            with closing(git):
                return _compared(git, folder, files, wanted)
    return ""


def state_of_refs(folder: Path, bounds: Bounds | None = None) -> str:
    """Return what changes with every branch and tag of a git repository, and with its HEAD."""
    with suppress(UnreadableError):
        if directory := git_directory(folder, bounds):
            with closing(Git(directory)) as git:
                return git.state()
    return ""


def _git(folder: Path, bounds: Bounds | None) -> Git | None:
    top = checkout_around(folder)
    directory = git_directory(top, bounds) if top else None
    return Git(directory) if directory else None


def _compared(git: Git, folder: Path, files: Iterable[str], wanted: Sequence[str]) -> str:
    commit = git.commit()
    if not commit:
        return ""
    committed = {}
    with suppress(UnreadableError):  # a folder that is not in the commit
        committed = dict(git.files(_tree(git, folder, commit), wanted))
    hashed = {path: _identity(folder / path, len(commit)) for path in files}
    return f"{named(commit)}{'' if hashed == committed else ' with changes that are not committed'}"


def _tree(git: Git, folder: Path, commit: str) -> str:
    """Return git's name of the tree that stands for a folder."""
    top = (git.directory.work_tree or folder).resolve()
    below = folder.resolve().relative_to(top).as_posix()
    return f"{commit}:{'' if below == '.' else below}"


def _identity(path: Path, length: int) -> str:
    """Return the name that git gives to a file's content, of ``length`` digits; empty for none.

    https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
    """
    try:
        data = os.readlink(path).encode() if path.is_symlink() else path.read_bytes()  # noqa: PTH115
    except OSError:
        return ""
    found = hashlib.sha1(usedforsecurity=False) if length == 40 else hashlib.sha256()
    found.update(b"blob %d\0" % len(data) + data)
    return found.hexdigest()
