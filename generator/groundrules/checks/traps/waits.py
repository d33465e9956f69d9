"""Each dependency as it is written, with every graph that it comes into."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from groundrules.checks.traps.documented_intent import DocumentedIntent
from groundrules.diagnostics import Location
from groundrules.graphs.definitions import DefinedVariant, Definitions, PlacedGraph
from groundrules.graphs.job_graph import Edge

Occurrence = tuple[PlacedGraph, Edge]


@dataclass(slots=True)
class WrittenDependency:
    """One line that says that a job waits; inherited or aliased, it makes edges in many graphs."""

    location: Location
    dependency: str
    soft: bool
    variant: DefinedVariant | None
    """What it is written in; None when that is not known."""

    occurrences: list[Occurrence] = field(default_factory=list)

    @property
    def job(self) -> str:
        """The job that waits; of several that inherit it, the first in the alphabet."""
        return min(edge.job for _, edge in self.occurrences)

    @property
    def who(self) -> str:
        """The waiting jobs, as a message says them."""
        others = len({edge.job for _, edge in self.occurrences}) - 1
        return f"{self.job!r}" + (f" (and {others} more)" if others else "")

    @property
    def key(self) -> str:
        """The words that stand for it: the key of findings, without lines and numbers.

        They are those of what it is written in, so that another job that inherits it changes
        nothing.  In a job's definition that is the job, in a pipeline the pipeline too.
        """
        job = self.variant.job if self.variant else self.job
        here = self.variant is None or self.variant.is_mention
        pipelines = sorted({placed.pipeline for placed, _ in self.occurrences}) if here else []
        return f"{job} waits for {self.dependency} in {', '.join((*pipelines, self.location.path))}"

    def is_among(self, documented: DocumentedIntent) -> bool:
        """Return whether the manual documents it, for any of the jobs that wait."""
        return any(
            (placed.project, edge.job, edge.dependency) in documented.dependencies
            for placed, edge in self.occurrences
        )

    def is_held(self, occurrence: Occurrence, documented: DocumentedIntent) -> bool:
        """Return whether the manual documents it where it occurs, so that drift tells of it."""
        placed, edge = occurrence
        return any(
            (placed.project, branch, placed.pipeline, edge.job, edge.dependency) in documented.held
            for branch in placed.branch_names
        )

    def effective(self) -> list[Occurrence]:
        """Return where the other job is in the graph."""
        return [
            (placed, edge) for placed, edge in self.occurrences if placed.graph.is_effective(edge)
        ]

    def dangling(self) -> list[Occurrence]:
        """Return where it is not."""
        return [
            (placed, edge)
            for placed, edge in self.occurrences
            if not placed.graph.is_effective(edge)
        ]

    def reasons(self) -> set[str]:
        """Return why the other job is not there, as far as graphs know."""
        absent = (each for placed, _ in self.dangling() for each in placed.graph.absent)
        return {each.reason for each in absent if each.name == self.dependency}


def places(occurrences: Iterable[Occurrence], words: str = "in") -> Iterator[tuple[Location, str]]:
    """Yield the mentions that bring the waiting jobs into graphs, with words for each."""
    for placed, edge in occurrences:
        for location in placed.mentions.get(edge.job, ()):
            yield location, f"{words} {placed}"


def waits(definitions: Definitions) -> list[WrittenDependency]:
    """Return every declared dependency by its place."""
    found: dict[tuple[Location, str, bool], WrittenDependency] = {}
    for placed in definitions.graphs:
        for edge in placed.graph.edges:
            if not edge.declared or edge.location is None:
                continue
            key = (edge.location, edge.dependency, edge.soft)
            if key not in found:
                start = edge.chain[0].location if edge.chain else edge.location
                variant = definitions.by_location.get(start) if start else None
                found[key] = WrittenDependency(edge.location, edge.dependency, edge.soft, variant)
            found[key].occurrences.append((placed, edge))
    return [found[key] for key in sorted(found)]


def is_meant_for_others(wait: WrittenDependency, definitions: Definitions) -> bool:
    """Return whether a library wrote it for whatever project comes along.

    There softness is no trap: it says that not every project has the other job.
    """
    if wait.variant is None or wait.variant.project not in definitions.shared:
        return False
    return any(placed.project != wait.variant.project for placed, _ in wait.occurrences)


def may_be_elsewhere(name: str, placed: PlacedGraph, definitions: Definitions) -> bool:
    """Return whether a job that is not in the graph may be there in truth."""
    if not placed.is_whole:
        return True
    if any(each.name == name and not each.is_sure for each in placed.graph.absent):
        return True
    return not definitions.is_complete and name not in definitions.definitions
