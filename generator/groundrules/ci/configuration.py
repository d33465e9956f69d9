"""One real configuration, whichever CI system reads it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Protocol

from groundrules.definitions import Definitions
from groundrules.diagnostics import Diagnostic
from groundrules.graph import Job, JobGraph


class NotAtHandError(Exception):
    """A configuration, or what a graph needs of it, that is not at hand; the message says why."""


class UnreadableError(Exception):
    """A file or repository that cannot be read, and what to do about it."""


class Configuration(Protocol):
    """The job graphs of a configuration; the paths of its places start at the manual's root."""

    @property
    def read_at(self) -> datetime.datetime:
        """When it was read."""

    def edition(self, project: str, branch: str) -> str:
        """Return what was read, in words: ``commit 1a2b3c4d5e6f``, ``snapshot 0f1e2d3c4b5a``."""

    def pipelines(self, project: str, branch: str) -> tuple[str, ...]:
        """Return the pipelines that run jobs of a project on a branch.

        Raises `NotAtHandError` where the project or the branch is not in the configuration.
        """

    def graph(self, project: str, pipeline: str, branch: str) -> JobGraph | Diagnostic | None:
        """Return one graph, or why there is none; None where the pipeline runs no job of it."""

    def elsewhere(self, project: str, branch: str) -> frozenset[str]:
        """Return the jobs whose definition is not at hand: what it says of them is not known."""

    def is_run_for(self, job: Job, path: str) -> bool:
        """Return whether the job is one that a change of the file at ``path`` starts."""

    def definitions(self, name: str, project: str, branch: str) -> Definitions:
        """Return everything that it defines, which ``name`` is the manual's name of.

        ``project`` and ``branch`` are what a repository on its own is taken for.  Raises
        `NotAtHandError`.
        """

    def files(self) -> Mapping[str, bytes]:
        """Return the files that were read, by their paths; a snapshot of all branches has many."""
