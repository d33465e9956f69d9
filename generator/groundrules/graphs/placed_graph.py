"""`PlacedGraph`: a graph with its project, pipeline and branch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from groundrules.diagnostics import Diagnostic, Location
from groundrules.graphs.job_graph import JobGraph


def no_entries() -> Mapping[Any, Any]:
    """Return an empty mapping, the default of fields."""
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedGraph:
    """A graph with its project, pipeline and branch.

    ``error`` is the reason why the CI system refuses it; then ``graph`` contains its known part.
    ``mentions`` are the places that add each job to it.
    """

    project: str
    pipeline: str
    branch: str
    graph: JobGraph
    mentions: Mapping[str, tuple[Location, ...]] = field(default_factory=no_entries)
    error: Diagnostic | None = None
    is_whole: bool = True
    """Whether all stanzas and templates that add jobs to it are known."""
    is_default: bool = False
    """Whether its branch is the default branch of the project."""
    is_loaded: bool = True
    """Whether the CI system certainly has its branch, which it ignores if it is not protected."""

    @property
    def branch_names(self) -> tuple[str, ...]:
        """The names of the branch in documented graphs; the default branch can also be empty."""
        return (self.branch, "") if self.is_default else (self.branch,)

    def __str__(self) -> str:
        return f"{self.pipeline} of {self.project} on {self.branch}"
