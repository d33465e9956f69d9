"""Cycles of documented dependencies."""

from __future__ import annotations

from groundrules.diagnostics import Related
from groundrules.records import Catalogue, LoadedData
from groundrules.records.graph import Graph
from groundrules.rules import records as rules


def check(catalogue: Catalogue, loaded: LoadedData) -> None:
    """Report every cycle at a dependency of its alphabetically first job."""
    for graph in catalogue.graphs:
        for cycle in graph.job_graph.cycles():
            _note(loaded, graph, list(cycle))


def _note(loaded: LoadedData, graph: Graph, cycle: list[str]) -> None:
    waits = {(job.name, wait.job): wait for job in graph.jobs for wait in job.waits_for}
    steps = list(zip(cycle, [*cycle[1:], cycle[0]], strict=True))
    loaded.report.note(
        rules.DEPENDENCY_CYCLE,
        waits[steps[0]].location("job"),
        f"these jobs wait for each other: {' → '.join([*cycle, cycle[0]])}; remove one dependency",
        [
            Related(waits[step].location("job"), f"{step[0]} waits for {step[1]}")
            for step in steps[1:]
        ],
    )
