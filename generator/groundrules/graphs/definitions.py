"""`Definitions`: the definitions and graphs of a real configuration of any CI system.

Like `groundrules.graphs.job_graph`, this does not depend on a CI system: packages of
`groundrules.ci` create it, and checks read it.  All values are frozen and plain.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from msgspec import Struct

from groundrules.diagnostics import Diagnostic, Location
from groundrules.graphs.elements import FilePattern, NameAt
from groundrules.graphs.placed_graph import PlacedGraph, no_entries
from groundrules.graphs.words import SystemWords
from groundrules.grouping import grouped


class SourceFile(Struct, frozen=True):
    """A file of a configuration: its project and branch, and its path in the repository."""

    project: str
    branch: str
    path: str


class PipelineUse(Struct, frozen=True):
    """A project stanza or template that adds jobs of a project to a pipeline."""

    pipeline: str
    project: str
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMatcher:
    """An expression; a job runs if a changed file matches one, or (``irrelevant``) matches none.

    ``matches`` uses the CI system's own engine.
    """

    pattern: str
    location: Location
    irrelevant: bool = False
    negate: bool = False
    """Whether it matches the paths that ``pattern`` does not match."""

    matches: Callable[[str], bool] = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchChoice:
    """The expressions that choose the branches of ``what``, such as a job or a project.

    ``branches`` are all that exist in the ``projects`` it can be for, ``matches`` uses the CI
    system's own engine.
    """

    what: str
    expressions: tuple[FilePattern, ...]
    location: Location
    projects: tuple[str, ...]
    branches: frozenset[str]
    matches: Callable[[str], bool] = field(compare=False, repr=False)


class Nodeset(Struct, frozen=True, kw_only=True):
    """A named group of nodes; ``labels`` includes those of alternatives written inside it."""

    name: str
    project: str
    location: Location
    labels: tuple[NameAt, ...] = ()
    is_empty: bool = False
    """Whether it has no nodes and no alternatives."""


class DefinedVariant(Struct, frozen=True, kw_only=True):
    """A definition of a job, or a mention of it in a pipeline, with its own attributes.

    ``project`` is the project of the file, or the one that a mention configures.
    """

    job: str
    project: str
    branch: str
    location: Location
    is_mention: bool = False
    is_for_unknown: bool = False
    """Whether it is a mention that may be for projects of which no name is here."""

    is_abstract: bool = False
    parent: str | None = None
    dependencies: tuple[str, ...] = ()
    matchers: tuple[FileMatcher, ...] = ()
    branches_at: Location | None = None
    """Where it says for which branches it is, if it does."""

    semaphores: tuple[NameAt, ...] = ()
    nodeset: NameAt | None = None
    labels: tuple[NameAt, ...] = ()
    """The labels of a nodeset in the job itself."""


class Semaphore(Struct, frozen=True, kw_only=True):
    """A semaphore and its limit; ``location`` is None if it is not defined.

    ``by_branch`` has the place of its definition on each branch; these are equal.
    """

    name: str
    limit: int = 1
    location: Location | None = None
    by_branch: Mapping[str, Location] = {}

    def place_for(self, branches: Collection[str]) -> Location | None:
        """Return the definition on one of the branches, or else the first one."""
        places = [place for branch, place in self.by_branch.items() if branch in branches]
        return self.location if self.location in places or not places else places[0]


@dataclass(frozen=True, kw_only=True)
class Definitions:
    """All definitions of a configuration; ``name`` is its name in the manual.

    ``trees`` has the paths on a project's branch if all paths are known, not only configuration;
    it can read them on request.  ``shared`` are the projects whose objects others use or may use.
    ``missing`` are projects without any available file, ``unread`` those whose configuration it
    does not read, and ``lost`` the files that cannot be read, so that their content is unknown.
    """

    name: str = ""
    definitions: Mapping[str, tuple[DefinedVariant, ...]] = field(default_factory=no_entries)
    mentions: tuple[DefinedVariant, ...] = ()
    nodesets: Mapping[str, Nodeset] = field(default_factory=no_entries)
    semaphores: Mapping[str, Semaphore] = field(default_factory=no_entries)
    graphs: tuple[PlacedGraph, ...] = ()
    trees: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=no_entries)
    shared: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()
    lost_mentions: frozenset[str] = frozenset()
    """The jobs that refused objects name."""

    broken: frozenset[str] = frozenset()
    """The projects with an invalid object, whose jobs are unknown."""

    mistakes: tuple[Diagnostic, ...] = ()
    """The mistakes that the CI system itself reports."""
    unsure_branches: frozenset[tuple[str, str]] = frozenset()
    """The branches whose mistakes are ignored, because they may not be loaded.

    Each has its project.
    """

    is_complete: bool = True
    """Whether all its repositories are available."""

    words: SystemWords = field(default_factory=SystemWords)
    """The syntax of suggestions in its files."""

    pipelines: frozenset[str] = frozenset()
    """The pipelines that are defined."""
    timers: Mapping[str, tuple[str, ...]] = field(default_factory=no_entries)
    """The times at which buildsets of pipelines start, in the CI system's own form."""
    serial_pipelines: frozenset[str] = frozenset()
    """The pipelines that run one buildset after another."""

    pipeline_uses: tuple[PipelineUse, ...] = ()
    branch_choices: tuple[BranchChoice, ...] = ()
    """The choices of branches, where all branches are known that they can be for."""

    files: Mapping[str, SourceFile] = field(default_factory=no_entries)
    """The files that were read, by the path in a `Location`."""

    default_branches: Mapping[str, str] = field(default_factory=no_entries)
    configured: tuple[str, ...] = ()
    """The other projects that a repository on its own configures; their files are not here."""

    unchecked: tuple[str, ...] = ()
    """The projects with stanzas in a repository on its own that it may not configure."""

    name_expressions: tuple[str, ...] = ()
    """The expressions for names in a repository on its own, which may be for unknown projects."""

    names_elsewhere: int = 0
    """The number of names that are not defined here, but may be in another repository."""

    only_branch: str = ""
    """The branch of a repository on its own that all this is of; empty for all branches."""

    branch_note: str = ""
    """Why this branch was taken for the files, if others are possible."""

    lacks_git: bool = False
    """Whether git is not installed, so that the branch of the files is assumed."""

    other_branches: tuple[str, ...] = ()
    """The branches that have configuration too, which does not count here."""

    one_branch: str = ""
    """A sentence about which branch is read, if the CI system reads only one of the repository."""

    def file_of(self, location: Location) -> str:
        """Return the file of a location, without the folder and branch from which it was read.

        Keys of findings contain it, because they are the same for every clone and branch.
        """
        source = self.files.get(location.path)
        return f"{source.project}:{source.path}" if source else location.path

    def variants(self) -> Iterator[DefinedVariant]:
        """Yield every definition, then every mention."""
        for variants in self.definitions.values():
            yield from variants
        yield from self.mentions

    @cached_property
    def _graphs_by_project(self) -> Mapping[str, Sequence[PlacedGraph]]:
        return grouped((graph.project, graph) for graph in self.graphs)

    def graphs_of(self, project: str) -> Sequence[PlacedGraph]:
        """Return the graphs of one project."""
        return self._graphs_by_project.get(project, ())

    @cached_property
    def by_location(self) -> Mapping[Location, DefinedVariant]:
        """All definitions and mentions by place."""
        return MappingProxyType({variant.location: variant for variant in self.variants()})

    @cached_property
    def label_uses(self) -> tuple[LabelUse, ...]:
        """The uses of labels by the jobs of graphs."""
        return tuple(
            LabelUse(
                label.name,
                label.location or job.location or Location(graph.project),
                job.name,
                graph.project,
                job.location,
            )
            for graph in self.graphs
            for job in graph.graph.jobs
            for label in job.labels
        )

    @cached_property
    def written_labels(self) -> frozenset[str]:
        """All labels in the files, including those in unused nodesets and jobs."""
        nodesets = (label.name for nodeset in self.nodesets.values() for label in nodeset.labels)
        inside = (label.name for variant in self.variants() for label in variant.labels)
        return frozenset((*nodesets, *inside, *(use.label for use in self.label_uses)))


class LabelUse(Struct, frozen=True):
    """A job of a project requests a label, which is written at ``location``."""

    label: str
    location: Location
    job: str
    project: str
    job_location: Location | None = None
