"""Why Zuul refuses the dependencies of the jobs of a graph."""

from __future__ import annotations

from collections.abc import Mapping

from groundrules.ci.zuul.freezing.collecting import VanishedError
from groundrules.ci.zuul.freezing.merged import FreezeError, Merged
from groundrules.diagnostics import Location
from groundrules.graphs.job_graph import CycleError, JobGraph
from groundrules.graphs.reachability import ends_first

UNSTABLE = "GR610"
"""The rule of a graph that Zuul refuses or not, which changes with each start of its scheduler."""


def missing_error(
    job: Merged, name: str, vanished: Mapping[str, VanishedError], unless: str
) -> FreezeError:
    """Return the error of a hard dependency on a job that is not in the graph.

    ``unless`` says what may add the job where nothing mentions it.
    """
    message, rule = f"the job {job.name!r} waits for {name!r}, which is not in the graph", "GR608"
    if (name, True) in job.dependencies:
        # Zuul uses the last item of a set (JobGraph.addJob), whose order depends on the hash seed
        message = (
            f"Zuul refuses this graph or not, which changes with each start of its scheduler: the "
            f"job {job.name!r} has both a hard and a soft dependency on {name!r}, which is not in "
            "the graph; remove one of the two"
        )
        rule = UNSTABLE
    location = place_of(job, name, soft=False)
    if name not in vanished:
        end = "" if rule == UNSTABLE else unless
        return FreezeError(f"{message}{end}", location, rule)
    absent = vanished[name]
    return FreezeError(f"{message}: {absent.reason}", location, rule, cause=absent.cause)


def place_of(job: Merged, name: str, soft: bool) -> Location | None:
    """Return where a dependency is written."""
    dependency, variant = job.dependencies[name, soft]
    return variant.source.at(dependency.place)


def has_order(jobs: list[Merged], names: set[str]) -> bool:
    """Return whether the jobs have an order, with initializer jobs first."""
    first = {job.name for job in jobs if job.type == "initializer"}
    waits = {
        job.name: {name for name, _ in job.dependencies if name in names}
        | (first if job.type == "regular" else set())
        for job in jobs
        if job.dependencies or first
    }
    return ends_first(waits) is not None


def refuse_cycle(graph: JobGraph) -> None:
    """Raise `FreezeError` for the first cycle of a graph that has one."""
    cycle = graph.cycles(limit=1)[0]
    following = dict(zip(cycle, (*cycle[1:], cycle[0]), strict=True))
    edge = next(edge for edge in graph.edges if following.get(edge.job) == edge.dependency)
    raise FreezeError(str(CycleError(cycle)), edge.location)
