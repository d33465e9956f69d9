"""`Definitions`: what a real configuration defines and where it runs, for any CI system.

Beside `groundrules.graphs.job_graph`, and like it without knowledge of a CI system: packages of
`groundrules.ci` fill it, checks read it.  Everything here is frozen and plain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

from msgspec import Struct

from groundrules.diagnostics import Diagnostic, Location
from groundrules.graphs.elements import NameAt
from groundrules.graphs.job_graph import JobGraph
from groundrules.graphs.words import SystemWords

Value = TypeVar("Value")


def _no_entries() -> Mapping[str, Value]:
    return MappingProxyType({})


class SourceFile(Struct, frozen=True):
    """A file of a configuration: its project and branch, and its path in the repository."""

    project: str
    branch: str
    path: str


class PipelineUse(Struct, frozen=True):
    """A project stanza or template (``project``) that adds jobs to a pipeline."""

    pipeline: str
    project: str
    location: Location
    is_template: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMatcher:
    """An expression of which a changed file has to match one, or (``irrelevant``) none other.

    ``matches`` asks the CI system's own engine.
    """

    pattern: str
    location: Location
    irrelevant: bool = False
    matches: Callable[[str], bool] = field(compare=False, repr=False)


class Nodeset(Struct, frozen=True, kw_only=True):
    """A named group of nodes; ``labels`` includes those of alternatives written inside it."""

    name: str
    project: str
    location: Location
    labels: tuple[NameAt, ...] = ()
    is_empty: bool = False
    """Whether it holds no node and leads to no other nodeset."""


class DefinedVariant(Struct, frozen=True, kw_only=True):
    """One definition of a job or one mention of it in a pipeline: what it says itself.

    ``project`` is whose job it is to be: that of the file, or the project that a mention is for.
    """

    job: str
    project: str
    branch: str
    location: Location
    is_mention: bool = False
    is_abstract: bool = False
    is_voting: bool | None = None
    parent: str | None = None
    dependencies: tuple[str, ...] = ()
    matchers: tuple[FileMatcher, ...] = ()
    semaphores: tuple[NameAt, ...] = ()
    nodeset: NameAt | None = None
    labels: tuple[NameAt, ...] = ()
    """The labels of a nodeset that is written in the job."""


class Semaphore(Struct, frozen=True, kw_only=True):
    """How many jobs may hold a name at once; ``location`` is None when it is not defined."""

    name: str
    limit: int = 1
    location: Location | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedGraph:
    """A graph and where it runs.

    ``error`` is why the CI system refuses it: ``graph`` then holds its known part.
    ``mentions`` are the places that bring each job into it.
    """

    project: str
    pipeline: str
    branch: str
    graph: JobGraph
    mentions: Mapping[str, tuple[Location, ...]] = field(default_factory=_no_entries)
    error: str | None = None
    is_whole: bool = True
    """Whether all stanzas and templates that bring jobs into it are known."""
    is_default: bool = False
    """Whether its branch is the default branch of the project."""

    @property
    def branch_names(self) -> tuple[str, ...]:
        """The names of the branch in documented graphs: also empty for the default branch."""
        return (self.branch, "") if self.is_default else (self.branch,)

    def __str__(self) -> str:
        return f"{self.pipeline} of {self.project} on {self.branch}"


@dataclass(frozen=True, kw_only=True)
class Definitions:
    """Everything a configuration defines; ``name`` is what the manual calls it.

    ``trees`` holds the paths of a project's branch where all of them are known, not only
    configuration; it may read them on request.  ``shared`` are the projects whose objects
    others use or are meant to use.  ``missing`` are projects without any available file,
    ``unread`` those whose configuration it does not read, and ``lost`` the files that cannot be
    read, so that their content is unknown.
    """

    name: str = ""
    definitions: Mapping[str, tuple[DefinedVariant, ...]] = field(default_factory=_no_entries)
    mentions: tuple[DefinedVariant, ...] = ()
    nodesets: Mapping[str, Nodeset] = field(default_factory=_no_entries)
    semaphores: Mapping[str, Semaphore] = field(default_factory=_no_entries)
    graphs: tuple[PlacedGraph, ...] = ()
    trees: Mapping[tuple[str, str], frozenset[str]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    shared: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()
    lost_mentions: frozenset[str] = frozenset()
    """The jobs that are named by an object that is refused."""

    broken: frozenset[str] = frozenset()
    """The projects with a broken object, whose jobs are unknown."""

    mistakes: tuple[Diagnostic, ...] = ()
    """The mistakes in it that the CI system itself reports."""
    unsure_branches: frozenset[tuple[str, str]] = frozenset()
    """The branches with mistakes that do not count, since it may not have these branches.

    Each comes with its project.
    """

    is_complete: bool = True
    """Whether every repository that belongs to it is available."""

    words: SystemWords = field(default_factory=SystemWords)
    """How its files write what a check suggests."""

    pipelines: frozenset[str] = frozenset()
    """The pipelines that are defined."""

    pipeline_uses: tuple[PipelineUse, ...] = ()
    files: Mapping[str, SourceFile] = field(default_factory=_no_entries)
    """The files that were read, by the path that a `Location` has."""

    default_branches: Mapping[str, str] = field(default_factory=_no_entries)
    only_branch: str = ""
    """The branch of a repository on its own that all this is of; empty for all branches."""

    other_branches: tuple[str, ...] = ()
    """The branches that have configuration too, which does not count here."""

    def file_of(self, location: Location) -> str:
        """Return the file of a location without the folder and the branch that it was read from.

        It is part of the keys of findings, which are the same for every clone and branch.
        """
        source = self.files.get(location.path)
        return f"{source.project}:{source.path}" if source else location.path

    def variants(self) -> Iterator[DefinedVariant]:
        """Yield every definition, then every mention."""
        for variants in self.definitions.values():
            yield from variants
        yield from self.mentions

    @cached_property
    def _graphs_by_project(self) -> Mapping[str, tuple[PlacedGraph, ...]]:
        by_project: dict[str, list[PlacedGraph]] = {}
        for graph in self.graphs:
            by_project.setdefault(graph.project, []).append(graph)
        return {project: tuple(graphs) for project, graphs in by_project.items()}

    def graphs_of(self, project: str) -> tuple[PlacedGraph, ...]:
        """Return the graphs of one project."""
        return self._graphs_by_project.get(project, ())

    @cached_property
    def by_location(self) -> Mapping[Location, DefinedVariant]:
        """Every definition and mention by its place."""
        return MappingProxyType({variant.location: variant for variant in self.variants()})

    @cached_property
    def label_uses(self) -> Mapping[str, tuple[LabelUse, ...]]:
        """The labels that jobs request where they run, with every use."""
        by_label: dict[str, list[LabelUse]] = {}
        for graph in self.graphs:
            for job in graph.graph.jobs:
                for label in job.labels:
                    where = label.location or job.location or Location(graph.project)
                    use = LabelUse(label.name, where, job.name, graph.project, job.location)
                    by_label.setdefault(label.name, []).append(use)
        return MappingProxyType({name: tuple(uses) for name, uses in sorted(by_label.items())})

    @cached_property
    def written_labels(self) -> frozenset[str]:
        """All labels that are written anywhere, also in nodesets and jobs that are not used."""
        nodesets = (label.name for nodeset in self.nodesets.values() for label in nodeset.labels)
        inside = (label.name for variant in self.variants() for label in variant.labels)
        return frozenset((*nodesets, *inside, *self.label_uses))


class LabelUse(Struct, frozen=True):
    """A job of a project requests a label, which is written at ``location``."""

    label: str
    location: Location
    job: str
    project: str
    job_location: Location | None = None
