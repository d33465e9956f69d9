"""A job graph laid out by Graphviz: where each job stands and how each arrow runs.

Names are set in a monospaced font, so their width is known without asking any font: the same
graph gives the same picture on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pygraphviz

from groundrules.graph import Edge, Job, JobGraph

# Past this many jobs a picture helps nobody, and Graphviz takes minutes.
MOST_JOBS = 400
CHARACTER, HEIGHT, PADDING = 7.25, 26, 16  # in points, which the picture's pixels are


@dataclass(frozen=True, slots=True)
class Box:
    """A job and its box: centre, width and height in pixels, y downwards."""

    job: Job
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Arrow:
    """A dependency and its line, from the job that is waited for to the one that waits.

    ``path`` is an SVG path; ``tip`` the corners of the arrow's head.
    """

    edge: Edge
    path: str
    tip: str


@dataclass(frozen=True)
class Diagram:
    """The whole picture, ``width`` × ``height`` pixels."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]

    def ends(self, edge: Edge) -> str:
        """Return the places, among the boxes, of the job waited for and the one that waits."""
        places = self._places
        return f"{places[edge.dependency]} {places[edge.job]}"

    @cached_property
    def _places(self) -> dict[str, int]:
        return {box.job.name: place for place, box in enumerate(self.boxes)}


def diagram(graph: JobGraph) -> Diagram | None:
    """Return the layout of ``graph``; ``None`` when it has no job or too many."""
    if not 0 < len(graph.jobs) <= MOST_JOBS:
        return None
    drawing = _drawing(graph)
    drawing.layout(prog="dot")
    _, _, width, height = _numbers(drawing.graph_attr["bb"])
    boxes = tuple(_box(job, drawing, height) for job in graph.jobs)
    arrows = tuple(
        _arrow(edge, drawing.get_edge(edge.dependency, edge.job, key).attr["pos"], height)
        for key, edge in enumerate(graph.effective)
    )
    return Diagram(width, height, boxes, arrows)


def _drawing(graph: JobGraph) -> pygraphviz.AGraph:
    drawing = pygraphviz.AGraph(directed=True, strict=False)
    drawing.graph_attr.update(rankdir="LR", nodesep="0.15", ranksep="0.45")
    drawing.node_attr.update(shape="box", label="", fixedsize="true", height=str(HEIGHT / 72))
    for job in graph.jobs:
        drawing.add_node(job.name, width=str(width_of(job.name) / 72))
    for key, edge in enumerate(graph.effective):
        drawing.add_edge(edge.dependency, edge.job, key)
    return drawing


def width_of(name: str) -> float:
    """Return the width of a box that shows ``name``."""
    return len(name) * CHARACTER + PADDING


def _box(job: Job, drawing: pygraphviz.AGraph, height: float) -> Box:
    x, y = _numbers(drawing.get_node(job.name).attr["pos"])
    return Box(job, x, round(height - y, 2), width_of(job.name), HEIGHT)


def _arrow(edge: Edge, line: str, height: float) -> Arrow:
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
    )


def _point(text: str, height: float) -> tuple[float, float]:
    x, y = _numbers(text)
    return x, height - y


def _pair(point: tuple[float, float]) -> str:
    return f"{point[0]:.1f},{point[1]:.1f}"


def _numbers(text: str) -> list[float]:
    return [float(each) for each in text.split(",")]
