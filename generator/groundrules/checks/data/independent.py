"""Jobs that are declared independent although one waits for another, or uses what it touches."""

from __future__ import annotations

from collections.abc import Iterator

from groundrules.checks.data.duplicates import repeated_jobs
from groundrules.checks.phrases import first_few
from groundrules.diagnostics import Diagnostic, Related
from groundrules.graphs.reachability import NodeSets, Ways, ends_first, reached
from groundrules.grouping import grouped
from groundrules.records import Catalogue, DataContent
from groundrules.records.graph import DocumentedJob, Graph, IndependentJobs
from groundrules.rules import records as rules


def check(catalogue: Catalogue, _: DataContent) -> Iterator[Diagnostic]:
    """Yield the jobs of each group that are in an order, or that touch the same."""
    for graph in catalogue.graphs:
        order = ends_first(graph.links) if graph.independent else None
        if order is None:  # in a circle every job waits for every other
            continue
        sets = NodeSets(order)
        before = reached(sets, order, graph.links)
        enforced = reached(sets, order, graph.enforced_links)
        ways, sure_ways = Ways(order, graph.links), Ways(order, graph.enforced_links)
        documented = {job.name: job for job in graph.current}
        single = graph.links.keys() - repeated_jobs(graph)
        for group in graph.independent:
            jobs = [job for job in dict.fromkeys(group.jobs) if job in single]
            others = sets.of(jobs)
            for job in jobs:
                if sure := enforced[job] & others:
                    yield _ordered(graph, group, sure_ways, job, sets.first(sure), "waits for")
                elif ordered := before[job] & others:
                    planned = sets.first(ordered), "is planned to wait for"
                    yield _ordered(graph, group, ways, job, *planned)
            yield from _touched(group, [documented[job] for job in jobs if job in documented])


def _touched(group: IndependentJobs, jobs: list[DocumentedJob]) -> Iterator[Diagnostic]:
    """Yield what one of the jobs of a group touches and another one uses."""
    users = grouped(
        (thing, job.name) for job in jobs for thing in dict.fromkeys((*job.touches, *job.shares))
    )
    touched = {thing: job.name for job in reversed(jobs) for thing in job.touches}
    for thing, job_name in touched.items():
        if other := next((name for name in users[thing] if name != job_name), None):
            yield Diagnostic(
                group.location("jobs"),
                f"{job_name!r} and {other!r} are declared independent, but {job_name!r} touches "
                f"{thing!r}, and {other!r} uses it too; remove one of them here, or correct what "
                "they touch",
                rules.CONTRADICTION,
            )


def _ordered(
    graph: Graph, group: IndependentJobs, ways: Ways, job: str, dependency: str, waits_for: str
) -> Diagnostic:
    between = ways.between(job, dependency)
    through = f" through {first_few(between)}" if between else ""
    waits = graph.job_graph.edges_between(job, (*between, dependency)[0])
    one, other = sorted((job, dependency), key=group.jobs.index)
    return Diagnostic(
        group.location("jobs"),
        f"{one!r} and {other!r} are declared independent, but {job!r} {waits_for} "
        f"{dependency!r}{through}; remove one of them here, or what makes it wait",
        rules.CONTRADICTION,
        tuple(Related(edge.location, "it waits here") for edge in waits if edge.location),
    )
