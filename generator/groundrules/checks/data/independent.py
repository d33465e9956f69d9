"""Pairs of jobs that are declared independent although one waits for the other."""

from __future__ import annotations

from collections.abc import Iterator

from groundrules.checks.phrases import first_few
from groundrules.diagnostics import Diagnostic, Related
from groundrules.graphs.reachability import Ways, ends_first
from groundrules.records import Catalogue, DataContent
from groundrules.records.graph import Graph, IndependentJobs
from groundrules.rules import records as rules


def check(catalogue: Catalogue, _: DataContent) -> Iterator[Diagnostic]:
    """Yield every pair that the documented dependencies and rules put in an order."""
    for graph in catalogue.graphs:
        order = ends_first(graph.links) if graph.independent else None
        if order is None:  # in a circle every job waits for every other
            continue
        ways = Ways(order, graph.links)
        for pair in graph.independent:
            if len(pair.jobs) == 2 and graph.links.keys() >= set(pair.jobs):
                yield from _ordered(graph, pair, ways)


def _ordered(graph: Graph, pair: IndependentJobs, ways: Ways) -> Iterator[Diagnostic]:
    one, other = pair.jobs
    for job, dependency in ((one, other), (other, one)):
        between = ways.between(job, dependency)
        if between or dependency in graph.links[job]:
            through = f" through {first_few(between)}" if between else ""
            yield Diagnostic(
                pair.location("jobs"),
                f"{one!r} and {other!r} are declared independent, but {job!r} waits for "
                f"{dependency!r}{through}; remove the pair, or what makes it wait",
                rules.CONTRADICTION,
                tuple(
                    Related(edge.location, "it waits here")
                    for edge in graph.job_graph.edges_between(job, (*between, dependency)[0])
                    if edge.location
                ),
            )
