"""Plans → text or JSON; what-ifs are compared with today in one table."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from msgspec import to_builtins

from groundrules.plan.graph_plan import GraphPlan, NamedPlan, Plans
from groundrules.report.day_text import day_text
from groundrules.report.plan_text import plan_text, total
from groundrules.text import duration

FORMATS = ("text", "json")


def plans_text(plans: Plans, form: str) -> str:
    """Return the plans in a format."""
    if form == "json":
        plain = {"plans": [_plain(named) for named in plans.named], "day": to_builtins(plans.day)}
        return json.dumps(plain, indent=1, ensure_ascii=False) + "\n"
    day = f"\n{day_text(plans.day)}" if plans.day else ""
    return "\n".join("\n".join(_parts(named)).rstrip() + "\n" for named in plans.named) + day


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


def _parts(named: NamedPlan) -> Iterator[str]:
    shown = named.changed or named.current
    title = f"{named.title}, what if" if named.changed else named.title
    yield plan_text(title, shown, named.notes)
    if named.changed:
        yield from _compared(named.current, named.changed)


def _compared(today: GraphPlan, changed: GraphPlan) -> Iterator[str]:
    rows = [("", "today", "what if", "saved"), *_rows(today, changed)]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for row in rows:
        cells = zip(row, widths, strict=True)
        yield "  ".join(f"{cell:{width}}" for cell, width in cells).rstrip()


def _rows(today: GraphPlan, changed: GraphPlan) -> Iterator[tuple[str, str, str, str]]:
    yield ("Jobs", str(len(today.problem.jobs)), str(len(changed.problem.jobs)), "")
    for what, time in _TIMES.items():
        before, after = time(today), time(changed)
        is_known = not (today.problem.unknown or changed.problem.unknown)
        saved = _saved(before, after) if is_known else ""
        yield (what, _time(today, before), _time(changed, after), saved)
    unknown = today.pairs.unknown, changed.pairs.unknown
    yield ("Pairs not known", str(unknown[0]), str(unknown[1]), "")


_TIMES: dict[str, Callable[[GraphPlan], int | None]] = {
    "One job after another": lambda plan: plan.serial,
    "Without limits": lambda plan: plan.critical.total,
    "As Zuul starts the jobs": lambda plan: _scheduled(plan) if plan.schedule.ends else None,
    "At least": lambda plan: plan.bound if plan.schedule.ends else None,
}


def _scheduled(plan: GraphPlan) -> int:
    """Return the length of the schedule; 0 if durations are unknown: it may become shorter too."""
    return 0 if plan.problem.unknown else plan.schedule.total


def _time(plan: GraphPlan, seconds: int | None) -> str:
    return "never ends" if seconds is None else total(plan, seconds)


def _saved(before: int | None, after: int | None) -> str:
    if before is None or after is None or before == after:
        return ""
    return duration(before - after) if after < before else f"{duration(after - before)} longer"
