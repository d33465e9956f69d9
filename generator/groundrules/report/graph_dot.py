"""A `JobGraph` in Graphviz's language (https://graphviz.org/doc/info/lang.html)."""

from __future__ import annotations

from groundrules.graphs.elements import Job
from groundrules.graphs.job_graph import JobGraph
from groundrules.text import escaped

UNKNOWN = "not known to be here"


def graph_dot(graph: JobGraph, title: str) -> str:
    """Return a digraph with arrows from dependencies to dependents; soft ones are dashed.

    A dependency that is not in the graph is a dotted node, whose label says if that is not known.
    A job that another repository defines is a dashed one.
    """
    lines = ["digraph {", f"  label={quoted(title)};", "  rankdir=LR;", "  node [shape=box];"]
    for job in graph.jobs:
        lines.append(f"  {quoted(job.name)}{_style(job)};")
    missing = {edge.dependency: graph.is_known(edge) for edge in graph.dangling}
    for name, is_known in missing.items():
        label = "" if is_known else f", label={quoted(f'{name} ({UNKNOWN})')}"
        lines.append(f"  {quoted(name)} [style=dotted{label}];")
    for edge in graph.edges:
        style = " [style=dashed]" if edge.soft else ""
        lines.append(f"  {quoted(edge.dependency)} -> {quoted(edge.job)}{style};")
    return "\n".join([*lines, "}", ""])


def _style(job: Job) -> str:
    styles = [] if job.voting else ["rounded"]
    styles += ["dashed"] if job.is_elsewhere else []
    if len(styles) > 1:
        return f' [style="{",".join(styles)}"]'
    return f" [style={styles[0]}]" if styles else ""


def quoted(text: str) -> str:
    """Return a text as a string of the language."""
    marked = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped(marked)}"'
