"""Cycles of documented dependencies."""

from __future__ import annotations

from collections.abc import Iterator

from groundrules.checks.data.duplicates import repeated_jobs
from groundrules.diagnostics import Diagnostic, Related
from groundrules.records import Catalogue, DataContent
from groundrules.records.graph import Graph
from groundrules.rules import records as rules


def check(catalogue: Catalogue, _: DataContent) -> Iterator[Diagnostic]:
    """Yield every circle, at the dependency that closes it from its smallest job.

    Two jobs of one name, which are reported, can make a circle that is none.
    """
    for graph in catalogue.graphs:
        repeated = repeated_jobs(graph)
        for cycle in graph.job_graph.cycles():
            if repeated.isdisjoint(cycle):
                yield _circle(graph, list(cycle))


def _circle(graph: Graph, cycle: list[str]) -> Diagnostic:
    waits = {(job.name, wait.job): wait for job in graph.jobs for wait in job.waits_for}
    first, *steps = zip(cycle, [*cycle[1:], cycle[0]], strict=True)
    return Diagnostic(
        waits[first].location("job"),
        f"these jobs wait for each other: {' → '.join([*cycle, cycle[0]])}; remove one dependency",
        rules.DEPENDENCY_CYCLE,
        tuple(Related(waits[at].location("job"), f"{at[0]} waits for {at[1]}") for at in steps),
    )
