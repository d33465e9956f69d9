"""What an object touches → text, in each format of ``groundrules impact``."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from groundrules.graphs.elements import Step
from groundrules.graphs.impact import Impact, LostGraph, ManualImpact, Touched, Use
from groundrules.report import dumped
from groundrules.report.graph_dot import quoted
from groundrules.report.impact_text import impact_text, records_text
from groundrules.text import escaped_lines


def impact_report(shown: ManualImpact, form: str) -> str:
    """Return the impact in a format."""
    if form == "json":
        return dumped(_plain(shown), indent=1)
    if form == "dot":
        return _dot([named.impact for named in shown.impacts])
    parts = [impact_text(named.impact, named.name) for named in shown.impacts]
    parts += [records_text(shown.records)] if shown.records is not None else []
    parts += [escaped_lines([f"Not known: {reason}"]) for reason in shown.unread]
    return "\n".join(parts)


def _plain(shown: ManualImpact) -> dict[str, Any]:
    return {
        "impacts": [
            {"configuration": named.name or None, **_plain_impact(named.impact)}
            for named in shown.impacts
        ],
        "records": None if shown.records is None else [*map(_step, shown.records)],
        "unread": list(shown.unread),
    }


def _plain_impact(impact: Impact) -> dict[str, Any]:
    return {
        "kind": impact.kind,
        "name": impact.name,
        "definitions": [*map(_step, impact.definitions)],
        "nodesets": [*map(_touched, impact.nodesets)],
        "jobs": [*map(_touched, impact.jobs)],
        "stanzas": [*map(_step, impact.stanzas)],
        "projects": [
            {"name": project.name, "uses": [*map(_use, project.uses)]}
            for project in impact.projects
        ],
        "without": {
            "note": impact.without or None,
            "graphs": [*map(_loss, impact.losses)],
            "reported": [str(diagnostic) for diagnostic in impact.reported],
        },
        "inform": list(impact.informed),
        "unknown": list(impact.unknown),
    }


def _touched(touched: Touched) -> dict[str, Any]:
    return {
        "name": touched.name,
        "definitions": [*map(str, touched.locations)],
        "chain": [*map(_step, touched.chain)],
    }


def _use(use: Use) -> dict[str, Any]:
    graphs = [{"pipeline": pipeline, "branch": branch} for pipeline, branch in use.graphs]
    return {"job": use.job, "graphs": graphs, "chain": [*map(_step, use.chain)]}


def _loss(loss: LostGraph) -> dict[str, Any]:
    return {
        "project": loss.project,
        "pipeline": loss.pipeline,
        "branch": loss.branch,
        "built": not loss.is_whole,
        "error": str(loss.error) if loss.error else None,
        "jobs": list(loss.jobs),
    }


def _step(step: Step) -> dict[str, str | None]:
    return {"what": step.what, "at": str(step.location) if step.location else None}


def _dot(impacts: Sequence[Impact]) -> str:
    """Return a digraph with an arrow for each pair of steps that follow each other in a chain."""
    nodes: dict[Step, str] = {}
    arrows: dict[tuple[str, str], None] = {}
    for impact in impacts:
        for chain in impact.chains():
            names = [nodes.setdefault(step, f"n{len(nodes)}") for step in chain]
            arrows |= dict.fromkeys(pairwise(names))
    lines = ["digraph {", "  rankdir=LR;", "  node [shape=box];"]
    for step, name in nodes.items():
        title = f"{step.what}\n{step.location or 'not here'}"
        lines.append(f"  {name} [label={quoted(title)}];")
    lines += [f"  {start} -> {end};" for start, end in arrows]
    return "\n".join([*lines, "}", ""])
