"""A `JobGraph` in Mermaid's language (https://mermaid.js.org/syntax/flowchart.html)."""

from __future__ import annotations

from html import escape

from groundrules.graphs.elements import Job
from groundrules.graphs.job_graph import JobGraph
from groundrules.report.graph_dot import missing_jobs
from groundrules.text import escaped


def graph_mermaid(graph: JobGraph, title: str) -> str:
    """Return a flowchart with arrows from dependencies to dependents; soft ones are dotted.

    Nodes are numbered, because a job's name can be a keyword of the language.  A dependency that
    is not in the graph has round corners, with a remark if that is not known, and a job that
    another repository defines has double sides.
    """
    names = [job.name for job in graph.jobs]
    missing = missing_jobs(graph)
    numbers = {name: f"j{index}" for index, name in enumerate([*names, *missing])}
    lines = ["flowchart LR", f"  accTitle: {_plain(title)}"]
    lines += [f"  {numbers[job.name]}{_box(job)}" for job in graph.jobs]
    lines += [f'  {numbers[name]}("{_plain(shown)}")' for name, shown in missing.items()]
    for edge in graph.edges:
        arrow = "-.->" if edge.soft else "-->"
        lines.append(f"  {numbers[edge.dependency]} {arrow} {numbers[edge.job]}")
    return "\n".join([*lines, ""])


def _box(job: Job) -> str:
    name = _plain(job.name)
    return f'[["{name}"]]' if job.is_elsewhere else f'["{name}"]'


def _plain(text: str) -> str:
    """Return a text on one line; Mermaid writes codes of characters with ``#`` instead of ``&``."""
    line = escaped(" ".join(text.split())).replace("#", "#35;")
    return escape(line).replace("&#x27;", "'").replace("&", "#")
