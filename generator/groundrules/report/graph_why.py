"""Explains a dependency: where it is written, and the chain from there to the job."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from groundrules.graphs.elements import Edge
from groundrules.graphs.job_graph import JobGraph
from groundrules.graphs.unknowns import Unknowns


def graph_why(graph: JobGraph, job: str, dependency: str) -> Iterator[str]:
    """Yield the lines of the chain of each edge from ``job`` to ``dependency``.

    Without an edge, yield the shortest path through other jobs, or a sentence that there is
    none, or that it is not known.
    """
    if edges := graph.edges_between(job, dependency):
        for edge in edges:
            yield from _chain(edge, graph)
    elif way := graph.way(job, dependency):
        yield from (f"{job} waits for {dependency} through others:", "")
        for ends in pairwise(way):
            yield from _chain(graph.edges_between(*ends)[0], graph)
    elif _may_have(graph, dependency) and (doubt := next(_doubts(graph, job), "")):
        yield f"Whether {job} waits for {dependency} is not known: {doubt}."
    else:
        yield f"{job} does not wait for {dependency}."


def _may_have(graph: JobGraph, name: str) -> bool:
    """Return whether a job is, or may be, in a graph."""
    absent = graph.absent_job(name)
    return (
        name in graph.by_name
        or name in graph.possible
        or (absent is not None and not absent.is_sure)
        or any(not origin.jobs for origin in graph.elsewhere)
    )


def _doubts(graph: JobGraph, job: str) -> Iterator[str]:
    """Yield why a job, or one that it waits for, may wait for other jobs than are known."""
    for name in (job, *sorted(graph.ancestors(job))):
        waiting = graph.by_name[name]
        if waiting.doubt:
            yield waiting.doubt
        if waiting.elsewhere and waiting.inherits_dependencies:
            yield Unknowns.reason(waiting, waiting.elsewhere[0])
        for edge in graph.edges_of(name):
            if not graph.is_known(edge):
                yield f"{name} waits for {edge.dependency}, which is not known to be here"


def _chain(edge: Edge, graph: JobGraph) -> Iterator[str]:
    kind = "softly" if edge.soft else "strictly"
    end = "" if graph.is_effective(edge) else _missing(edge, graph)
    yield f"{edge.job} waits {kind} for {edge.dependency}{end}"
    if edge.location:
        yield f"  written at {edge.location}"
    if edge.why:
        yield f"  because {edge.why}"
    for index, step in enumerate(edge.chain):
        place = f" at {step.location}" if step.location else ""
        yield f"  {'→' if index else 'in'} {step.what}{place}"


def _missing(edge: Edge, graph: JobGraph) -> str:
    """Return the end of a sentence about a dependency that is not in the graph."""
    if graph.is_known(edge):
        return ", which is not here: the edge has no effect"
    return ", which is not known to be here"
