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
    from groundrules.graphs.words import SystemWords


class Configuration(Protocol):
    """The job graphs of a configuration; the paths of its places start at the manual's root.

    An empty branch is the project's default branch.
    """

    @property
    def words(self) -> SystemWords:
        """How the files of the CI system write what checks suggest."""

    def edition(self, project: str, branch: str) -> Revision:
        """Return which edition of it was read."""

    def pipelines(self, project: str, branch: str) -> tuple[str, ...]:
        """Return the pipelines that run jobs of a project on a branch.

        Raises `NotAvailableError` where it cannot be known, `NotFoundError` where the project or
        the branch is certainly not in the configuration.
        """

    def graph(self, project: str, pipeline: str, branch: str) -> JobGraph | Diagnostic | None:
        """Return one graph, or why there is none; None where the pipeline runs no job of it."""

    def unseen(self, project: str, branch: str) -> Unknowns:
        """Return what may bear on the graphs of a project and is not at hand."""

    def is_defined(self, name: str, project: str, branch: str) -> bool:
        """Return whether a job of that name is defined, on whatever branch.

        ``project`` and ``branch`` are what a repository on its own is taken for.  Raises
        `NotAvailableError`.
        """

    def projects(self, job: str, branch: str) -> tuple[str, ...]:
        """Return where other projects run a job, in words: ``'deploy' of team/config``."""

    def is_run_for(self, job: Job, path: str) -> bool:
        """Return whether the job is one that a change of the file at ``path`` starts."""

    def definitions(self, name: str, project: str, branch: str) -> Definitions:
        """Return everything that it defines, which ``name`` is the manual's name of.

        ``project`` and ``branch`` are what a repository on its own is taken for; where it has
        no such branch, another one is looked at.  Raises `NotAvailableError`.
        """

    def files(self) -> Mapping[str, bytes]:
        """Return the files that were read, by their paths; a snapshot of all branches has many."""
