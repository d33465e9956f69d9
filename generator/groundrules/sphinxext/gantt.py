"""The picture of a plan: inline SVG in HTML, nothing in other formats."""

from __future__ import annotations

from docutils import nodes
from typing_extensions import override

from groundrules.nearest import did_you_mean
from groundrules.sphinxext.diagram import diagram
from groundrules.sphinxext.directives import AROUND, CiDirective
from groundrules.sphinxext.translation import N_, word
from groundrules.store import digest

FRAMES = "ci-timed", "ci-schedule"
WORDS = {
    "title": N_("When each job runs"),
    "description": N_("A bar for each job. The table beside the picture has all times."),
}


class GanttDirective(CiDirective):
    """Shows when the jobs of a pipeline run: ``ci:gantt:: GRAPH PIPELINE``.

    The table beside it has the same times, so the page is read again if they change, and also if
    the template of the picture changes.
    """

    required_arguments = 2

    @override
    def run(self) -> list[nodes.Node]:
        from groundrules.pages.gantt import gantt
        from groundrules.pages.graph_plans import plan_of
        from groundrules.pages.render import TemplateProblem

        build, (name, pipeline) = self.manual_build, self.arguments
        graphs = {graph.id: graph for graph in build.catalogue.graphs}
        if name not in graphs:
            raise self.error(f"unknown graph {name!r}{did_you_mean(name, graphs, 'graphs')}")
        if pipeline not in (pipelines := graphs[name].pipelines):
            hint = did_you_mean(pipeline, pipelines, "pipelines")
            raise self.error(f"graph {name!r} has no pipeline {pipeline!r}{hint}")
        self.ci.note_listing(AROUND, (), digest(build.templates.source_of_pictures()))
        plan = plan_of(graphs[name], pipeline)
        picture = gantt(plan) if plan else None
        words = {key: word(text) for key, text in WORDS.items()}
        if picture is None:
            return []
        try:
            svg = build.templates.gantt(picture, name, pipeline, words)
        except TemplateProblem as error:
            raise self.error(str(error)) from None
        return [diagram("", svg=svg, frames=FRAMES)]
