"""A job graph as SVG, to stand inline in a page whose own styles give it colour."""

from __future__ import annotations

import re

import pygraphviz

from groundrules.graph import JobGraph, Status

# Past this many jobs a picture helps nobody, and Graphviz takes minutes.
MOST_JOBS = 400
_ATTRIBUTES = re.compile(r' (?:fill|stroke|font-family|font-size)="[^"]*"')


def svg(graph: JobGraph, scope: str, title: str) -> str | None:
    """Return the diagram of ``graph``; ``None`` when it has no job or too many.

    Each job is a link to ``ci-job:SCOPE/NAME``, which the Sphinx extension resolves.
    """
    if not 0 < len(graph.jobs) <= MOST_JOBS:
        return None
    drawing = pygraphviz.AGraph(directed=True, strict=False)
    drawing.graph_attr.update(rankdir="LR", nodesep="0.2", ranksep="0.5", bgcolor="transparent")
    drawing.graph_attr.update(id=f"graph-{scope}", outputorder="edgesfirst")
    drawing.node_attr.update(shape="box", style="rounded", fontname="Helvetica", fontsize="12")
    drawing.node_attr.update(margin="0.12,0.06", height="0.3")
    for job in graph.jobs:
        drawing.add_node(job.name, id=f"node-{job.name}", URL=f"ci-job:{scope}/{job.name}")
    for edge in graph.effective:
        drawing.add_edge(edge.dependency, edge.job, **_line(edge.soft, edge.status))
    return _clean(drawing.draw(format="svg", prog="dot").decode("utf-8"), graph, title)


def _line(soft: bool, status: Status) -> dict[str, str]:
    classes = ["soft" if soft else "hard", str(status)]
    return {"style": "dashed" if soft else "solid", "class": " ".join(classes)}


def _clean(text: str, graph: JobGraph, title: str) -> str:
    """Drop Graphviz's header and fixed colours; say what the picture shows."""
    text = text[text.index("<svg") :]
    text = re.sub(r"<!--.*?-->\n?", "", text, flags=re.DOTALL)
    text = _ATTRIBUTES.sub("", text)
    text = re.sub(r"<title>.*?</title>\n?", "", text)
    count = len(graph.effective)
    says = f"{len(graph.jobs)} jobs, {count} dependencies; the table below lists them all."
    name = title.replace("&", "&amp;").replace("<", "&lt;")
    opening = re.compile(r"<svg [^>]*?viewBox=\"([^\"]*)\"[^>]*>")
    return opening.sub(
        lambda m: (
            f'<svg class="ci-graph" role="group" aria-label="{name}" viewBox="{m[1]}" '
            f'style="max-width: {float(m[1].split()[2]) * 4 / 3:.0f}px" '
            'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
            f"<title>{name}</title><desc>{says}</desc>"
        ),
        text,
        count=1,
    )
