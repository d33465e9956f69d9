"""A plan → plain values for JSON; all times are in seconds."""

from __future__ import annotations

from typing import Any

from msgspec import to_builtins

from groundrules.plan.graph_plan import GraphPlan


def plan_json(plan: GraphPlan) -> dict[str, Any]:
    """Return a plan as plain values."""
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
