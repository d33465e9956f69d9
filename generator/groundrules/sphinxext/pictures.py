"""Directives of what HTML alone has: pictures, beside text with the same content, and a field."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from typing_extensions import override

from groundrules.nearest import did_you_mean
from groundrules.sphinxext.diagram import diagram
from groundrules.sphinxext.directives import (
    LIVES,
    WORDS_OF_LIVES,
    CiDirective,
    PictureDirective,
    listing_text,
)
from groundrules.sphinxext.html_elements import site_markup
from groundrules.sphinxext.translation import N_, word
from groundrules.store import digest

if TYPE_CHECKING:
    from groundrules.pages.render import Templates

FRAMES_OF_PLAN = "ci-timed", "ci-schedule"
WORDS_OF_PLAN = {
    "title": N_("When each job runs"),
    "description": N_("A bar for each job. The table beside the picture has all times."),
}
WORDS_OF_VALUES = N_("Number of nodes in equally wide steps from {least} to {most}: {counts}")


class LivesDirective(CiDirective):
    """Shows when labels came and went, if any date is known: ``ci:lives::``.

    The tables of labels have the same dates.
    """

    @override
    def run(self) -> list[nodes.Node]:
        svg = listing_text(self.manual_build, LIVES, {})
        self.ci.note_listing(LIVES, (), digest(svg))
        if not svg:
            return []
        caption = html.escape(word(WORDS_OF_LIVES["title"]))
        names = '<svg class="ci-names" aria-hidden="true"><use href="#ci-names"/></svg>'
        picture = f'<div class="ci-picture" tabindex="0">{svg}{names}</div>'
        content = f"<figcaption>{caption}</figcaption>{picture}"
        return [site_markup("", html=f'<figure class="ci-years">{content}</figure>\n')]


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
        words = {key: word(text) for key, text in WORDS_OF_PLAN.items()}
        context = {"gantt": bars, "scope": name, "name": pipeline, "words": words}
        return [diagram("", svg=templates.picture("gantt", context), frames=FRAMES_OF_PLAN)]


class NodeValues(PictureDirective):
    """Shows how many nodes had which number: ``ci:values:: LEAST MOST COUNT…``.

    The options ``at-least`` and ``at-most`` are the bounds of the promise; ``one-of`` are the only
    numbers that keep it.
    """

    required_arguments = 3
    optional_arguments = 11  # two numbers and `MOST_BINS` counts
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {
        "at-least": float,
        "at-most": float,
        "one-of": lambda text: tuple(map(float, text.split())),
        "unit": directives.unchanged,
    }

    @override
    def picture(self, templates: Templates) -> list[nodes.Node]:
        from groundrules.pages.value_bars import value_bars

        try:
            least, most = map(float, self.arguments[:2])
            counts = tuple(map(int, self.arguments[2:]))
        except ValueError:
            shown = " ".join(self.arguments)
            hint = "write two numbers and whole counts, such as 7100 8000 2 30 8"
            raise self.error(f"{shown!r} are not LEAST MOST COUNT…; {hint}") from None
        bounds = self.options.get("at-least"), self.options.get("at-most")
        bars = value_bars(least, most, counts, *bounds, self.options.get("one-of", ()))
        if bars is None:
            return []
        unit = f" {self.options['unit']}" if self.options.get("unit") else ""
        words = word(WORDS_OF_VALUES).format(
            least=self.arguments[0],
            most=f"{self.arguments[1]}{unit}",
            counts=", ".join(map(str, counts)),
        )
        return [site_markup("", html=templates.picture("values", {"bars": bars, "words": words}))]


class Changing(CiDirective):
    """Shows a field for the files of a change: ``ci:changing::`` with the rules as JSON.

    The script of the page makes the field, which shows the jobs that would run.
    """

    has_content = True

    @override
    def run(self) -> list[nodes.Node]:
        title = html.escape(word("Which jobs run for my files"))
        rules = html.escape("\n".join(self.content))
        closed_part = (  # the script fills it
            f'<details class="ci-changing" data-rules="{rules}" hidden><summary>{title}</summary>'
            "</details>"
        )
        return [site_markup("", html=closed_part)]
