"""The picture of a plan: inline SVG in HTML, nothing in other formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from typing_extensions import override

from groundrules.nearest import did_you_mean
from groundrules.sphinxext.diagram import diagram
from groundrules.sphinxext.directives import PictureDirective
from groundrules.sphinxext.translation import N_, word

if TYPE_CHECKING:
    from groundrules.pages.render import Templates

FRAMES = "ci-timed", "ci-schedule"
WORDS = {
    "title": N_("When each job runs"),
    "description": N_("A bar for each job. The table beside the picture has all times."),
}


class GanttDirective(PictureDirective):
    """Shows when the jobs of a pipeline run: ``ci:gantt:: GRAPH PIPELINE``."""

    required_arguments = 2

    @override
    def picture(self, templates: Templates) -> list[nodes.Node]:
        from groundrules.pages.gantt import gantt
        from groundrules.pages.graph_plans import plan_of

        name, pipeline = self.arguments
        graphs = {graph.id: graph for graph in self.manual_build.catalogue.graphs}
        if name not in graphs:
            raise self.error(f"unknown graph {name!r}{did_you_mean(name, graphs, 'graphs')}")
        if pipeline not in (pipelines := graphs[name].pipelines):
            hint = did_you_mean(pipeline, pipelines, "pipelines")
            raise self.error(f"graph {name!r} has no pipeline {pipeline!r}{hint}")
        plan = plan_of(graphs[name], pipeline)
        bars = gantt(plan) if plan else None
        if bars is None:
            return []
        words = {key: word(text) for key, text in WORDS.items()}
        context = {"gantt": bars, "scope": name, "name": pipeline, "words": words}
        return [diagram("", svg=templates.picture("gantt", context), frames=FRAMES)]
