"""The claims of a manual about configurations, as plain values with places.

`records.claims` makes claims of records, and `checks` compares them with real graphs.  So a
comparison does not need records, and claims can be cached.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from groundrules.claims.verdicts import ComparedWith, Verdict, VerdictState
from groundrules.diagnostics import Location
from groundrules.fix import Route
from groundrules.systems import OTHER


class EdgeClaim(Struct, frozen=True, kw_only=True):
    """``job`` waits for ``dependency``; with ``planned``, nothing enforces it yet.

    ``softness`` and ``status`` are the places of these values, or where to write them; ``route``
    is its path in the file.
    """

    job: str
    dependency: str
    soft: bool
    planned: bool
    place: Location
    softness: Location
    status: Location
    route: Route = ()


class JobClaim(Struct, frozen=True, kw_only=True):
    """A job that runs in ``pipelines``.

    ``semaphores`` is None without a claim about them; ``longest`` is the documented duration in
    seconds.  The places are those of the values, or of the job's name.  ``written`` are the
    pipelines in its record, empty if it has none; ``route`` is the path of the record in its
    file.
    """

    name: str
    place: Location
    pipelines: tuple[str, ...]
    waits_for: tuple[EdgeClaim, ...] = ()
    waits_place: Location
    formerly: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    parent: str | None = None
    semaphores: tuple[str, ...] | None = None
    semaphores_place: Location
    longest: int | None = None
    longest_place: Location
    written: tuple[str, ...] = ()
    route: Route = ()


class GoneClaim(Struct, frozen=True, kw_only=True):
    """A job, or with ``dependency`` one of its dependencies, that is documented as gone.

    ``place`` is that of the date, and ``route`` its path in the file.
    """

    job: str
    dependency: str = ""
    pipelines: tuple[str, ...]
    place: Location
    route: Route


class RuleClaim(Struct, frozen=True, kw_only=True):
    """Every job that matches the given keys waits for ``dependency``.

    ``documented`` are the documented jobs that match; ``route`` is its path in the file.
    """

    id: str
    name: str | None
    tag: str | None
    parent: str | None
    file: str | None
    dependency: str
    directly: bool
    planned: bool
    documented: tuple[str, ...]
    place: Location
    selector: Location
    target: Location
    route: Route = ()


class LimitClaim(Struct, frozen=True, kw_only=True):
    """How many jobs can hold a semaphore; ``place`` is that of the number."""

    semaphore: str
    limit: int
    place: Location


class GraphClaim(Struct, frozen=True, kw_only=True):
    """The claims of one documented graph about a project's pipelines on a branch.

    ``complete`` graphs document every job; ``written`` are the pipelines in the record.
    ``damaged`` graphs had mistakes, so they may differ from what was intended.
    """

    id: str
    place: Location
    configuration: str
    configuration_place: Location
    project: str
    project_place: Location
    branch: str
    """Empty for the default branch of the project."""
    branch_place: Location
    pipelines: tuple[str, ...]
    pipeline_places: tuple[Location, ...]
    jobs: tuple[JobClaim, ...]
    jobs_place: Location
    gone: tuple[GoneClaim, ...] = ()
    rules: tuple[RuleClaim, ...] = ()
    limits: tuple[LimitClaim, ...] = ()
    written: tuple[str, ...] = ()
    complete: bool = False
    damaged: bool = False

    def pipeline_place(self, pipeline: str) -> Location:
        """Return the place of a pipeline's name."""
        return dict(zip(self.pipelines, self.pipeline_places, strict=True))[pipeline]

    def judged(self, whole: Verdict) -> Iterator[Verdict]:
        """Yield a verdict on the graph, and the same on everything in it; a plan stays one."""
        planned = replace(whole, state=VerdictState.PLANNED)
        yield whole
        for job in self.jobs:
            yield replace(whole, job=job.name)
            for edge in job.waits_for:
                one = planned if edge.planned else whole
                yield replace(one, job=job.name, dependency=edge.dependency)
        for rule in self.rules:
            yield replace(planned if rule.planned else whole, rule=rule.id)

    def about(self, *, job: str = "", dependency: str = "", rule: str = "") -> str:
        """Return the key of a claim, for findings, verdicts and test cases.

        It contains no place, so it does not change when lines move.
        """
        if dependency:
            return f"{self.id}: {job} waits for {dependency}"
        if rule:
            return f"{self.id}: rule {rule}"
        return f"{self.id}: {job}" if job else self.id


class ConfigurationClaim(Struct, frozen=True, kw_only=True):
    """A real configuration in ``manual.yaml``, and its location.

    ``tenant`` is a tenant file and ``tenant_name`` one of its tenants; ``connections`` are pairs
    of a connection and its canonical host name.
    """

    id: str
    place: Location
    system: str
    path: str | None = None
    git: str | None = None
    ref: str | None = None
    tenant: str | None = None
    tenant_name: str | None = None
    connections: tuple[tuple[str, str], ...] = ()

    @property
    def is_kept_by_hand(self) -> bool:
        """Whether nothing here can read it, so that graphs of it are compared with nothing."""
        return self.system == OTHER


class RecordedGraph(Struct, frozen=True, kw_only=True):
    """What a graph came to when it was last compared, as a file of the data keeps it.

    ``documented`` is the digest of what was documented then.  A part without one of the
    ``verdicts`` could not be checked.  ``place`` is that of the graph's state.
    """

    graph: str
    against: ComparedWith
    documented: str
    verdicts: tuple[Verdict, ...]
    place: Location

    def is_of(self, claim: GraphClaim) -> bool:
        """Return whether it is about a graph of the same configuration."""
        return (self.graph, self.against.configuration) == (claim.id, claim.configuration)


class LabelClaim(Struct, frozen=True, kw_only=True):
    """A documented label; its dates default to those of its platform."""

    name: str
    place: Location
    deprecated: datetime.date | None = None
    not_supplied: datetime.date | None = None
    removed: datetime.date | None = None
    replaced_by: str | None = None


class Claims(Struct, frozen=True, kw_only=True):
    """The claims about real configurations; ``labels`` are None if mistakes hide some.

    If the configurations are not ``all_named``, mistakes may hide some of them.
    """

    configurations: tuple[ConfigurationClaim, ...] = ()
    graphs: tuple[GraphClaim, ...] = ()
    labels: tuple[LabelClaim, ...] | None = ()
    all_named: bool = True
    recorded: tuple[RecordedGraph, ...] = ()
