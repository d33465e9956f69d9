"""A `JobGraph` in Graphviz's language (https://graphviz.org/doc/info/lang.html)."""

from __future__ import annotations

from groundrules.graphs.elements import Job
from groundrules.graphs.job_graph import JobGraph
from groundrules.text import escaped


def graph_dot(graph: JobGraph, title: str) -> str:
    """Return a digraph with arrows from dependencies to dependents; soft ones are dashed.

    A dependency that is not in the graph is a dotted node, whose label says if that is not known.
    A job that another repository defines is a dashed one.
    """
    lines = ["digraph {", f"  label={quoted(title)};", "  rankdir=LR;", "  node [shape=box];"]
    for job in graph.jobs:
        lines.append(f"  {quoted(job.name)}{_style(job)};")
    for name, shown in missing_jobs(graph).items():
        label = f", label={quoted(shown)}" if shown != name else ""
        lines.append(f"  {quoted(name)} [style=dotted{label}];")
    for edge in graph.edges:
        style = " [style=dashed]" if edge.soft else ""
        lines.append(f"  {quoted(edge.dependency)} -> {quoted(edge.job)}{style};")
    return "\n".join([*lines, "}", ""])


def missing_jobs(graph: JobGraph) -> dict[str, str]:
    """Return the dependencies that are not in a graph, with a remark if that is not known."""
    unknown = {edge.dependency for edge in graph.dangling if not graph.is_known(edge)}
    names = dict.fromkeys(edge.dependency for edge in graph.dangling)
    return {name: f"{name} (not known to be here)" if name in unknown else name for name in names}


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
