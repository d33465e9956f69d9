"""Graphs with their headings → text, in each format of ``groundrules graph``."""

from __future__ import annotations

import json
from collections.abc import Sequence

from msgspec import Struct

from groundrules.graphs.job_graph import JobGraph
from groundrules.graphs.shown_graph import ShownGraph, title_of
from groundrules.report import dumped
from groundrules.report.graph_dot import graph_dot
from groundrules.report.graph_json import as_plain, jobs_data
from groundrules.report.graph_mermaid import graph_mermaid
from groundrules.report.graph_text import graph_text
from groundrules.report.graph_why import graph_why
from groundrules.text import escaped_lines

FORMATS = ("text", "json", "jsonl", "dot", "mermaid")
DRAWN = {"dot": graph_dot, "mermaid": graph_mermaid, "text": graph_text}
COMMENTS = {"dot": "//", "mermaid": "%%"}


class View(Struct, frozen=True, kw_only=True):
    """The part of each graph to show: that around ``job``, or why one job waits for another.

    With ``is_of_one``, a single graph was requested, so JSON is not a list.
    """

    form: str = "text"
    job: str | None = None
    why: tuple[str, str] | None = None
    is_of_one: bool = False


def graphs_text(graphs: Sequence[ShownGraph], view: View) -> str:
    """Return the graphs in a format."""
    if view.form == "jsonl":
        return lines_text(graphs, view)
    if view.form == "json":
        plain = [_plain(named, view) for named in graphs]
        shown = plain[0] if view.is_of_one else plain
        return dumped(shown, indent=1)
    parts = [_drawn(named, view) for named in graphs]
    return ("\n" if view.form == "text" else "").join(parts)


def lines_text(graphs: Sequence[ShownGraph], view: View) -> str:
    """Return a line for each graph; jobs that several graphs share are formatted once."""
    texts: dict[int, str] = {}
    lines = []
    for named in graphs:
        jobs = named.linked_jobs
        key = id(jobs)
        if key not in texts:
            if view.job is not None:
                near = _part(named, view).by_name
                jobs = [job for job in jobs if job.name in near]
            texts[key] = json.dumps(jobs_data((job.name, job.dependencies) for job in jobs))
        heading = json.dumps(_heading(named)).removesuffix("}")
        error = json.dumps(str(named.error) if named.error else None)
        lines.append(f'{heading}, "jobs": {texts[key]}, "error": {error}}}\n')
    return "".join(lines)


def _drawn(named: ShownGraph, view: View) -> str:
    title = title_of(named)
    if named.error:
        sign = COMMENTS.get(view.form, "")
        return escaped_lines((f"{sign}{title}: no graph", f"{sign}  {named.error}"))
    if view.why:
        return escaped_lines((title, "", *graph_why(named.graph, *view.why)))
    return DRAWN[view.form](_part(named, view), title)


def _part(named: ShownGraph, view: View) -> JobGraph:
    """Return the graph, or the part around a job."""
    if view.job is None or named.error:
        return named.graph
    return named.graph.around(view.job)


def _plain(named: ShownGraph, view: View) -> dict[str, object]:
    error = str(named.error) if named.error else None
    return {**_heading(named), "error": error, **as_plain(_part(named, view))}


def _heading(named: ShownGraph) -> dict[str, str | None]:
    return {
        "project": named.project,
        "pipeline": named.pipeline or None,
        "branch": named.branch,
    }
