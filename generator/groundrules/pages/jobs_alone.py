"""The jobs that no arrow leads to or from: in columns of their own, below the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from groundrules.graphs.elements import Job
from groundrules.pages.diagram_layout import HEIGHT, Box, DiagramLayout, width_of

_NARROWEST = 800  # pixels that columns can take, as wide as the text of a page
_ABOVE, _BESIDE, _BETWEEN = 32, 16, 11  # pixels between the parts, the columns and the boxes


def with_jobs_alone(layout: DiagramLayout, jobs: Sequence[Job]) -> DiagramLayout:
    """Return the layout of the connected jobs with others below it, from top to bottom."""
    if not jobs:
        return layout
    columns = _columns(jobs, max(layout.width, _NARROWEST))
    top = layout.height + _ABOVE if layout.boxes else 0.0
    boxes, left, row = list[Box](), 0.0, HEIGHT + _BETWEEN
    for column in columns:
        width = _width(column)
        boxes += [
            Box(job, left + width / 2, top + HEIGHT / 2 + at * row, width_of(job.name))
            for at, job in enumerate(column)
        ]
        left += width + _BESIDE
    height = top + len(columns[0]) * row - _BETWEEN
    width = max(layout.width if layout.boxes else 0, left - _BESIDE)
    return replace(layout, width=width, height=height, boxes=(*layout.boxes, *boxes))


def _columns(jobs: Sequence[Job], widest: float) -> list[tuple[Job, ...]]:
    """Return the jobs in as many columns as there is room for."""
    best = [tuple(jobs)]
    for count in range(2, len(jobs) + 1):
        size = -(-len(jobs) // count)
        columns = [tuple(jobs[at : at + size]) for at in range(0, len(jobs), size)]
        if sum(map(_width, columns)) + _BESIDE * (len(columns) - 1) > widest:
            break
        best = columns
    return best


def _width(column: Sequence[Job]) -> float:
    return max(width_of(job.name) for job in column)
