"""`DiagramLayout`: the boxes of jobs and the paths of arrows in a diagram."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from groundrules.graphs.elements import Edge, Job

CHARACTER, HEIGHT, PADDING = 7.25, 26, 16  # in points; one pixel of the diagram is one point


@dataclass(frozen=True, slots=True)
class Box:
    """A job and its box: center, width and height in pixels, y downwards."""

    job: Job
    x: float
    y: float
    width: float
    height: float = HEIGHT


@dataclass(frozen=True, slots=True)
class Arrow:
    """A dependency and its line, from the job that is waited for to the one that waits.

    ``path`` is an SVG path; ``tip`` the corners of the arrow's head; ``number`` the dependency's
    among those of the graph, from 1.
    """

    edge: Edge
    path: str
    tip: str
    number: int


@dataclass(frozen=True)
class DiagramLayout:
    """The whole diagram, ``width`` × ``height`` pixels; ``left_out`` arrows are omitted."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    left_out: int = 0

    def places(self, *jobs: str) -> str:
        """Return the places of some jobs among the boxes."""
        return " ".join(str(self._places[job]) for job in jobs)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {box.job.name: place for place, box in enumerate(self.boxes)}


def width_of(name: str) -> float:
    """Return the width of a box that shows ``name``."""
    return len(name) * CHARACTER + PADDING
