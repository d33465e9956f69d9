"""One real configuration, whichever CI system reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from groundrules.ci.revisions import Revision
    from groundrules.diagnostics import Diagnostic
    from groundrules.graphs.definitions import Definitions
    from groundrules.graphs.job_graph import Job, JobGraph
    from groundrules.graphs.unknowns import Unknowns


class NotAtHandError(Exception):
    """A configuration, or what a graph needs of it, that is not at hand; the message says why."""


class UnreadableError(Exception):
    """A file or repository that cannot be read, and what to do about it."""


class NotThereError(Exception):
    """A project or branch (``kind``) that a configuration does not have; the message says so."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class Configuration(Protocol):
    """The job graphs of a configuration; the paths of its places start at the manual's root."""

    def edition(self, project: str, branch: str) -> Revision:
        """Return which edition of it was read."""

    def pipelines(self, project: str, branch: str) -> tuple[str, ...]:
        """Return the pipelines that run jobs of a project on a branch.

        Raises `NotAtHandError` where it cannot be known, `NotThereError` where the project or
        the branch is certainly not in the configuration.
        """

    def graph(self, project: str, pipeline: str, branch: str) -> JobGraph | Diagnostic | None:
        """Return one graph, or why there is none; None where the pipeline runs no job of it."""

    def unseen(self, project: str, branch: str) -> Unknowns:
        """Return what may bear on the graphs of a project and is not at hand."""

    def is_defined(self, name: str, project: str, branch: str) -> bool:
        """Return whether a job of that name is defined, on whatever branch.

        ``project`` and ``branch`` are what a repository on its own is taken for.  Raises
        `NotAtHandError`.
        """

    def projects(self, job: str, branch: str) -> tuple[str, ...]:
        """Return where other projects run a job, in words: ``'deploy' of team/config``."""

    def is_run_for(self, job: Job, path: str) -> bool:
        """Return whether the job is one that a change of the file at ``path`` starts."""

    def definitions(self, name: str, project: str, branch: str) -> Definitions:
        """Return everything that it defines, which ``name`` is the manual's name of.

        ``project`` and ``branch`` are what a repository on its own is taken for; where it has
        no such branch, another one is looked at.  Raises `NotAtHandError`.
        """

    def files(self) -> Mapping[str, bytes]:
        """Return the files that were read, by their paths; a snapshot of all branches has many."""
