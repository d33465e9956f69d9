"""`RuledEdges`: the dependencies that the rules of a documented graph add to a real one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from groundrules.checks.drift.documented import Documented
from groundrules.checks.drift.selectors import RunsFor, is_named, selects
from groundrules.ci.wish import EncodeError, Wait
from groundrules.claims.claims import RuleClaim
from groundrules.graphs.elements import Edge
from groundrules.graphs.job_graph import CycleError, JobGraph
from groundrules.graphs.unknowns import Unknowns

Added = dict[tuple[str, str], RuleClaim]
"""The rule of each added dependency, by job and dependency."""


class RuledEdges:
    """What rules require in one pipeline, beyond the dependencies that a graph has.

    ``graph`` already has the documented dependencies.  The job of a rule and those that it waits
    for are exempt.  A job that waits for the rule's job through others gets no dependency, except
    for a rule with ``directly``.
    """

    def __init__(
        self, documented: Documented, pipeline: str, graph: JobGraph, is_run_for: RunsFor
    ) -> None:
        self._documented, self._pipeline, self._graph = documented, pipeline, graph
        self._is_run_for = is_run_for
        # those for direct dependencies first, since they can satisfy the others
        rules = sorted(documented.claim.rules, key=lambda rule: not rule.directly)
        self._jobs = {rule.id: self._selected(rule) for rule in rules}
        self.rules = [rule for rule in rules if self._jobs[rule.id]]
        """The rules that apply to a job of the pipeline."""

    def _selected(self, rule: RuleClaim) -> set[str]:
        jobs = {
            job.name
            for job in self._graph.jobs
            if selects(rule, job, self._documented.job(job.name), self._is_run_for)
        }
        if rule.dependency not in self._graph.by_name:
            is_meant = self._documented.is_meant_for(rule.dependency, self._pipeline)
            return jobs if is_meant else set()
        return jobs - self._graph.ancestors(rule.dependency) - {rule.dependency}

    def missing(self) -> Iterator[str]:
        """Yield the rules whose job does not run, so that nothing can wait for it."""
        for rule in self.rules:
            if rule.dependency not in self._graph.by_name:
                yield (
                    f"{rule.target}: rule {rule.id!r} requires jobs to wait for "
                    f"{rule.dependency!r}, which does not run in the pipeline {self._pipeline!r}; "
                    "add the job first, or document its 'pipelines'"
                )

    def added(self) -> Added:
        """Return the dependencies to add; none that others imply.

        Raises `EncodeError` if rules make jobs wait for each other.
        """
        added: Added = {}
        try:
            for rule in self.rules:
                new = self._new(rule, self._with(added))
                added |= {(job, rule.dependency): rule for job in new}
            kept = {(edge.job, edge.dependency) for edge in self._with(added).reduced().edges}
        except CycleError as error:
            raise EncodeError([self._cycle(error)]) from None
        return {pair: rule for pair, rule in added.items() if rule.directly or pair in kept}

    def waits(self, added: Added) -> Mapping[str, tuple[Wait, ...]]:
        """Return the added dependencies by job; soft ones on jobs that do not run for all files.

        A change for which such a job does not run would have no graph otherwise.
        """
        waits: dict[str, tuple[Wait, ...]] = {}
        for job, dependency in added:
            soft = self._graph.by_name[dependency].has_file_matcher
            waits[job] = (*waits.get(job, ()), Wait(dependency, soft))
        return waits

    def doubts(self, unseen: Unknowns) -> Iterator[str]:
        """Yield the jobs of which it is not known whether a rule applies."""
        for rule in self._documented.claim.rules:
            if rule.tag is None and rule.parent is None and rule.file is None:
                continue
            for job in self._graph.jobs:
                if job.name in self._jobs[rule.id] or not is_named(rule, job):
                    continue
                for origin in unseen.orders(job)[:1]:
                    yield (
                        f"{rule.selector}: it is not known whether rule {rule.id!r} applies to "
                        f"{job.name!r}: {unseen.reason(job, origin)}"
                    )

    def _new(self, rule: RuleClaim, graph: JobGraph) -> Iterator[str]:
        """Yield the jobs that get a dependency, in an order in which they can run."""
        waiting: set[str] = set()
        for job in chain.from_iterable(graph.waves()):
            before = graph.dependencies(job)
            is_direct = rule.dependency in before
            does_wait = is_direct or not waiting.isdisjoint(before)
            if job in self._jobs[rule.id] and not (is_direct if rule.directly else does_wait):
                yield job
                does_wait = True
            if does_wait:
                waiting.add(job)

    def _with(self, added: Added) -> JobGraph:
        new = (Edge(job=job, dependency=dependency) for job, dependency in added)
        return JobGraph(self._graph.jobs, (*self._graph.edges, *new))

    def _cycle(self, error: CycleError) -> str:
        """Return the message about a cycle, with the place of a rule that is part of it."""
        pairs = zip(error.cycle, (*error.cycle[1:], error.cycle[0]), strict=True)
        links = {dependency: job for job, dependency in pairs}
        rule = next(
            rule for rule in self.rules if links.get(rule.dependency) in self._jobs[rule.id]
        )
        return (
            f"{rule.place}: with rule {rule.id!r}, in the pipeline {self._pipeline!r}, {error}; "
            "document which of these jobs waits for the other"
        )
