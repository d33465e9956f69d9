"""What rules demand of one job: the whole list of dependencies that it has to have.

Several rules may demand something of the same job.  Each list that lacked what the others demand
would have to be put together by whoever writes it.
"""

from __future__ import annotations

from collections.abc import Iterable

from groundrules.checks.comparison import Comparison
from groundrules.checks.words import names
from groundrules.claims import EdgeClaim, RuleClaim
from groundrules.graph import Edge, JobGraph

Demands = dict[tuple[str, str], list[RuleClaim]]
"""The rules that are broken, by job and pipeline."""


def whole_list(found: Comparison, job: str, pipelines: Iterable[str], demands: Demands) -> str:
    """Return all that a job has to wait for: what it does already, is documented to, and must."""
    lists: dict[str, list[str]] = {}
    for pipeline in pipelines:
        graph = found.real.graphs[pipeline]
        lost = [
            each
            for each in found.undeclared.get(pipeline, {}).get(job, ())
            if each.dependency in graph.by_name
        ]
        there = [each for each in graph.edges if each.job == job and each.declared]
        words = [*map(_written, there), *map(_written, lost)]
        words += _demanded(graph, [each.dependency for each in lost], demands[job, pipeline])
        lists.setdefault(f"dependencies: [{', '.join(dict.fromkeys(words))}]", []).append(pipeline)
    if len(lists) == 1:
        return "".join(lists)
    return "; ".join(f"{words} in {names('pipeline', where)}" for words, where in lists.items())


def _written(edge: Edge | EdgeClaim) -> str:
    return f"{{name: {edge.dependency}, soft: true}}" if edge.soft else edge.dependency


def _demanded(graph: JobGraph, lost: list[str], rules: list[RuleClaim]) -> list[str]:
    """Return the jobs that rules demand to wait for, but for those that another one waits for."""
    every = [*lost, *(each.dependency for each in rules)]
    return [
        each.dependency
        for each in rules
        if each.dependency not in lost
        and (each.directly or not any(each.dependency in graph.ancestors(other) for other in every))
    ]
