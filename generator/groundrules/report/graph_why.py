"""Explains a dependency: where it is written, and the chain from there to the job."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from groundrules.graphs.elements import Edge, Step
from groundrules.graphs.job_graph import JobGraph
from groundrules.graphs.unknowns import Unknowns


def graph_why(graph: JobGraph, job: str, dependency: str) -> str:
    """Return the chain of each edge from ``job`` to ``dependency``.

    Without an edge, return the shortest path through other jobs, or a sentence that there is
    none, or that it is not known.
    """
    edges = [edge for edge in graph.edges if (edge.job, edge.dependency) == (job, dependency)]
    if edges:
        return "".join(_chain(edge, graph) for edge in edges)
    if way := graph.way(job, dependency):
        edges_by_ends = {(edge.job, edge.dependency): edge for edge in reversed(graph.edges)}
        links = "".join(_chain(edges_by_ends[ends], graph) for ends in pairwise(way))
        return f"{job} waits for {dependency} through others:\n\n{links}"
    if _may_have(graph, dependency) and (doubt := next(_doubts(graph, job), "")):
        return f"Whether {job} waits for {dependency} is not known: {doubt}.\n"
    return f"{job} does not wait for {dependency}.\n"


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


def _chain(edge: Edge, graph: JobGraph) -> str:
    kind = "softly" if edge.soft else "strictly"
    end = "" if graph.is_effective(edge) else _missing(edge, graph)
    lines = [f"{edge.job} waits {kind} for {edge.dependency}{end}"]
    if edge.location:
        lines.append(f"  written at {edge.location}")
    if edge.why:
        lines.append(f"  because {edge.why}")
    lines += [f"  {'in' if index == 0 else '→'} {step.what}{_at(step)}"
              for index, step in enumerate(edge.chain)]  # fmt: skip
    return "".join(f"{line}\n" for line in lines)


def _missing(edge: Edge, graph: JobGraph) -> str:
    """Return the end of a sentence about a dependency that is not in the graph."""
    if graph.is_known(edge):
        return ", which is not here: the edge has no effect"
    return ", which is not known to be here"


def _at(step: Step) -> str:
    return f" at {step.location}" if step.location else ""
