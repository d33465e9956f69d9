"""Explains a dependency: where it is written, and the chain from there to the job."""

from __future__ import annotations

from itertools import pairwise

from groundrules.graphs.elements import Edge, Step
from groundrules.graphs.job_graph import JobGraph


def graph_why(graph: JobGraph, job: str, dependency: str) -> str:
    """Return the chain of each edge from ``job`` to ``dependency``.

    Without an edge, return the shortest path through other jobs, or a sentence that there is
    none.
    """
    edges = [edge for edge in graph.edges if (edge.job, edge.dependency) == (job, dependency)]
    if edges:
        return "".join(_chain(edge, graph) for edge in edges)
    if way := graph.way(job, dependency):
        edges_by_ends = {(edge.job, edge.dependency): edge for edge in reversed(graph.edges)}
        links = "".join(_chain(edges_by_ends[ends], graph) for ends in pairwise(way))
        return f"{job} waits for {dependency} through others:\n\n{links}"
    return f"{job} does not wait for {dependency}.\n"


def _chain(edge: Edge, graph: JobGraph) -> str:
    kind = "softly" if edge.soft else "strictly"
    end = "" if graph.is_effective(edge) else _missing(edge)
    lines = [f"{edge.job} waits {kind} for {edge.dependency}{end}"]
    if edge.location:
        lines.append(f"  written at {edge.location}")
    if edge.why:
        lines.append(f"  because {edge.why}")
    lines += [f"  {'in' if index == 0 else '→'} {step.what}{_at(step)}"
              for index, step in enumerate(edge.chain)]  # fmt: skip
    return "".join(f"{line}\n" for line in lines)


def _missing(edge: Edge) -> str:
    """Return the end of a sentence about a dependency that is not in the graph."""
    if edge.soft:
        return ", which is not here: the edge has no effect"
    return ", which is not known to be here"


def _at(step: Step) -> str:
    return f" at {step.location}" if step.location else ""
