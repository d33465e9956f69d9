"""The interface of a real configuration of any CI system."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from groundrules.ci.revisions import Revision
    from groundrules.ci.supply import Supply
    from groundrules.ci.wish import Encoder
    from groundrules.diagnostics import Diagnostic
    from groundrules.graphs.change_rules import ChangeRules
    from groundrules.graphs.definitions import Definitions, Semaphore
    from groundrules.graphs.elements import Job
    from groundrules.graphs.impact import Impact
    from groundrules.graphs.job_graph import JobGraph
    from groundrules.graphs.unknowns import Unknowns
    from groundrules.graphs.usage import Usage, UsageNames
    from groundrules.graphs.words import SystemWords


class Configuration(Protocol):
    """The job graphs of a configuration; paths are relative to the manual's root.

    An empty branch is the project's default branch.  A repository on its own is read as the
    ``project`` and ``branch`` of a method.  Methods with these raise `NotAvailableError`.
    """

    @property
    def words(self) -> SystemWords:
        """The syntax of suggestions in the files of the CI system."""

    def edition(self, project: str, branch: str) -> Revision:
        """Return the commit or snapshot that was read."""

    def pipelines(self, project: str, branch: str) -> tuple[str, ...]:
        """Return the pipelines that run jobs of a project on a branch.

        Raises `NotFoundError` too, if the configuration does not have the project or branch.
        """

    def graph(self, project: str, pipeline: str, branch: str) -> JobGraph | Diagnostic | None:
        """Return one graph, or why there is none; None if the pipeline runs no job of it."""

    def configured_projects(self, branch: str) -> tuple[str, ...]:
        """Return the projects that are in a pipeline on a branch and whose repository is there."""

    def own_project(self, branch: str) -> str:
        """Return the project of a repository on its own; empty for others, or if not known."""

    def supply(self, project: str, branch: str) -> Supply:
        """Return the labels and providers that it defines, and the labels that it requests."""

    def description(self, job: Job) -> str:
        """Return what a job of one of its graphs does, in the configuration's words, or nothing."""

    def unseen(self, project: str, branch: str) -> Unknowns:
        """Return the unavailable parts that may change the graphs of a project."""

    def change_rules(self, project: str, pipeline: str, branch: str) -> ChangeRules | None:
        """Return for which changed files the jobs of a graph run; None if that is not known."""

    def is_defined(self, name: str, project: str, branch: str) -> bool:
        """Return whether a job of that name is defined, on any branch."""

    def semaphore(self, name: str, project: str, branch: str) -> Semaphore | None:
        """Return a semaphore that jobs of a project hold, with its limit; None if not known."""

    def projects(self, job: str, branch: str) -> tuple[str, ...]:
        """Return where other projects run a job, in words: ``'deploy' of team/config``."""

    def is_run_for(self, job: Job, path: str) -> bool:
        """Return whether a change of the file at ``path`` starts the job."""

    def definitions(self, name: str, project: str, branch: str) -> Definitions:
        """Return everything that it defines; ``name`` is its name in the manual.

        If a repository on its own does not have the branch, another one is read.
        """

    def impact(self, kind: str, name: str, project: str, branch: str) -> Impact:
        """Return what an object touches; see `groundrules.ci.impact_question.KINDS`.

        Raises `AskedError` too, for a name that is not known.
        """

    def usage(self, names: UsageNames, project: str, branch: str) -> Usage:
        """Return who uses labels and jobs, all found in one pass over the graphs."""

    def files(self) -> Mapping[str, bytes]:
        """Return the files that were read, by their paths; a snapshot of all branches has many."""

    def encoder(self, project: str, branch: str) -> Encoder:
        """Return what writes dependencies of a project's jobs.  Raises as `pipelines` does."""
