"""`GraphQuestion`: which graphs ``groundrules graph`` is asked for; each CI system answers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from groundrules.cache_folder import cache_folder
from groundrules.graphs.definitions import Definitions

if TYPE_CHECKING:
    from groundrules.diagnostics import Diagnostic
    from groundrules.graphs.shown_graph import ShownGraph


class AskedError(ValueError):
    """A question without an answer: the message says what could be asked."""


class BrokenError(Exception):
    """A configuration that cannot be used; ``findings`` say why and where."""

    def __init__(self, findings: Sequence[Diagnostic]) -> None:
        super().__init__("; ".join(map(str, findings)))
        self.findings = tuple(findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphQuestion:
    """What is asked: where the configuration is, and which of its graphs.

    Without a ``tenant_file``, ``root`` is one repository, resolved on its own as the ``project``.
    ``cache`` is a folder, or None for no cache.
    """

    root: Path
    tenant_file: Path | None = None
    tenant: str | None = None
    hosts: dict[str, str] = field(default_factory=dict)
    project: str | None = None
    pipeline: str | None = None
    branch: str | None = None
    job: str | None = None
    why: tuple[str, str] | None = None
    all: bool = False
    cache: Path | None = field(default_factory=cache_folder)

    @property
    def wanted_job(self) -> str | None:
        """The job that a graph has to have; None where any graph will do."""
        return self.why[0] if self.why else self.job

    @property
    def is_of_one(self) -> bool:
        """Whether one graph is asked for, and not as many as there are."""
        return not self.all and self.pipeline is not None


class AskedGraphs(Protocol):
    """The graphs that are asked for, resolved when they are wanted."""

    @property
    def place(self) -> str:
        """The name of where their configuration is."""

    @property
    def digest(self) -> str:
        """A digest of everything that they are made from."""

    def graphs(self) -> Sequence[ShownGraph]:
        """Return them.  Raises `AskedError` for a project, branch or job that is not there."""

    def findings(self) -> Sequence[Diagnostic]:
        """Return what is wrong in the configuration, and what is defined elsewhere."""

    def mistakes(self) -> Sequence[Diagnostic]:
        """Return only what is wrong in it."""

    def origins(self) -> Definitions:
        """Return the files and branches that findings are in."""


@dataclass(frozen=True, kw_only=True)
class ReadyGraphs:
    """The `AskedGraphs` of a CI system that has them at once."""

    shown: Sequence[ShownGraph]
    place: str
    digest: str
    wrong: Sequence[Diagnostic] = ()

    def graphs(self) -> Sequence[ShownGraph]:
        """Return them."""
        return self.shown

    def findings(self) -> Sequence[Diagnostic]:
        """Return what is wrong in the configuration."""
        return self.wrong

    def mistakes(self) -> Sequence[Diagnostic]:
        """Return the same: nothing is defined elsewhere."""
        return self.wrong

    def origins(self) -> Definitions:
        """Return no branch: the configuration has one."""
        return Definitions()
