"""What a manual claims about configurations, as plain values with places.

Records become claims (`records.claims`) and claims are compared with real graphs (`checks`), so
that a comparison needs no record, and what was once read can be kept.
"""

from __future__ import annotations

import datetime

from msgspec import Struct

from groundrules.claims.verdicts import ComparedWith, Verdict
from groundrules.diagnostics import Location
from groundrules.fix import Route
from groundrules.systems import OTHER


class EdgeClaim(Struct, frozen=True, kw_only=True):
    """``job`` waits for ``dependency``; ``planned`` says that nothing enforces it yet.

    ``softness`` and ``status`` are the places of these values, or where they would be written;
    ``route`` leads to it in its file.
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

    ``semaphores`` is None where nothing is claimed of them; ``longest`` is the documented
    duration in seconds.  The places are those of the values, or of the job's name.  ``written``
    are the pipelines as its record has them, none where it leaves them out; ``route`` leads to
    the record in its file.
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


class RuleClaim(Struct, frozen=True, kw_only=True):
    """Every job that fits the keys given waits for ``dependency``.

    ``documented`` are the documented jobs that fit.
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


class GraphClaim(Struct, frozen=True, kw_only=True):
    """The claims of one documented graph about a project's pipelines on a branch.

    ``complete`` graphs name every job; ``written`` are the pipelines as the record has them.
    ``damaged`` ones had mistakes, so that the rest of them may not be as intended.
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
    rules: tuple[RuleClaim, ...] = ()
    written: tuple[str, ...] = ()
    complete: bool = False
    damaged: bool = False

    def job(self, name: str) -> JobClaim | None:
        """Return the claim about a job."""
        return next((job for job in self.jobs if job.name == name), None)

    def expected(self, edge: EdgeClaim) -> tuple[str, ...]:
        """Return the pipelines in which an edge has to be: those documented for both its jobs."""
        job, other = self.job(edge.job), self.job(edge.dependency)
        own = job.pipelines if job else ()
        return tuple(pipeline for pipeline in own if other is None or pipeline in other.pipelines)

    def pipeline_place(self, pipeline: str) -> Location:
        """Return where a pipeline is named."""
        return dict(zip(self.pipelines, self.pipeline_places, strict=True))[pipeline]

    def about(self, *, job: str = "", dependency: str = "", rule: str = "") -> str:
        """Return the key of a claim, for findings, verdicts and test cases.

        It has no place, so that it stays the same when lines move.
        """
        if dependency:
            return f"{self.id}: {job} waits for {dependency}"
        if rule:
            return f"{self.id}: rule {rule}"
        return f"{self.id}: {job}" if job else self.id


class ConfigurationClaim(Struct, frozen=True, kw_only=True):
    """A real configuration that ``manual.yaml`` names, and where it says that it is.

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
        is_same = self.against.configuration == claim.configuration
        return self.graph == claim.id and is_same


class LabelClaim(Struct, frozen=True, kw_only=True):
    """A documented label; what its platform says of its end, where it says nothing itself."""

    name: str
    place: Location
    deprecated: datetime.date | None = None
    removed: datetime.date | None = None
    replaced_by: str | None = None


class Claims(Struct, frozen=True, kw_only=True):
    """The claims about real configurations; ``labels`` are None where mistakes hide some.

    So they may some of the configurations, where these are not ``all_named``.
    """

    configurations: tuple[ConfigurationClaim, ...] = ()
    graphs: tuple[GraphClaim, ...] = ()
    labels: tuple[LabelClaim, ...] | None = ()
    all_named: bool = True
    recorded: tuple[RecordedGraph, ...] = ()
