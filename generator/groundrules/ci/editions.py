"""Which edition of a folder was read: the commit it is at, as git tells it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

LENGTH = 12  # of a commit's name, as people write it


@dataclass(frozen=True, slots=True)
class Edition:
    """What was read, in words; of a commit its full name, and the day that it is from.

    The day is that of the commit, or of the last one that changed a snapshot, so that whoever
    reads the same files is told the same.  It is empty where git does not know.
    """

    words: str = ""
    commit: str = ""
    date: str = ""

    @classmethod
    def of_commit(cls, folder: Path, commit: str, note: str = "") -> Edition:
        """Return the edition that is a commit."""
        date = _git(folder, "show", "--no-patch", "--format=%cs", commit).strip()
        return cls(f"commit {commit[:LENGTH]}{_from(date)}{note}", commit, date)

    @classmethod
    def of_snapshot(cls, folder: Path, digest: str) -> Edition:
        """Return the edition that is a folder of files; ``digest`` stands for what they say."""
        changed = _git(folder, "status", "--porcelain", "--", ".")
        date = "" if changed else _git(folder, "log", "-1", "--format=%cs", "--", ".").strip()
        return cls(f"snapshot {digest[:LENGTH]}{_from(date)}", "", date)


def _from(date: str) -> str:
    return f" of {date}" if date else ""


def commit_of(folder: Path, revision: str = "HEAD") -> str:
    """Return the full name of a commit; empty where git knows none."""
    return _git(
        folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
    ).strip()


def checkout_of(folder: Path, paths: Iterable[str]) -> Edition | None:
    """Return the commit that a folder's files are at; None where there is no git.

    ``paths`` are those whose changes matter.
    """
    commit = commit_of(folder)
    if not commit:
        return None
    changed = _git(folder, "status", "--porcelain", "--", *paths)
    note = " with changes that are not committed" if changed else ""
    return Edition.of_commit(folder, commit, note)


def branch_of(folder: Path) -> str:
    """Return the branch that is checked out, also before its first commit; empty for none."""
    ref = _git(folder, "symbolic-ref", "--quiet", "HEAD").strip()
    return ref.removeprefix("refs/heads/") if ref.startswith("refs/heads/") else ""


def upstream_of(folder: Path, branch: str) -> str:
    """Return what a branch follows, as ``origin/master``; empty where it follows nothing."""
    ref = f"refs/heads/{branch}"
    return _git(folder, "for-each-ref", "--format=%(upstream:short)", ref).strip()


def contains(folder: Path, branch: str, other: str) -> bool:
    """Return whether a branch has every commit of ``other``, a branch or a commit."""
    if not other:
        return False
    told = _git(
        folder, "rev-list", "--count", "--max-count=1", other, f"^refs/heads/{branch}", "--"
    )
    return told.strip() == "0"


def refs_of(folder: Path) -> str:
    """Return every branch and tag of a git repository with its commit, and what HEAD is."""
    return _git(folder, "show-ref", "--head") + _git(folder, "rev-parse", "--abbrev-ref", "HEAD")


def _git(folder: Path, *arguments: str) -> str:
    """Return what git says; empty where it says no, or is not there.

    Nothing that a stranger's repository configures is started.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(  # noqa: S603
            ["git", "-c", "core.fsmonitor=false", "-C", str(folder), *arguments],  # noqa: S607
            capture_output=True,
            check=True,
            env={**kept, "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1"},
            timeout=60,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "replace")
