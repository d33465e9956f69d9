"""Git repositories as tests need them: made by git itself, and then what an attacker would do."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

JOB = "- job: {name: unit, parent: null}\n- project: {check: {jobs: [unit]}}\n"


SETTINGS = (
    *("user.name=T", "user.email=t@example.org", "protocol.file.allow=always"),
    *("maintenance.auto=false", "core.fsync=none"),  # a process and a wait for each commit
)


def git(folder: Path, *arguments: str, stdin: str = "", day: str = "") -> str:
    """Return what git prints; commits are of a ``day``, if one is given."""
    said = [part for setting in SETTINGS for part in ("-c", setting)]
    unset = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    if day:
        unset |= dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), f"{day}T12:00:00+0000")
    done = subprocess.run(
        ["git", "-C", folder, *said, *arguments],
        check=True, env={**unset, "GIT_CONFIG_GLOBAL": os.devnull}, input=stdin.encode("latin-1"),
        capture_output=True,
    )  # fmt: skip
    return done.stdout.decode().strip()


def repository(folder: Path, text: str = JOB) -> Path:
    """Make a repository with one commit, in which Zuul's file says ``text``."""
    folder.mkdir(parents=True)
    (folder / ".zuul.yaml").write_text(text)
    git(folder, "init", "-q", "-b", "master")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "One")
    return folder


def as_bait(folder: Path) -> Path:
    """Make what ``.git`` holds stand in the folder itself, where a change can bring it."""
    for each in (folder / ".git").iterdir():
        each.rename(folder / each.name)
    (folder / ".git").rmdir()
    return folder


def committed(folder: Path, text: str) -> None:
    """Commit a text as the configuration of a repository."""
    (folder / ".zuul.yaml").write_text(text)
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "One")


def tenant_around(root: Path) -> Path:
    """Write a tenant of a config project and of ``app`` beside it; return the tenant file."""
    (root / "config").mkdir()
    (root / "config/zuul.yaml").write_text(
        "- pipeline: {name: check, manager: independent}\n"
        "- job: {name: base, parent: null, run: play.yaml}\n"
    )
    (root / "main.yaml").write_text(
        "- tenant: {name: t, source: {git: {config-projects: [config], "
        "untrusted-projects: [app]}}}\n"
    )
    return root / "main.yaml"
