"""`Revision`: the commit or snapshot of a configuration that was read."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import closing, suppress
from pathlib import Path, PurePosixPath
from typing import TypeVar

from msgspec import Struct

from groundrules.checkout import checkout_around
from groundrules.ci.errors import UnreadableError
from groundrules.ci.git import Confinement, Git, git_directory
from groundrules.confined import Confined, EntryKind

LENGTH = 12  # number of shown characters of a commit's name
SUFFIXES = (".yaml", ".yml")  # of the files of a snapshot
T = TypeVar("T")
_STEPS = re.compile(r"(?:[~^]\d*)+$")


class Revision(Struct, frozen=True):
    """A revision as text, with the full name of a commit and its day.

    The day is that of the commit, or of the last commit that changed a snapshot, so that two
    builds from the same files show the same day.  It is empty if git does not know it.
    """

    words: str = ""
    commit: str = ""
    date: str = ""


def revision_of(git: Git, commit: str, note: str = "") -> Revision:
    """Return the revision of a commit.  Raises `UnreadableError`."""
    day = git.day(commit)
    return Revision(f"commit {commit[:LENGTH]}{_from(day)}{note}", commit, day)


def commit_of(folder: Path, bounds: Confinement | None = None) -> str:
    """Return the commit of the checkout around a folder; empty if there is none."""
    return _answer(folder, bounds, Git.commit) or ""


def named_commit(folder: Path, revision: str) -> str:
    """Return the commit of a revision as users write it, in the checkout around a folder."""
    return _answer(folder, _own(folder), lambda git: git.commit(revision)) or ""


def split_steps(revision: str) -> tuple[str, str]:
    """Return the name of a revision, and the steps from it to an ancestor.

    >>> split_steps("v1~2^"), split_steps("v1")
    (('v1', '~2^'), ('v1', ''))
    """
    steps = _STEPS.search(revision)
    return (revision[: steps.start()], steps[0]) if steps else (revision, "")


def checkout_of(
    folder: Path, files: Iterable[str], wanted: Sequence[str], bounds: Confinement | None = None
) -> Revision | None:
    """Return the commit of a folder's files; None without git.

    ``files`` were read, ``wanted`` are the paths of possible other files.  They are compared with
    the committed files byte for byte, because git's own comparison runs the filters that a
    repository configures.
    """

    def compared(git: Git) -> Revision | None:
        if not (commit := git.commit()):
            return None
        same = _hashed(folder, files, commit) == _committed(git, folder, commit, wanted)
        return revision_of(git, commit, "" if same else " with changes that are not committed")

    return _answer(folder, bounds, compared)


def snapshot_of(
    folder: Path, files: Collection[str], digest: str, bounds: Confinement | None = None
) -> Revision:
    """Return the revision of a folder that is not a checkout; ``digest`` is that of its files.

    Its day is that of the last commit that changed it, if it is in a repository and all of it is
    committed.
    """
    wanted = sorted({PurePosixPath(path).parts[0] for path in files})

    def day(git: Git) -> str:
        if not (commit := git.commit()):
            return ""
        listed = _committed(git, folder, commit, wanted)
        committed = {path: name for path, name in listed.items() if path.endswith(SUFFIXES)}
        changed = _hashed(folder, {*files, *committed}, commit) != committed
        return "" if changed else git.last_day(_below(git, folder))

    date = _answer(folder, bounds, day) or ""
    return Revision(f"snapshot {digest[:LENGTH]}{_from(date)}", "", date)


def last_day_of(folder: Path) -> str:
    """Return the day of the last commit that changed a folder; empty where git does not know."""
    return _answer(folder, _own(folder), lambda git: git.last_day(_below(git, folder))) or ""


def state_of_refs(folder: Path, bounds: Confinement | None = None) -> str:
    """Return a text that changes if any ref or HEAD of a git repository changes."""
    with suppress(UnreadableError):
        if directory := git_directory(folder, bounds):
            with closing(Git(directory)) as git:
                return git.state()
    return ""


def _answer(folder: Path, bounds: Confinement | None, question: Callable[[Git], T]) -> T | None:
    """Return git's answer about the checkout around a folder, or None."""
    with suppress(UnreadableError):
        top = checkout_around(folder)
        directory = git_directory(top, bounds) if top else None
        if directory:
            with closing(Git(directory)) as git:
                return question(git)
    return None


def _own(folder: Path) -> Confinement:
    """Return the bounds of the checkout around a folder."""
    own = checkout_around(folder) or folder
    return Confinement(within=(own,), own=own)


def _from(day: str) -> str:
    return f" of {day}" if day else ""


def _committed(git: Git, folder: Path, commit: str, wanted: Sequence[str]) -> dict[str, str]:
    with suppress(UnreadableError):  # a folder that is not in the commit
        return dict(git.files(f"{commit}:{_below(git, folder)}", wanted))
    return {}


def _below(git: Git, folder: Path) -> str:
    """Return the path of a folder below the top of the work tree; empty for the top itself."""
    top = (git.directory.work_tree or folder).resolve()
    below = folder.resolve().relative_to(top).as_posix()
    return "" if below == "." else below


def _hashed(folder: Path, files: Iterable[str], commit: str) -> dict[str, str]:
    confined = Confined(folder)
    return {path: _identity(confined, path, len(commit)) for path in files}


def _identity(folder: Confined, path: str, length: int) -> str:
    """Return git's name for the content of a file, of ``length`` digits; empty for none.

    https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
    """
    try:
        if folder.entry(path).kind is EntryKind.LINK:
            data = os.readlink(folder.folder / path).encode()  # noqa: PTH115
        else:
            data = folder.read(path)
    except OSError:
        return ""
    # a Python in FIPS mode has SHA-1 only with usedforsecurity=False
    name = hashlib.sha1(usedforsecurity=False) if length == 40 else hashlib.sha256()
    name.update(b"blob %d\0" % len(data) + data)
    return name.hexdigest()
