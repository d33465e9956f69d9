"""The layout of a job graph by Graphviz: the box of each job and the path of each arrow.

Names have a monospaced font, so their width is known without reading a font, and the diagram is
the same on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pygraphviz

from groundrules.graphs.elements import Edge, Job, Status
from groundrules.graphs.job_graph import CycleError, JobGraph
from groundrules.pages.diagram_layout import HEIGHT, Arrow, Box, DiagramLayout, width_of
from groundrules.pages.jobs_alone import with_jobs_alone
from groundrules.records.graph import Graph

# Larger diagrams are useless, and Graphviz takes minutes: it has to lay out each
# arrow in every rank that it crosses.  Measured: 4,135 of a graph without detours take
# 1.7 s; with them, 1,330 take 0.2 s, 4,495 take 6 s, and the time grows with their third power.
MOST_JOBS = 400
MOST_STEPS = 4_000
WITH_DETOURS = 1_000


def diagram(graph: JobGraph) -> DiagramLayout | None:
    """Return the layout of ``graph``; ``None`` if it has no jobs or is too large."""
    edges = drawn(graph)
    if edges is None:
        return None
    ends = _ends(edges.values())
    connected = [job for job in graph.jobs if job.name in ends]
    unconnected = [job for job in graph.jobs if job.name not in ends]
    layout = _with_arrows(connected, edges) if edges else DiagramLayout(0, 0, (), ())
    layout = replace(layout, left_out=len(graph.effective) - len(edges))
    return with_jobs_alone(layout, unconnected)


def _ends(edges: Iterable[Edge]) -> set[str]:
    return {name for edge in edges for name in (edge.job, edge.dependency)}


def _with_arrows(jobs: Sequence[Job], edges: Mapping[int, Edge]) -> DiagramLayout:
    """Return the layout of jobs that arrows connect; the largest group of them is at the top."""
    drawing = _drawing(jobs, edges)
    drawing.layout(prog="dot")
    _, _, width, height = _numbers(drawing.graph_attr["bb"])
    boxes = tuple(_box(job, drawing, height) for job in jobs)
    arrows = tuple(
        _arrow(edge, drawing.get_edge(edge.dependency, edge.job, key).attr["pos"], height, key)
        for key, edge in edges.items()
    )
    return DiagramLayout(width, height, boxes, arrows)


def drawn(graph: JobGraph) -> dict[int, Edge] | None:
    """Return the edges in the diagram of ``graph``, by number; ``None`` without a diagram.

    These are all edges or, in a graph that is too dense, those that no longer path implies.  A plan
    implies nothing that is enforced.
    """
    if not 0 < len(graph.jobs) <= MOST_JOBS:
        return None
    edges = dict(enumerate(graph.effective, 1))
    try:
        steps = {job: step for step, wave in enumerate(graph.waves()) for job in wave}
    except CycleError:
        return edges if len(edges) * len(graph.jobs) <= WITH_DETOURS else None
    if _crossed(edges, steps) <= WITH_DETOURS:
        return edges
    enforced = tuple(edge for edge in graph.effective if edge.status is not Status.PLANNED)
    reduced = (graph.reduced(), JobGraph(graph.jobs, enforced).reduced())
    kept = {(edge.job, edge.dependency) for each in reduced for edge in each.effective}
    edges = {key: edge for key, edge in edges.items() if (edge.job, edge.dependency) in kept}
    return edges if _crossed(edges, steps) <= MOST_STEPS else None


def alone(graph: Graph) -> int:
    """Return the number of jobs that stand below the others, since no arrow is theirs."""
    job_graph = graph.job_graph
    ends = _ends(job_graph.effective)
    return len(job_graph.jobs) - len(ends) if ends and drawn(job_graph) is not None else 0


def left_out(graph: Graph) -> int:
    """Return the number of dependencies without an arrow in the diagram."""
    edges = drawn(graph.job_graph)
    return 0 if edges is None else len(graph.job_graph.effective) - len(edges)


def _crossed(edges: Mapping[int, Edge], steps: Mapping[str, int]) -> int:
    """Return the number of ranks that all arrows cross together."""
    return sum(steps[each.job] - steps[each.dependency] for each in edges.values())


def _drawing(jobs: Iterable[Job], edges: Mapping[int, Edge]) -> pygraphviz.AGraph:
    drawing = pygraphviz.AGraph(directed=True, strict=False)
    drawing.graph_attr.update(rankdir="LR", nodesep="0.15", ranksep="0.45")
    drawing.node_attr.update(shape="box", label="", fixedsize="true", height=str(HEIGHT / 72))
    sizes = _sizes(edges.values())
    for job in sorted(jobs, key=lambda job: sizes[job.name]):  # from the bottom to the top
        drawing.add_node(job.name, width=str(width_of(job.name) / 72))
    for key, edge in edges.items():
        drawing.add_edge(edge.dependency, edge.job, key)
    return drawing


def _sizes(edges: Iterable[Edge]) -> dict[str, int]:
    """Return, for the name of each job, how many jobs the arrows connect with it."""
    groups: dict[str, set[str]] = {}
    for edge in edges:
        ends = [groups.setdefault(name, {name}) for name in (edge.job, edge.dependency)]
        smaller, larger = sorted(ends, key=len)
        if smaller is not larger:
            larger |= smaller
            groups |= dict.fromkeys(smaller, larger)
    return {name: len(group) for name, group in groups.items()}


def _box(job: Job, drawing: pygraphviz.AGraph, height: float) -> Box:
    x, y = _numbers(drawing.get_node(job.name).attr["pos"])
    return Box(job, x, round(height - y, 2), width_of(job.name))


def _arrow(edge: Edge, line: str, height: float, number: int) -> Arrow:
    """Read Graphviz's ``e,X,Y x,y x,y …``: the tip, then the points of a Bézier curve."""
    end, *points = (_point(each, height) for each in line.removeprefix("e,").split())
    start, *rest = points
    (x, y), (from_x, from_y) = end, points[-1]
    across = ((from_y - y) * 0.4, (x - from_x) * 0.4)
    corners = (
        end,
        (from_x + across[0], from_y + across[1]),
        (from_x - across[0], from_y - across[1]),
    )
    return Arrow(
        edge,
        f"M{_pair(start)}C{' '.join(_pair(each) for each in rest)}",
        " ".join(_pair(each) for each in corners),
        number,
    )


def _point(text: str, height: float) -> tuple[float, float]:
    x, y = _numbers(text)
    return x, height - y


def _pair(point: tuple[float, float]) -> str:
    return f"{point[0]:.1f},{point[1]:.1f}"


def _numbers(text: str) -> list[float]:
    return [float(each) for each in text.split(",")]
