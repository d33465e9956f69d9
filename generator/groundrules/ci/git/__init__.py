"""Git repositories, read with git's plumbing commands; their configuration is ignored."""

from __future__ import annotations

from groundrules.ci.git.confinement import Confinement
from groundrules.ci.git.difference import ChangedPath, ChangedPaths, difference, own_commits
from groundrules.ci.git.directory import GitDirectory, git_directory, is_bare
from groundrules.ci.git.git import Git

__all__ = [
    "ChangedPath",
    "ChangedPaths",
    "Confinement",
    "Git",
    "GitDirectory",
    "difference",
    "git_directory",
    "is_bare",
    "own_commits",
]
