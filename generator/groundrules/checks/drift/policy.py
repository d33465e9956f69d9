"""Rules of a graph, which apply to many jobs at once, compared with the real jobs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from groundrules.checks.drift.comparison import About, Comparison, Difference, Note
from groundrules.checks.drift.demands import Demands
from groundrules.checks.drift.edges import Undeclared, undeclared
from groundrules.checks.drift.selectors import is_named, selects
from groundrules.checks.phrases import UNLESS, named, path_of, related_to
from groundrules.claims.claims import RuleClaim
from groundrules.diagnostics import Location, Related
from groundrules.graphs.elements import Job
from groundrules.graphs.job_graph import JobGraph
from groundrules.grouping import grouped
from groundrules.rules import policy as rules


class Breach(NamedTuple):
    """How a job breaks a rule: the kind, the reason, and its places.

    ``because`` is the place of a documented dependency that is reported as missing and with
    which the job would keep the rule.
    """

    job: str
    kind: str
    reason: str
    place: Location
    lost: tuple[Related, ...]
    because: Location | None


def check(comparison: Comparison) -> Iterator[Note]:
    """Yield the jobs that break a rule, and the rules that apply to no real job."""
    missing = undeclared(comparison)
    broken: list[tuple[RuleClaim, Breach, list[str]]] = []
    for rule in comparison.claim.rules:
        if not rule.planned:
            applied = _AppliedRule(comparison, rule, missing)
            yield from applied.check()
            broken += [(rule, breach, pipelines) for breach, pipelines in applied.breaches.items()]
    by_job = ((breach.job, at, rule) for rule, breach, pipelines in broken for at in pipelines)
    demands = Demands(comparison, missing, grouped(((job, at), rule) for job, at, rule in by_job))
    for rule, breach, pipelines in broken:
        suggestion = demands.whole_list(breach.job, pipelines)
        yield _breaks(comparison, rule, breach, pipelines, suggestion)


@dataclass(slots=True)
class _AppliedRule:
    """One rule applied to the real graphs; ``breaches`` are those by pipeline."""

    comparison: Comparison
    rule: RuleClaim
    undeclared: Undeclared
    breaches: dict[Breach, list[str]] = field(init=False, default_factory=dict)

    def check(self) -> Iterator[Note]:
        """Yield what else is wrong with the rule, and collect the breaches."""
        selected = {
            pipeline: [job for job in graph.jobs if self._selects(job)]
            for pipeline, graph in self.comparison.real.graphs.items()
        }
        if not any(selected.values()):
            yield from _applies_to_nothing(self.comparison, self.rule)
        absent = []
        for pipeline, jobs in selected.items():
            if self.rule.dependency in self.comparison.real.graphs[pipeline].by_name:
                yield from self._check_pipeline(pipeline, jobs)
            elif jobs and self.comparison.documented.is_meant_for(self.rule.dependency, pipeline):
                if doubt := self.comparison.real.doubt(pipeline, self.rule.dependency):
                    what = f"it is not known whether {self.rule.dependency!r} runs"
                    yield self._not_checked(f"{what}: {doubt}")
                else:
                    absent.append(pipeline)
        if absent and self._is_moved():
            reason = f"job {self.rule.dependency!r} has moved"
            yield self.comparison.drifted(About(rule=self.rule.id), reason)
        elif absent:
            yield _dependency_missing(self.comparison, self.rule, absent)

    def _not_checked(self, reason: str) -> Note:
        return self.comparison.not_checked(About(rule=self.rule.id), reason)

    def _selects(self, job: Job) -> bool:
        documented = self.comparison.documented.job(job.name)
        return selects(self.rule, job, documented, self.comparison.real.is_run_for)

    def _is_moved(self) -> bool:
        """Return whether the required job has moved, which its own finding reports."""
        name = self.rule.dependency
        return name in self.comparison.moves.jobs or name in self.comparison.renamed.values()

    def _check_pipeline(self, pipeline: str, jobs: list[Job]) -> Iterator[Note]:
        graph = self.comparison.real.graphs[pipeline]
        exempt = graph.ancestors(self.rule.dependency) | {self.rule.dependency}
        doubts = _Doubts(self.comparison, pipeline, self.rule)
        for job in jobs:
            if job.name in exempt or not (difference := self._breach(pipeline, job)):
                continue
            if doubt := doubts.of(job):
                yield self._not_checked(doubt)
                continue
            place = job.location or self.rule.target
            because = self._because(pipeline, job)
            breach = Breach(job.name, *difference, place, _lost(graph, job), because)
            self.breaches.setdefault(breach, []).append(pipeline)
        yield from self._check_others(pipeline, {*exempt, *(job.name for job in jobs)})

    def _breach(self, pipeline: str, job: Job) -> tuple[str, str] | None:
        """Return what is missing between a job and the required one: the kind, and the reason."""
        graph, dependency = self.comparison.real.graphs[pipeline], self.rule.dependency
        if dependency in graph.dependencies(job.name):
            return None
        between = self.comparison.between(pipeline, job.name, dependency)
        if not between:
            return "no way", f"it does not wait for {dependency!r}"
        if self.rule.directly:
            way = path_of([job.name, *between, dependency])
            return "through others", f"it waits for {dependency!r} only indirectly ({way})"
        return None

    def _check_others(self, pipeline: str, known: set[str]) -> Iterator[Note]:
        """Yield the jobs that the rule may apply to, as far as they do not keep it anyway."""
        rule, unseen = self.rule, self.comparison.real.unseen
        if unseen.more:
            yield self._not_checked(f"it may apply to more jobs: {unseen.more}")
        if rule.tag is None and rule.parent is None and rule.file is None:
            return
        for job in self.comparison.real.graphs[pipeline].jobs:
            if job.name in known or not is_named(rule, job) or not self._breach(pipeline, job):
                continue
            for origin in unseen.orders(job)[:1]:
                what = f"it is not known whether it applies to {job.name!r}"
                yield self._not_checked(f"{what}: {unseen.reason(job, origin)}")

    def _because(self, pipeline: str, job: Job) -> Location | None:
        """Return the first documented dependency with which a job would keep the rule.

        Others may be missing too; each is reported, and any of them can be the cause.
        """
        missing = self.undeclared.get(pipeline, {})
        if not missing:
            return None
        graph = self.comparison.real.graphs[pipeline]
        ways: dict[str, Location | None] = {job.name: None}
        for name in (todo := [job.name]):
            places = {edge.dependency: edge.place for edge in missing.get(name, ())}
            for end in (*graph.dependencies(name), *places):
                if end in graph.by_name and end not in ways:
                    ways[end] = ways[name] or places.get(end)
                    todo += [] if self.rule.directly else [end]
        return ways.get(self.rule.dependency)


class _Doubts:
    """Reasons why jobs of a pipeline may satisfy a rule through unknown dependencies."""

    def __init__(self, comparison: Comparison, pipeline: str, rule: RuleClaim) -> None:
        self._graph, self._rule = comparison.real.graphs[pipeline], rule
        real = comparison.real
        self._waits = {job.name: real.wait_doubt(self._graph, job.name) for job in self._graph.jobs}
        self._edges = [
            (edge.job, doubt)
            for edge in self._graph.dangling
            if not rule.directly and (doubt := real.doubt(pipeline, edge.dependency))
        ]
        self._any = any(self._waits.values()) or bool(self._edges)

    def of(self, job: Job) -> str:
        """Return the first doubt about a job or its dependencies; empty if there is none."""
        if not self._any:
            return ""
        behind = () if self._rule.directly else sorted(self._graph.ancestors(job.name))
        waits = (self._waits[name] for name in (job.name, *behind))
        edges = (doubt for name, doubt in self._edges if name in behind)
        return next(filter(None, (*waits, *edges)), "")


def _lost(graph: JobGraph, job: Job) -> tuple[Related, ...]:
    """Return the first soft dependency on the job's ways that has no effect."""
    if not (dangling := graph.dangling):
        return ()
    behind = {job.name} | graph.ancestors(job.name)
    if (edge := next((edge for edge in dangling if edge.job in behind), None)) is None:
        return ()
    message = (
        f"the soft dependency of {edge.job!r} on {edge.dependency!r} has no effect here"
        f"{'' if graph.is_known(edge) else UNLESS}"
    )
    return (*related_to(edge.location, message),)


def _breaks(
    comparison: Comparison,
    rule: RuleClaim,
    breach: Breach,
    pipelines: list[str],
    suggestion: str,
) -> Difference:
    return comparison.differs(
        rules.POLICY_BROKEN,
        breach.place,
        f"{breach.job!r} breaks rule {rule.id!r} in {named('pipeline', pipelines)}: "
        f"{breach.reason}",
        About(rule=rule.id),
        related=[Related(rule.place, "the rule"), *breach.lost],
        suggestion=suggestion,
        kind=f"{breach.job}: {breach.kind}",
        pipelines=pipelines,
        because=[breach.because] if breach.because else [],
    )


def _dependency_missing(
    comparison: Comparison, rule: RuleClaim, pipelines: list[str]
) -> Difference:
    """Return a rule whose job is missing; that follows from the finding about the job itself."""
    claim = comparison.documented.job(rule.dependency)
    return comparison.differs(
        rules.POLICY_BROKEN,
        rule.target,
        f"rule {rule.id!r} requires jobs to wait for {rule.dependency!r}, which does not run in "
        f"{named('pipeline', pipelines)}",
        About(rule=rule.id),
        kind="not there",
        pipelines=pipelines,
        because=[claim.place] if claim else [],
    )


def _applies_to_nothing(comparison: Comparison, rule: RuleClaim) -> Iterator[Note]:
    """Yield a rule that applies to no job.

    If no documented job matches, GR117 reports it; if none of the matching jobs runs, GR202 does.
    """
    graphs = comparison.real.graphs
    if not graphs or comparison.real.refused or comparison.real.unseen.more:
        return
    message = f"rule {rule.id!r} applies to no job of {named('pipeline', graphs)}"
    about = About(rule=rule.id)
    if any(map(comparison.real.jobs, rule.documented)):
        kind, place = rules.POLICY_WITHOUT_JOB, rule.selector
        yield comparison.differs(kind, place, message, about, pipelines=graphs)
    else:
        yield comparison.drifted(about, message)
