"""`PlanRequest`: what to plan; and the plans that it comes to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from groundrules.ci.graph_question import GraphQuestion
from groundrules.graphs.job_graph import CycleError
from groundrules.nearest import did_you_mean
from groundrules.plan.build_records import job_durations
from groundrules.plan.day_request import DayRequest, SimulatedDay, day_of
from groundrules.plan.graph_plan import GraphPlan, NamedPlan, Plans, plan, with_exact
from groundrules.plan.planned_graph import PlanError, PlannedGraph
from groundrules.plan.scheduling_problem import SchedulingProblem
from groundrules.plan.what_if import UnknownJobError, WhatIfError
from groundrules.plan.what_ifs import WhatIfs
from groundrules.planner.known_builds import KnownBuilds
from groundrules.planner.manual_graphs import ManualGraphs, graphs_alone
from groundrules.planner.read_arrivals import PipelineArrivals, with_read_arrivals
from groundrules.text import counted

if TYPE_CHECKING:
    from groundrules.records.graph import Graph


class PlanRequest(Struct, frozen=True, kw_only=True):
    """What to plan: documented ``graphs``, or the real graphs of ``question`` without a manual.

    With ``real``, the real graphs of documented ones are planned too.  ``builds`` are files of
    build records, ``exact`` the seconds in which to look for a better order of starting.  With
    ``zuul_url``, build records are also read from the ``tenant`` of a running Zuul, by default the
    one that the manual names.
    """

    root: Path
    data: str = "data"
    graphs: tuple[str, ...] = ()
    pipelines: tuple[str, ...] = ()
    real: bool = False
    paths: Mapping[str, Path] = {}
    question: GraphQuestion | None = None
    what_ifs: WhatIfs = WhatIfs()
    builds: tuple[Path, ...] = ()
    zuul_url: str | None = None
    tenant: str | None = None
    exact: float | None = None
    day: DayRequest = DayRequest()


class _AskedGraphs(NamedTuple):
    """The cases to plan; those of a day, one for each pipeline; and how buildsets come to them."""

    cases: list[PlannedGraph]
    whole: list[PlannedGraph]
    arrivals: list[PipelineArrivals]


def plans(request: PlanRequest) -> Plans:
    """Return the plans, and the day.

    Raises `PlanError` or `UnclearError` for a request that cannot be answered, and `MistakesError`
    for data or a configuration with mistakes.
    """
    asked = _of_manual(request) if request.question is None else _alone(request.question)
    builds = KnownBuilds(request.builds, request.root, request.zuul_url, request.tenant)
    cases = [_with_builds(case, builds) for case in asked.cases]
    whole = [case for case in cases if request.what_ifs.within(case.problem) == request.what_ifs]
    named = tuple(_planned(case, request, is_whole=not whole) for case in cases)
    return Plans(named, None if request.day.is_empty else _day(request, asked, builds))


def _day(request: PlanRequest, asked: _AskedGraphs, builds: KnownBuilds) -> SimulatedDay:
    """Return the day of all pipelines; the what-ifs change each of them where they can."""
    changed: list[PlannedGraph] = []
    for case in (_with_builds(case, builds) for case in asked.whole):
        what_ifs = request.what_ifs.within(case.problem)
        changed.append(replace(case, problem=what_ifs.applied(case.problem)))
    day = with_read_arrivals(request.day, asked.arrivals) if request.day.is_read else request.day
    return day_of(day, changed, request.what_ifs.nodes)


def _alone(question: GraphQuestion) -> _AskedGraphs:
    cases, definitions = graphs_alone(question)
    names = (case.pipelines[0] for case in cases)
    arrivals = [PipelineArrivals(pipeline=name, definitions=definitions) for name in names]
    return _AskedGraphs(cases, cases, arrivals)


def _of_manual(request: PlanRequest) -> _AskedGraphs:
    manual = ManualGraphs(request.root, request.data, request.paths)
    asked = _AskedGraphs([], [], [])
    for graph in [manual.graph(name) for name in request.graphs or (None,)]:
        asked.cases.extend(manual.documented(graph, request.pipelines))
        if request.real:
            asked.cases.extend(manual.real(graph, request.pipelines))
        for pipeline in graph.pipelines:
            asked.whole.extend(manual.documented(graph, (pipeline,)))
        if request.day.is_read:
            asked.arrivals.extend(_arrivals(manual, graph))
    return asked


def _arrivals(manual: ManualGraphs, graph: Graph) -> Iterator[PipelineArrivals]:
    definitions, reason = None, ""
    try:
        definitions = manual.definitions(graph)
    except PlanError as error:
        reason = f"{error}."
    for pipeline in graph.pipelines:
        yield PipelineArrivals(pipeline=pipeline, definitions=definitions, reason=reason)


def _planned(case: PlannedGraph, request: PlanRequest, *, is_whole: bool) -> NamedPlan:
    """Return the plan of a case.

    A what-if about jobs that another pipeline has is left out, unless it ``is_whole``: then no
    pipeline has them.
    """
    try:
        what_ifs = request.what_ifs if is_whole else request.what_ifs.within(case.problem)
        changed = what_ifs.applied(case.problem)
        today = _exact(plan(case.problem, case.independent), request)
        what_if = None
        if not what_ifs.is_empty:
            what_if = _exact(plan(changed, case.independent), request)
    except (CycleError, WhatIfError) as error:
        hint = ""
        if isinstance(error, UnknownJobError):
            hint = did_you_mean(error.name, case.problem.by_name, "jobs")
        raise PlanError(f"{case.title}: {error}{hint}") from None
    return NamedPlan(case.title, today, what_if, case.notes)


def _exact(plan: GraphPlan, request: PlanRequest) -> GraphPlan:
    return plan if request.exact is None else with_exact(plan, request.exact)


def _with_builds(case: PlannedGraph, builds: KnownBuilds) -> PlannedGraph:
    """Return a case with the durations of builds; those without a build stay as they are."""
    if builds.is_empty:
        return case
    known = job_durations(builds.of(case), case.pipelines, case.project)
    jobs, used, others = [], 0, 0
    for job in case.problem.jobs:
        durations = known.get(job.name)
        if durations is not None and durations.typical is not None:
            used += durations.succeeded
            others += durations.others
            job = replace(job, duration=durations.typical)
        jobs.append(job)
    note = f"Durations are medians of {counted(used, 'successful build')}"
    if others:
        counts = "does" if others == 1 else "do"
        note += f"; {counted(others, 'other build')} of these jobs {counts} not count"
    problem = SchedulingProblem(tuple(jobs), case.problem.limits, case.problem.nodes)
    return replace(case, problem=problem, notes=(*case.notes, f"{note}.", *builds.notes(case)))
