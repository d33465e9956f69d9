"""A plan → text for a terminal, with the schedule as a Gantt chart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from groundrules.plan.graph_plan import GraphPlan
from groundrules.plan.holdbacks import Holdback, HoldbackCause
from groundrules.plan.pairs import PairQuestion, Pairs
from groundrules.plan.schedule import Run, Stuck
from groundrules.plan.scheduling_problem import NODES
from groundrules.text import aligned, counted, duration, listed

MOST = 10
"""How many names or lines of a kind are listed; the rest are counted."""
CHART = 40
"""The width of the chart, in characters."""


def plan_text(title: str, plan: GraphPlan, notes: Iterable[str]) -> Iterator[Iterable[str]]:
    """Yield the lines of each paragraph; ``notes`` say what was assumed."""
    yield [f"{title}: {_size(plan)}"]
    yield (*_unknown(plan), *notes)
    for part in (_totals, _stuck, _waves, _path, _chart, _holdbacks):
        yield part(plan)
    yield _pairs(plan.pairs)


def _size(plan: GraphPlan) -> str:
    edges = sum(map(len, plan.problem.dependencies.values()))
    return f"{counted(len(plan.problem.jobs), 'job')}, {counted(edges, 'dependency')}"


def _unknown(plan: GraphPlan) -> Iterator[str]:
    unknown = plan.problem.unknown
    if unknown:
        yield (
            f"The duration of {counted(len(unknown), 'job')} is not known and counts as 0: "
            f"{listed(unknown, most=MOST)}."
        )
    unsized = [job.name for job in plan.problem.jobs if job.nodes is None]
    if unsized and plan.problem.nodes is not None:
        yield (
            f"The number of nodes of {counted(len(unsized), 'job')} is not known and counts as 1: "
            f"{listed(unsized, most=MOST)}."
        )


def _totals(plan: GraphPlan) -> Iterator[str]:
    rows = [
        ("One job after another", total(plan, plan.serial) + _most(plan)),
        ("As the order allows, without limits", total(plan, plan.critical.total)),
    ]
    if plan.schedule.ends:
        started = _scheduled(plan, plan.schedule.total)
        rows.append((f"As Zuul starts the jobs{_limits(plan)}", started))
        rows.append(("No order of starting is faster than", total(plan, plan.bound)))
    if plan.exact and plan.exact.schedule.total < plan.schedule.total:
        best = plan.exact.schedule.total
        rows.append(("A better order of starting takes", _scheduled(plan, best)))
    yield from (f"  {line}" for line in aligned(rows))


def total(plan: GraphPlan, seconds: int) -> str:
    """Return a total; it is a lower bound if durations are unknown."""
    if not plan.problem.unknown:
        return duration(seconds)
    return f"{duration(seconds)} or more" if seconds else "not known"


def _scheduled(plan: GraphPlan, seconds: int) -> str:
    """Return the length of a schedule; it may become shorter too if durations are unknown."""
    if not plan.problem.unknown:
        return duration(seconds)
    known = f"{duration(seconds)}, if jobs of unknown duration take no time"
    return known if seconds else "not known"


def _most(plan: GraphPlan) -> str:
    is_more = plan.most is not None and plan.most > plan.serial
    return f", {duration(plan.most or 0)} if these take their maximum or timeout" if is_more else ""


def _limits(plan: GraphPlan) -> str:
    """Return the limits that a schedule keeps."""
    problem = plan.problem
    held = dict.fromkeys(semaphore for job in problem.jobs for semaphore in job.semaphores)
    limits = [f"{semaphore} {problem.limit(semaphore)}" for semaphore in held]
    if problem.nodes is not None:
        limits.insert(0, counted(problem.nodes, "node"))
    return f" ({listed(limits, most=MOST)})" if limits else ""


def _stuck(plan: GraphPlan) -> Iterator[str]:
    for stuck in plan.schedule.stuck[:MOST]:
        yield f"{stuck.job} can never start: {_reason(plan, stuck)}."
    if plan.schedule.behind:
        yield f"So these jobs never start either: {listed(plan.schedule.behind, most=MOST)}."


def _reason(plan: GraphPlan, stuck: Stuck) -> str:
    if stuck.resource == NODES and not stuck.holders:
        needed = counted(plan.problem.by_name[stuck.job].counted_nodes, "node")
        return f"it needs {needed}, and there are {plan.problem.nodes}"
    what = "its nodes" if stuck.resource == NODES else f"the semaphore {stuck.resource}"
    if not stuck.holders:
        return f"{what} admits no job"
    holders, verb = listed(stuck.holders, most=MOST), "holds" if len(stuck.holders) == 1 else "hold"
    return f"{holders} {verb} {what} while paused, until {stuck.job} has ended"


def _waves(plan: GraphPlan) -> Iterator[str]:
    """Yield groups of jobs; each can start after the groups before it."""
    yield "Waves, each after the one before:"
    for number, names in enumerate(plan.waves, start=1):
        yield f"  {number}  {listed(names, most=MOST)}"


def _path(plan: GraphPlan) -> Iterator[str]:
    path = plan.critical.path
    if len(path) > 1 and plan.critical.total:
        shown = [f"{name} ({_time(plan, name)})" for name in path[:MOST]]
        rest = [f"{len(path) - MOST} more"] if len(path) > MOST else []
        yield "Critical path: " + " → ".join([*shown, *rest])


def _time(plan: GraphPlan, job: str) -> str:
    seconds = plan.problem.by_name[job].duration
    return "not known" if seconds is None else duration(seconds)


def _chart(plan: GraphPlan) -> Iterator[str]:
    """Yield a line for each job: when it runs (█) and for how long it is paused (░)."""
    runs, total = plan.schedule.runs, plan.schedule.total
    if not total:
        return
    names = max(len(run.job) for run in runs)
    for run in runs:
        slack = plan.critical.slack(run.job)
        words = [f"{duration(run.start)} to {duration(run.end)}"]
        words += ["paused"] if run.end > run.done else []
        words += ["not known"] if plan.problem.by_name[run.job].duration is None else []
        words += [f"slack {duration(slack)}"] if slack else ["critical"]
        yield f"  {run.job:{names}}  {_bar(run, total)}  {', '.join(words)}"


def _bar(run: Run, total: int) -> str:
    start, done, end = (moment * CHART // total for moment in (run.start, run.done, run.end))
    done = min(CHART, max(done, start + 1))
    end = max(done, end)
    start = min(start, CHART - 1)
    return "·" * start + "█" * (done - start) + "░" * (end - done) + "·" * (CHART - end)


def _holdbacks(plan: GraphPlan) -> Iterator[str]:
    found = plan.holdbacks.found
    if not found:
        return
    yield "What holds it back, and what would be saved:"
    times = [duration(holdback.seconds) for holdback in found[:MOST]]
    width = max(map(len, times))
    for holdback, time in zip(found, times, strict=False):
        yield f"  {time:>{width}}  {_what(plan, holdback)}"
    if plan.holdbacks.untried:
        tried = counted(plan.holdbacks.untried, "other job or dependency")
        yield f"  {tried} were not tried, to save time."


def _what(plan: GraphPlan, holdback: Holdback) -> str:
    match holdback.cause:
        case HoldbackCause.EDGE:
            return f"without {holdback.name} waiting for {holdback.dependency}"
        case HoldbackCause.JOB:
            return f"if {holdback.name} took no time ({_time(plan, holdback.name)} now)"
        case HoldbackCause.SEMAPHORE:
            limit = plan.problem.limit(holdback.name)
            return f"without the limit of the semaphore {holdback.name} ({limit} now)"
        case HoldbackCause.NODES:
            return f"with enough nodes ({plan.problem.nodes} now)"


def _pairs(pairs: Pairs) -> Iterator[str]:
    if not any((pairs.ordered, pairs.exclude, pairs.can, pairs.unknown)):
        return
    yield (
        f"Of every two jobs: {pairs.ordered} in an order, {pairs.exclude} one at a time, "
        f"{pairs.can} can run side by side, {pairs.unknown} not known."
    )
    if pairs.is_safe:
        if pairs.can:
            yield "So all that can run at the same time is known to be safe side by side."
        return
    yield "To be known before they run side by side:"
    for question in pairs.questions[:MOST]:
        yield f"  {_asked(question)}"
    if pairs.unknown > MOST:
        yield f"  and {pairs.unknown - MOST} more"


def _asked(question: PairQuestion) -> str:
    job, other = question.job, question.other
    if question.shared:
        return f"{job} and {other} both use {listed(question.shared)}: can they at the same time?"
    return f"{job} and {other}: what do they touch, and does one have to wait?"
