"""What rules demand of one job: the whole list of dependencies that it has to have.

Several rules may demand something of the same job.  Each list that lacked what the others demand
would have to be put together by whoever writes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from groundrules.checks.drift.comparison import Comparison
from groundrules.checks.phrases import named as names
from groundrules.claims.claims import EdgeClaim, RuleClaim
from groundrules.graphs.job_graph import Edge, JobGraph


@dataclass(slots=True)
class Demands:
    """The rules that jobs break, by job and pipeline."""

    found: Comparison
    _rules: dict[tuple[str, str], list[RuleClaim]] = field(init=False, default_factory=dict)
    _graphs: dict[str, JobGraph] = field(init=False, default_factory=dict)

    def add(self, rule: RuleClaim, job: str, pipelines: Iterable[str]) -> None:
        """Take note of a rule that a job breaks."""
        for each in pipelines:
            self._rules.setdefault((job, each), []).append(rule)

    def whole_list(self, job: str, pipelines: Iterable[str]) -> str:
        """Return all that a job has to wait for: what it does, is documented to, and must."""
        lists: dict[str, list[str]] = {}
        for pipeline in pipelines:
            text = self.found.real.words.dependencies(dict.fromkeys(self._words(job, pipeline)))
            lists.setdefault(text, []).append(pipeline)
        if len(lists) == 1:
            return "".join(lists)
        return "; ".join(f"{words} in {names('pipeline', where)}" for words, where in lists.items())

    def _words(self, job: str, pipeline: str) -> list[str]:
        graph = self.found.real.graphs[pipeline]
        lost = [
            each
            for each in self.found.undeclared.get(pipeline, {}).get(job, ())
            if each.dependency in graph.by_name
        ]
        there = [each for each in graph.edges if each.job == job and each.declared]
        demanded = self._demanded(job, pipeline, [each.dependency for each in lost])
        return [*map(self._entry, there), *map(self._entry, lost), *demanded]

    def _demanded(self, job: str, pipeline: str, lost: list[str]) -> list[str]:
        """Return the jobs that rules demand to wait for, but for those that another waits for."""
        graph, rules = self._documented(pipeline), self._rules[job, pipeline]
        every = {*lost, *(each.dependency for each in rules)}
        return [
            each.dependency
            for each in rules
            if each.dependency not in lost
            and (
                each.directly
                or not any(
                    each.dependency in graph.ancestors(other) for other in every - {each.dependency}
                )
            )
        ]

    def _documented(self, pipeline: str) -> JobGraph:
        """Return the real graph with the documented dependencies that it lacks."""
        if pipeline not in self._graphs:
            graph, lost = self.found.real.graphs[pipeline], self.found.undeclared.get(pipeline, {})
            new = [
                Edge(job=each.job, dependency=each.dependency)
                for edges in lost.values()
                for each in edges
            ]
            self._graphs[pipeline] = JobGraph(graph.jobs, (*graph.edges, *new))
        return self._graphs[pipeline]

    def _entry(self, edge: Edge | EdgeClaim) -> str:
        return self.found.real.words.dependency(edge.dependency, soft=edge.soft)
