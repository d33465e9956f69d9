"""What rules require of one job: the whole list of dependencies that it has to have.

Several rules can apply to the same job.  One list includes all of them, so that readers do not
have to combine several.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain

from groundrules.checks.drift.comparison import Comparison
from groundrules.checks.drift.edges import Undeclared
from groundrules.checks.phrases import named
from groundrules.claims.claims import EdgeClaim, RuleClaim
from groundrules.graphs.elements import Edge
from groundrules.graphs.job_graph import JobGraph
from groundrules.grouping import grouped


@dataclass(slots=True)
class Demands:
    """The ``rules`` that jobs break, by job and pipeline."""

    comparison: Comparison
    undeclared: Undeclared
    rules: dict[tuple[str, str], list[RuleClaim]]
    _graphs: dict[str, JobGraph] = field(init=False, default_factory=dict)

    def whole_list(self, job: str, pipelines: Iterable[str]) -> str:
        """Return all that a job has to wait for: what is real, documented and required."""
        whole = self.comparison.real.words.dependencies
        lists = grouped((whole(dict.fromkeys(self._words(job, at))), at) for at in pipelines)
        if len(lists) == 1:
            return "".join(lists)
        return "; ".join(f"{words} in {named('pipeline', where)}" for words, where in lists.items())

    def _words(self, job: str, pipeline: str) -> list[str]:
        graph = self.comparison.real.graphs[pipeline]
        undeclared = self.undeclared.get(pipeline, {}).get(job, ())
        missing = [edge for edge in undeclared if edge.dependency in graph.by_name]
        real = [edge for edge in graph.edges_of(job) if edge.declared]
        required = self._required(job, pipeline, [edge.dependency for edge in missing])
        return [*map(self._entry, real), *map(self._entry, missing), *required]

    def _required(self, job: str, pipeline: str, missing: list[str]) -> list[str]:
        """Return the jobs that rules require, except for those that another of them waits for."""
        graph, rules = self._documented(pipeline), self.rules[job, pipeline]
        every = {*missing, *(rule.dependency for rule in rules)}
        return [
            rule.dependency
            for rule in rules
            if rule.dependency not in missing
            and (
                rule.directly
                or not any(
                    rule.dependency in graph.ancestors(other) for other in every - {rule.dependency}
                )
            )
        ]

    def _documented(self, pipeline: str) -> JobGraph:
        """Return the real graph with the documented dependencies that it lacks."""
        if pipeline not in self._graphs:
            graph = self.comparison.real.graphs[pipeline]
            undeclared = chain.from_iterable(self.undeclared.get(pipeline, {}).values())
            new = (Edge(job=edge.job, dependency=edge.dependency) for edge in undeclared)
            self._graphs[pipeline] = JobGraph(graph.jobs, (*graph.edges, *new))
        return self._graphs[pipeline]

    def _entry(self, edge: Edge | EdgeClaim) -> str:
        return self.comparison.real.words.dependency(edge.dependency, soft=edge.soft)
