"""What ``groundrules graph`` asks a CI system, and the answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from groundrules.cache_folder import cache_folder
from groundrules.diagnostics import Diagnostic


class AskedError(ValueError):
    """A question that makes no sense: what is wrong with it, and what could be asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphQuestion:
    """Where the configuration is, which graphs are wanted, in which format.

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
    format: str = "text"
    cache: Path | None = field(default_factory=cache_folder)

    @property
    def wanted_job(self) -> str | None:
        """The job that a graph has to have; None where any graph will do."""
        return self.why[0] if self.why else self.job

    @property
    def wants_all_lines(self) -> bool:
        """Whether every graph is wanted as a line, whatever is in it."""
        return self.all and self.format == "jsonl" and self.wanted_job is None


@dataclass(frozen=True, slots=True)
class GraphAnswer:
    """The text, whether a graph that was asked for could not be built, and the findings."""

    text: str
    has_error: bool = False
    findings: tuple[Diagnostic, ...] | None = None
    """None when the answer came from the cache and the configuration was not read."""
