"""Plans → text or JSON; what-ifs are compared with today in one table.

A simulated day says how long buildsets wait under each way to keep them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import to_builtins

from groundrules.plan.day import Locking
from groundrules.plan.day_request import SimulatedDay
from groundrules.plan.graph_plan import GraphPlan, NamedPlan, Plans
from groundrules.report import dumped
from groundrules.report.plan_text import plan_text, total
from groundrules.text import aligned, duration, escaped_lines, listed

FORMATS = ("text", "json")
_WORDS = {
    Locking.LOCK: "as documented",
    Locking.SEMAPHORE: "a semaphore instead",
    Locking.NOTHING: "nothing instead",
}


def plans_text(plans: Plans, form: str) -> str:
    """Return the plans in a format."""
    if form == "json":
        plain = {"plans": [_plain(named) for named in plans.named], "day": to_builtins(plans.day)}
        return dumped(plain, indent=1)
    parts = [part for named in plans.named for part in _parts(named)]
    parts += _day(plans.day) if plans.day else ()
    return "\n".join(filter(None, map(escaped_lines, parts)))


def _plain(named: NamedPlan) -> dict[str, Any]:
    return {
        "title": named.title,
        "notes": list(named.notes),
        "today": _plan(named.current),
        "what_if": _plan(named.changed) if named.changed else None,
    }


def _plan(plan: GraphPlan) -> dict[str, Any]:
    """Return a plan as plain values; all times are in seconds."""
    schedule, critical = plan.schedule, plan.critical
    return {
        "unknown": list(plan.problem.unknown),
        "serial": plan.serial,
        "most": plan.most,
        "unlimited": critical.total,
        "waves": [list(names) for names in plan.waves],
        "critical_path": list(critical.path),
        "limits": {
            name: plan.problem.limit(name)
            for name in dict.fromkeys(s for job in plan.problem.jobs for s in job.semaphores)
        },
        "nodes": plan.problem.nodes,
        "total": schedule.total if schedule.ends else None,
        "at_least": plan.bound,
        "best": plan.exact.schedule.total if plan.exact else None,
        "runs": [{**to_builtins(run), "slack": critical.slack(run.job)} for run in schedule.runs],
        "stuck": to_builtins(schedule.stuck),
        "behind": list(schedule.behind),
        "saved": to_builtins(plan.holdbacks.found),
        "not_tried": plan.holdbacks.untried,
        "pairs": to_builtins(plan.pairs),
    }


def _parts(named: NamedPlan) -> Iterator[Iterable[str]]:
    """Yield the lines of each paragraph."""
    if not named.changed:
        yield from plan_text(named.title, named.current, named.notes)
        return
    yield from plan_text(f"{named.title}, what if", named.changed, named.notes)
    heads = ("", "today", "what if", "saved")
    yield aligned([heads, *_rows(named.current, named.changed)])


def _rows(today: GraphPlan, changed: GraphPlan) -> Iterator[tuple[str, str, str, str]]:
    yield ("Jobs", str(len(today.problem.jobs)), str(len(changed.problem.jobs)), "")
    is_known = not (today.problem.unknown or changed.problem.unknown)
    later = _times(changed)
    for what, before in _times(today).items():
        saved = _saved(before, later[what]) if is_known else ""
        yield (what, _time(today, before), _time(changed, later[what]), saved)
    unknown = today.pairs.unknown, changed.pairs.unknown
    yield ("Pairs not known", str(unknown[0]), str(unknown[1]), "")


def _times(plan: GraphPlan) -> dict[str, int | None]:
    """Return the times of a plan; None for those of a schedule that never ends.

    If durations are unknown, the schedule may also become shorter, so its length is not known.
    """
    scheduled = 0 if plan.problem.unknown else plan.schedule.total
    return {
        "One job after another": plan.serial,
        "Without limits": plan.critical.total,
        "As Zuul starts the jobs": scheduled if plan.schedule.ends else None,
        "At least": plan.bound if plan.schedule.ends else None,
    }


def _time(plan: GraphPlan, seconds: int | None) -> str:
    return "never ends" if seconds is None else total(plan, seconds)


def _saved(before: int | None, after: int | None) -> str:
    if before is None or after is None or before == after:
        return ""
    return duration(before - after) if after < before else f"{duration(after - before)} longer"


def _day(day: SimulatedDay) -> Iterator[Iterable[str]]:
    """Yield the lines of each paragraph: how long buildsets wait, and what meets."""
    yield _waiting(day)
    yield (*_shared(day), *day.notes)


def _waiting(day: SimulatedDay) -> Iterator[str]:
    yield "A simulated day: how long half of the buildsets wait at most, and 95 % of them:"
    pipelines = next(iter(day.days.values())).waiting
    rows = [("", "buildsets", *(_WORDS[locking] for locking in day.days))]
    for name, waiting in pipelines.items():
        times = (each.waiting[name] for each in day.days.values())
        cells = [f"{duration(time.median)}, {duration(time.long)}" for time in times]
        rows.append((name, str(waiting.buildsets), *cells))
    yield from (f"  {line}" for line in aligned(rows))


def _shared(day: SimulatedDay) -> Iterator[str]:
    for locking, simulated in day.days.items():
        pairs = [
            f"{one} with {'itself' if one == other else other}" for one, other in simulated.met
        ]
        met = listed(pairs) if pairs else "no two buildsets"
        yield f"At the same time, {_WORDS[locking]}: {met}."
    for one, other, names in day.shared:
        what = listed(names) if names else "nothing that is documented"
        yield f"{one} and {other} share {what}."
