"""`Impact`: what an object of a configuration touches, and what is lost without it.

Like `groundrules.graphs.definitions`, this does not depend on a CI system.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from groundrules.diagnostics import Diagnostic, Location
from groundrules.graphs.elements import Step


class Touched(Struct, frozen=True, kw_only=True):
    """A nodeset or job, where it is defined, and the chain from the object to it."""

    name: str
    locations: tuple[Location, ...]
    """The locations of its definitions: a job has one for each variant."""

    chain: tuple[Step, ...]


class Use(Struct, frozen=True, kw_only=True):
    """A job of a project's graphs that uses the object, with the chain from it to the project.

    ``graphs`` are pairs of pipeline and branch.
    """

    job: str
    chain: tuple[Step, ...]
    graphs: tuple[tuple[str, str], ...]


class ProjectUses(Struct, frozen=True, kw_only=True):
    """A project whose graphs use the object."""

    name: str
    uses: tuple[Use, ...]


class LostGraph(Struct, frozen=True, kw_only=True):
    """What a graph loses without the object: the whole graph, or some of its jobs.

    ``error`` is why the CI system refuses the graph.  Without an error and jobs, the project is
    not in the pipeline any more.
    """

    project: str
    pipeline: str
    branch: str
    error: Diagnostic | None = None
    jobs: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether there is no graph any more."""
        return not self.jobs


class Impact(Struct, frozen=True, kw_only=True):
    """What the object ``name`` touches, directly and through inheritance.

    ``reported`` are the mistakes that the CI system would report without it, ``unknown`` are
    sentences about what is not known.
    """

    kind: str
    name: str
    definitions: tuple[Step, ...] = ()
    nodesets: tuple[Touched, ...] = ()
    jobs: tuple[Touched, ...] = ()
    stanzas: tuple[Step, ...] = ()
    """The stanzas, templates and objects of nodes that name it, on any branch."""

    projects: tuple[ProjectUses, ...] = ()
    owners: tuple[str, ...] = ()
    """The projects that contain the nodesets, jobs, templates and stanzas, and those of stanzas."""

    losses: tuple[LostGraph, ...] = ()
    reported: tuple[Diagnostic, ...] = ()
    without: str = ""
    """What happens without the object if no graph depends on its definition."""

    unknown: tuple[str, ...] = ()

    @property
    def informed(self) -> tuple[str, ...]:
        """The projects that have to be informed: those that use it, and those of its users."""
        return tuple(sorted({*self.owners, *(project.name for project in self.projects)}))

    def chains(self) -> Iterator[tuple[Step, ...]]:
        """Yield the chain to each nodeset, job and project."""
        yield from (touched.chain for touched in (*self.nodesets, *self.jobs))
        yield from (use.chain for project in self.projects for use in project.uses)


class NamedImpact(Struct, frozen=True):
    """The impact in one configuration; ``name`` is that in a manual, else empty."""

    impact: Impact
    name: str = ""


class ManualImpact(Struct, frozen=True, kw_only=True):
    """The impact in all configurations of a manual, or in the only one without a manual.

    ``records`` are those that name the object or a job that uses it, None without a manual.
    ``unread`` says what is not available.
    """

    impacts: tuple[NamedImpact, ...]
    records: tuple[Step, ...] | None = None
    unread: tuple[str, ...] = ()
