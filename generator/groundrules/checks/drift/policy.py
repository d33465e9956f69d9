"""Rules of a graph, which speak of many jobs at once, held against the real jobs."""

from __future__ import annotations

from typing import NamedTuple

from groundrules.checks.drift.comparison import Comparison
from groundrules.checks.drift.demands import Demands
from groundrules.checks.drift.selectors import fits, is_named
from groundrules.checks.words import arrows, names
from groundrules.claims.claims import RuleClaim
from groundrules.diagnostics import Location, Related
from groundrules.graphs.job_graph import Edge, Job, JobGraph
from groundrules.rules import policy as rules


class Broken(NamedTuple):
    """How a job breaks a rule: in few words and in all, and where that is to be seen.

    ``because`` is the place where a documented dependency is told to be missing, with which it
    would keep to the rule.
    """

    job: str
    kind: str
    reason: str
    place: Location
    lost: Related | None
    because: Location | None


def check(found: Comparison) -> None:
    """Note the jobs that break a rule, and the rules that speak of no real job."""
    broken = [
        (rule, breach, pipelines)
        for rule in found.claim.rules
        if not rule.planned
        for breach, pipelines in _broken(found, rule).items()
    ]
    demands = Demands(found)
    for rule, breach, pipelines in broken:
        demands.add(rule, breach.job, pipelines)
    for rule, breach, pipelines in broken:
        _note(found, rule, breach, pipelines, demands.whole_list(breach.job, pipelines))


def _broken(found: Comparison, rule: RuleClaim) -> dict[Broken, list[str]]:
    """Return how jobs break a rule, with the pipelines; note what else is wrong with the rule."""
    selected = {
        pipeline: [each for each in graph.jobs if _selects(found, rule, each)]
        for pipeline, graph in found.real.graphs.items()
    }
    if not any(selected.values()):
        _note_nothing(found, rule)
    broken: dict[Broken, list[str]] = {}
    absent = []
    for pipeline, jobs in selected.items():
        graph = found.real.graphs[pipeline]
        if rule.dependency not in graph.by_name:
            if jobs and _is_meant_there(found, rule, pipeline):
                if doubt := found.real.doubt(pipeline, rule.dependency):
                    found.miss(f"{rule.dependency!r} is not seen: {doubt}", policy=rule.id)
                else:
                    absent.append(pipeline)
            continue
        before = graph.ancestors(rule.dependency) | {rule.dependency}
        for job in jobs:
            if job.name in before or not (breach := _breach(graph, rule, job)):
                continue
            if doubt := _doubt(found, pipeline, rule, job):
                found.miss(doubt, policy=rule.id)
            else:
                place = job.location or rule.target
                because = _because(found, pipeline, rule, job)
                each = Broken(job.name, *breach, place, _lost(graph, job), because)
                broken.setdefault(each, []).append(pipeline)
        _miss_others(found, rule, pipeline, {*before, *(each.name for each in jobs)})
    if absent and _is_moved(found, rule.dependency):
        found.drift(f"the job {rule.dependency!r} is somewhere else now", policy=rule.id)
    elif absent:
        _note_absent(found, rule, absent)
    return broken


def _selects(found: Comparison, rule: RuleClaim, job: Job) -> bool:
    return fits(found.claim, rule, job) and (
        rule.file is None or found.real.is_run_for(job, rule.file)
    )


def _is_moved(found: Comparison, name: str) -> bool:
    """Return whether a job has another name or place, which is told of the job."""
    return name in found.moves.jobs or name in found.renamed().values()


def _is_meant_there(found: Comparison, rule: RuleClaim, pipeline: str) -> bool:
    """Return whether the job that is waited for is documented, or not excluded, there."""
    claim = found.claim.job(rule.dependency)
    return claim is None or pipeline in claim.pipelines


def _breach(graph: JobGraph, rule: RuleClaim, job: Job) -> tuple[str, str] | None:
    """Return what is missing between a job and the one it has to wait for: its kind, and all."""
    if rule.dependency in graph.dependencies(job.name):
        return None
    through = graph.way(job.name, rule.dependency)
    if not through:
        words = f"{job.name} → {rule.dependency} is missing, and nothing else leads there"
        return "no way", words
    if rule.directly:
        return "through others", f"it waits through others only ({arrows(through)})"
    return None


def _doubt(found: Comparison, pipeline: str, rule: RuleClaim, job: Job) -> str:
    """Return why a job may keep to a rule in a way that cannot be seen; empty if it does not."""
    graph, real = found.real.graphs[pipeline], found.real
    behind = () if rule.directly else sorted(graph.ancestors(job.name))
    for each in (job.name, *behind):
        if doubt := real.wait_doubt(graph, each):
            return doubt
    lost = (edge for edge in graph.dangling if edge.job in behind and not rule.directly)
    return next((doubt for edge in lost if (doubt := real.doubt(pipeline, edge.dependency))), "")


def _miss_others(found: Comparison, rule: RuleClaim, pipeline: str, known: set[str]) -> None:
    """Say which jobs the rule may speak of too, as far as they do not keep to it anyway."""
    graph, unseen = found.real.graphs[pipeline], found.real.unseen
    if unseen.more:
        found.miss(f"it may speak of more jobs: {unseen.more}", policy=rule.id)
    if rule.tag is None and rule.parent is None and rule.file is None:
        return
    for job in graph.jobs:
        if job.name in known or not is_named(rule, job) or not _breach(graph, rule, job):
            continue
        for origin in unseen.orders(job)[:1]:
            why = unseen.reason(job, origin)
            found.miss(f"whether it speaks of {job.name!r} is not known: {why}", policy=rule.id)


def _lost(graph: JobGraph, job: Job) -> Related | None:
    """Return the first soft dependency on the job's ways that leads to nothing."""
    behind = {job.name} | graph.ancestors(job.name)
    lost: list[Edge] = [each for each in graph.dangling if each.job in behind]
    for edge in lost[:1]:
        if edge.location:
            message = f"{edge.job!r} waits softly for {edge.dependency!r} here, which is not there"
            return Related(edge.location, message)
    return None


def _because(found: Comparison, pipeline: str, rule: RuleClaim, job: Job) -> Location | None:
    """Return where the first documented dependency is told with which a job would keep to a rule.

    Others may be missing behind it: each is told, and any of them will do as the cause.
    """
    graph, lost = found.real.graphs[pipeline], found.undeclared.get(pipeline, {})
    ways: dict[str, Location | None] = {job.name: None}
    for name in (todo := [job.name]):
        told = {each.dependency: each.place for each in lost.get(name, ())}
        for end in (*graph.dependencies(name), *told):
            if end in graph.by_name and end not in ways:
                ways[end] = ways[name] or told.get(end)
                todo += [] if rule.directly else [end]
    return ways.get(rule.dependency)


def _note(
    found: Comparison, rule: RuleClaim, breach: Broken, pipelines: list[str], suggestion: str
) -> None:
    job, kind, reason, place, lost, because = breach
    found.note(
        rules.POLICY_BROKEN,
        place,
        f"{job!r} has to wait for {rule.dependency!r}{' directly' if rule.directly else ''}, says "
        f"the rule {rule.id!r}, and does not in {names('pipeline', pipelines)}: {reason}",
        [Related(rule.place, "the rule"), lost],
        suggestion=suggestion,
        policy=rule.id,
        of=f"{job}: {kind}",
        pipelines=pipelines,
        because=[because] if because else [],
    )


def _note_absent(found: Comparison, rule: RuleClaim, pipelines: list[str]) -> None:
    """Note a rule whose job is not there; that follows from what is told of the job itself."""
    claim = found.claim.job(rule.dependency)
    found.note(
        rules.POLICY_BROKEN,
        rule.target,
        f"jobs have to wait for {rule.dependency!r}, says the rule {rule.id!r}, and that job is "
        f"not in {names('pipeline', pipelines)}",
        policy=rule.id,
        of="not there",
        pipelines=pipelines,
        because=[claim.place] if claim else [],
    )


def _note_nothing(found: Comparison, rule: RuleClaim) -> None:
    """Note a rule that selects nothing.

    Where no documented job fits GR117 tells it, where none that does is there GR202.
    """
    graphs = found.real.graphs
    if not graphs or found.real.refused or found.real.unseen.more:
        return
    message = f"the rule {rule.id!r} selects no job of {names('pipeline', graphs)}"
    if any(each in graph.by_name for each in rule.documented for graph in graphs.values()):
        found.note(
            rules.POLICY_WITHOUT_JOB, rule.selector, message, policy=rule.id, pipelines=graphs
        )
    else:
        found.drift(message, policy=rule.id)
