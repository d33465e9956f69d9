"""The project-templates whose jobs an answer about a change does not have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from groundrules.graphs.chosen_graph import ChosenGraph
from groundrules.text import listed


def unknown_templates(graphs: Iterable[ChosenGraph]) -> Iterator[str]:
    """Yield which templates of some pipelines have jobs that are unknown, and why."""
    templates = {
        name.name: name.lost
        for graph in graphs
        for name in graph.graph.elsewhere
        if name.kind == "template"
    }
    if other := [name for name, lost in templates.items() if not lost]:
        noun = "template" if len(other) == 1 else "templates"
        yield f"the jobs of the {noun} {listed(other)}, defined in another repository"
    for name, lost in templates.items():
        if lost:
            yield f"the jobs of the template {name}: {lost}"
