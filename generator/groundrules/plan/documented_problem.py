"""A documented graph → the problem that its plan is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from groundrules.graphs.reachability import Links, ends_first
from groundrules.grouping import grouped
from groundrules.plan.planned_graph import PlannedGraph
from groundrules.plan.scheduling_problem import PlannedJob, SchedulingProblem
from groundrules.records.graph import DocumentedJob, Graph
from groundrules.text import counted, listed

PLANNED_COUNT = "Planned dependencies count as if they were enforced."


def documented_problem(graph: Graph, pipeline: str) -> SchedulingProblem:
    """Return the jobs of a pipeline with all that is documented of them.

    Dependencies by rules count, and planned ones too.  Locks are semaphores that admit one job.
    """
    jobs = (job for job in graph.current if pipeline in (job.pipelines or graph.pipelines))
    return SchedulingProblem(
        tuple(_planned(job, graph.links[job.name]) for job in jobs),
        _limits(graph),
    )


def whole_problem(graph: Graph) -> SchedulingProblem:
    """Return the jobs of all pipelines by name, with all that is documented of them.

    Rules that make a circle do not count.
    """
    links: Links = graph.links
    if ends_first(links) is None:
        links = {name: graph.job_graph.dependencies(name) for name in links}
    jobs = {job.name: _planned(job, tuple(links[job.name])) for job in graph.current}
    return SchedulingProblem(tuple(jobs[name] for name in sorted(jobs)), _limits(graph))


def _limits(graph: Graph) -> dict[str, int]:
    return {limit.semaphore: limit.limit for limit in graph.limits}


def planned_graphs(graph: Graph, pipelines: Iterable[str] = ()) -> Iterator[PlannedGraph]:
    """Yield the problem of each pipeline; one for all pipelines with the same jobs."""
    named = grouped((pipeline, job.name) for job in graph.current for pipeline in job.pipelines)
    wanted = dict.fromkeys(pipelines or graph.pipelines)
    alike = grouped((tuple(named.get(pipeline, ())), pipeline) for pipeline in wanted)
    yield from (_planned_graph(graph, tuple(names)) for names in alike.values())


def _planned_graph(graph: Graph, pipelines: tuple[str, ...]) -> PlannedGraph:
    problem = documented_problem(graph, pipelines[0])
    has_planned = _has_planned(problem, graph)
    return PlannedGraph(
        title=f"{graph.id}, {listed(pipelines)}, documented",
        problem=problem,
        independent=independent_groups(graph),
        notes=(*_notes(problem, graph), *([PLANNED_COUNT] if has_planned else [])),
        project=graph.project,
        pipelines=pipelines,
        has_planned=has_planned,
    )


def _has_planned(problem: SchedulingProblem, graph: Graph) -> bool:
    """Return whether a job waits for another only as planned."""
    return any(name not in graph.enforced_links[job] for job, name in _edges(problem))


def _edges(problem: SchedulingProblem) -> Iterator[tuple[str, str]]:
    """Yield each job with a job that it waits for; both are of the problem."""
    return ((job, name) for job, names in problem.dependencies.items() for name in names)


def _notes(problem: SchedulingProblem, graph: Graph) -> Iterator[str]:
    """Yield what a reader of the graph would not expect."""
    own = {(job.name, wait.job) for job in graph.current for wait in graph.waits_of(job)}
    if by_rules := sum(edge not in own for edge in _edges(problem)):
        verb = "is" if by_rules == 1 else "are"
        yield f"Of these, {counted(by_rules, 'dependency')} {verb} demanded by rules alone."
    if assumed := listed(assumed_limits(problem, graph)):
        yield f"The limit of {assumed} is not documented; 1 is assumed."


def independent_groups(graph: Graph) -> tuple[tuple[str, ...], ...]:
    """Return the groups of jobs that are declared independent."""
    return tuple(group.jobs for group in graph.independent)


def _planned(job: DocumentedJob, dependencies: tuple[str, ...]) -> PlannedJob:
    return PlannedJob(
        name=job.name,
        duration=seconds(job, "typical"),
        longest=seconds(job, "maximum"),
        dependencies=dependencies,
        semaphores=tuple(dict.fromkeys((*job.semaphores, *job.locks))),
        pauses=job.pauses,
        touches=job.touches,
        shares=job.shares,
    )


def seconds(job: DocumentedJob, key: str) -> int | None:
    """Return the typical or maximum duration of a job in seconds."""
    duration = getattr(job.duration, key)
    return None if duration is None else int(duration.total_seconds())


def assumed_limits(problem: SchedulingProblem, graph: Graph | None = None) -> tuple[str, ...]:
    """Return the semaphores whose limit is not documented, so that 1 is assumed."""
    locks = {lock for job in graph.current for lock in job.locks} if graph else set()
    held = dict.fromkeys(name for job in problem.jobs for name in job.semaphores)
    return tuple(name for name in held if name not in problem.limits and name not in locks)
