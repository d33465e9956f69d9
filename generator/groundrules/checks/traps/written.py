"""The dependencies as written in files, with the graphs that contain them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from groundrules.checks.phrases import UNLESS
from groundrules.checks.traps.documented_intent import DocumentedIntent
from groundrules.diagnostics import Location
from groundrules.graphs.definitions import DefinedVariant, Definitions
from groundrules.graphs.elements import Edge
from groundrules.graphs.placed_graph import PlacedGraph

Occurrence = tuple[PlacedGraph, Edge]


@dataclass(slots=True)
class WrittenDependency:
    """An item of a list of dependencies, which can add edges to many graphs."""

    location: Location
    dependency: str
    soft: bool
    variant: DefinedVariant | None
    """The definition or mention that contains it; None if unknown."""

    file: str
    """Its file, the same for every clone and branch."""

    occurrences: list[Occurrence] = field(default_factory=list)

    @property
    def job(self) -> str:
        """The dependent; if several inherit it, the alphabetically first one."""
        return min(edge.job for _, edge in self.occurrences)

    @property
    def who(self) -> str:
        """The dependents, for messages."""
        others = len({edge.job for _, edge in self.occurrences}) - 1
        return f"{self.job!r}" + (f" (and {others} more)" if others else "")

    @property
    def key(self) -> str:
        """The key of findings about it, without lines and numbers.

        It contains the job that defines it, so it does not change if another job inherits it.
        For a mention, it also contains the pipeline.
        """
        job = self.variant.job if self.variant else self.job
        in_pipelines = self.variant is None or self.variant.is_mention
        pipelines = sorted({graph.pipeline for graph in self.graphs}) if in_pipelines else []
        return f"{job} waits for {self.dependency} in {', '.join((*pipelines, self.file))}"

    @property
    def graphs(self) -> list[PlacedGraph]:
        """The graphs that contain it."""
        return [graph for graph, _ in self.occurrences]

    def is_documented(self, documented: DocumentedIntent) -> bool:
        """Return whether the manual documents it for any dependent."""
        return any(
            (graph.project, edge.job, edge.dependency) in documented.dependencies
            for graph, edge in self.occurrences
        )

    def effective(self) -> list[Occurrence]:
        """Return the occurrences whose other job is in the graph."""
        return [pair for pair in self.occurrences if pair[0].graph.is_effective(pair[1])]

    def dangling(self) -> list[Occurrence]:
        """Return the occurrences whose other job is not in the graph."""
        return [pair for pair in self.occurrences if not pair[0].graph.is_effective(pair[1])]

    def reason(self) -> str:
        """Return the first known reason why the other job is missing."""
        absent = (graph.graph.absent_job(self.dependency) for graph, _ in self.dangling())
        return min((job.reason for job in absent if job), default="")


def mentions(
    occurrences: Iterable[Occurrence], words: str = "in"
) -> Iterator[tuple[Location, str]]:
    """Yield a mention that adds a dependent to each graph, with a description.

    Of several mentions of a job in one graph, it is the one that contains the dependency, or else
    the first.  The descriptions name the dependents if there are several.
    """
    occurrences = list(occurrences)
    has_one = len({edge.job for _, edge in occurrences}) <= 1
    for graph, edge in occurrences:
        if places := graph.mentions.get(edge.job, ()):
            steps = (step.location for step in reversed(edge.chain))
            place = next((place for place in steps if place in places), None) or places[0]
            yield place, f"{words} {graph}" if has_one else f"{edge.job!r} {words} {graph}"


def written_dependencies(definitions: Definitions) -> list[WrittenDependency]:
    """Return every declared dependency in the order of their locations."""
    written: dict[tuple[Location, str, bool], WrittenDependency] = {}
    for graph in definitions.graphs:
        for edge in graph.graph.edges:
            if not edge.declared or edge.location is None:
                continue
            key = (edge.location, edge.dependency, edge.soft)
            if key not in written:
                start = edge.chain[0].location if edge.chain else edge.location
                written[key] = WrittenDependency(
                    edge.location,
                    edge.dependency,
                    edge.soft,
                    definitions.by_location.get(start) if start else None,
                    definitions.file_of(edge.location),
                )
            written[key].occurrences.append((graph, edge))
    return [written[key] for key in sorted(written)]


def is_for_other_projects(written: WrittenDependency, definitions: Definitions) -> bool:
    """Return whether a library of jobs declares it for the projects that use it.

    There softness is no trap: not every project has the other job.  The projects that use a
    library are not known where it is on its own.
    """
    variant = written.variant
    if variant is None or variant.project not in definitions.shared:
        return False
    others = (graph.project != variant.project for graph in written.graphs)
    return not definitions.is_complete or any(others)


def may_be_elsewhere(name: str, graph: PlacedGraph, definitions: Definitions) -> bool:
    """Return whether a job that is missing from the known graph may be in the real one."""
    if not graph.is_whole:
        return True
    if (absent := graph.graph.absent_job(name)) and not absent.is_sure:
        return True
    return not definitions.is_complete and name not in definitions.definitions


def unless_elsewhere(definitions: Definitions) -> str:
    """Return what may add a missing job to a graph that only one repository is known of."""
    return "" if definitions.is_complete else UNLESS
