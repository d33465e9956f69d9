"""A diagram of a job, with its dependencies on the left and its dependents on the right.

Three columns do not need Graphviz: thousands of these diagrams cost less than one layout.
"""

from __future__ import annotations

from collections.abc import Sequence

from groundrules.graphs.elements import Edge
from groundrules.graphs.job_graph import JobGraph
from groundrules.pages.diagram_layout import HEIGHT, Arrow, Box, DiagramLayout, width_of

MOST = 12  # jobs in a column; the lists on the page have all of them
ROW, GAP, TIP = HEIGHT + 8, 70, 9


def around(graph: JobGraph, job: str) -> DiagramLayout | None:
    """Return the diagram of ``job`` and its neighbors; ``None`` if it has none or is gone."""
    if job not in graph.by_name:
        return None
    columns = (graph.dependencies(job)[:MOST], (job,), graph.dependents(job)[:MOST])
    if not columns[0] and not columns[2]:
        return None
    rows = max(len(each) for each in columns)
    boxes, left = [], 0.0
    for names in columns:
        if names:
            boxes += _column(graph, names, left, rows)
            left += boxes[-1].width + GAP
    placed = {box.job.name: box for box in boxes}
    arrows = tuple(
        _arrow(edge, placed[edge.dependency], placed[edge.job], number)
        for number, edge in enumerate(graph.effective, 1)
        if job in (edge.job, edge.dependency) and {edge.job, edge.dependency} <= placed.keys()
    )
    return DiagramLayout(left - GAP, rows * ROW, tuple(boxes), arrows)


def _column(graph: JobGraph, names: Sequence[str], left: float, rows: int) -> list[Box]:
    """Return boxes of one width, one below the other, in the middle of ``rows`` rows."""
    width = max(width_of(name) for name in names)
    top = (rows - len(names)) * ROW / 2
    return [
        Box(graph.by_name[name], left + width / 2, top + (at + 0.5) * ROW, width)
        for at, name in enumerate(names)
    ]


def _arrow(edge: Edge, start: Box, end: Box, number: int) -> Arrow:
    x, to = start.x + start.width / 2, end.x - end.width / 2
    middle = (x + to) / 2
    path = (
        f"M{x:.1f},{start.y:.1f}C{middle:.1f},{start.y:.1f} {middle:.1f},{end.y:.1f} "
        f"{to - TIP:.1f},{end.y:.1f}"
    )
    tip = f"{to:.1f},{end.y:.1f} {to - TIP:.1f},{end.y - 4:.1f} {to - TIP:.1f},{end.y + 4:.1f}"
    return Arrow(edge, path, tip, number)
