"""`GraphQuestion`: the graphs that ``groundrules graph`` has to show."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct, field

from groundrules.cache_folder import cache_folder
from groundrules.graphs.definitions import Definitions

if TYPE_CHECKING:
    from groundrules.diagnostics import Diagnostic
    from groundrules.graphs.shown_graph import ShownGraph


MISTAKES = ": use --findings to list mistakes"
"""The end of a message, which is left out where the mistakes are listed."""


class AskedError(ValueError):
    """A question that cannot be answered; the message says what to ask instead."""


class GraphQuestion(Struct, frozen=True, kw_only=True):
    """The place of a configuration, and which of its graphs are requested.

    Without a ``tenant_file``, ``root`` is one repository, resolved on its own as the ``project``.
    ``cache`` is a folder, or None for no cache.
    """

    root: Path
    tenant_file: Path | None = None
    tenant: str | None = None
    hosts: dict[str, str] = {}
    project: str | None = None
    pipeline: str | None = None
    branch: str | None = None
    job: str | None = None
    why: tuple[str, str] | None = None
    all: bool = False
    cache: Path | None = field(default_factory=cache_folder)

    @property
    def wanted_job(self) -> str | None:
        """The job that a graph must contain; None if any graph is accepted."""
        return self.why[0] if self.why else self.job

    @property
    def has_others(self) -> bool:
        """Whether the other projects that one repository configures are requested too."""
        return self.all and not self.project

    @property
    def is_of_everything(self) -> bool:
        """Whether every graph is requested."""
        chosen = (self.project, self.pipeline, self.branch, self.wanted_job)
        return self.all and not any(chosen)

    @property
    def is_of_one(self) -> bool:
        """Whether a single graph is requested."""
        return not self.all and self.pipeline is not None


class AskedGraphs(Protocol):
    """The requested graphs, which are resolved when they are needed."""

    @property
    def place(self) -> str:
        """The name of the place of their configuration."""

    @property
    def digest(self) -> str:
        """A digest of all their input."""

    def graphs(self) -> Sequence[ShownGraph]:
        """Return the graphs.  Raises `AskedError` for an unknown project, branch or job."""

    def findings(self) -> Sequence[Diagnostic]:
        """Return the mistakes in the configuration, and the names that are defined elsewhere."""

    def mistakes(self) -> Sequence[Diagnostic]:
        """Return only the mistakes."""

    @property
    def notes(self) -> Sequence[str]:
        """What was assumed, such as the branch of the checkout, and which graphs are not shown."""

    def origins(self) -> Definitions:
        """Return the files and branches that findings are in, the pipelines and semaphores.

        The latter are known once the graphs are.
        """
