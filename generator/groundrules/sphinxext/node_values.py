"""The picture of the numbers that nodes had: inline SVG in HTML, nothing in other formats.

The text beside it has the lowest, the median and the highest number in all formats.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, cast

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.writers.html5 import HTML5Translator
from typing_extensions import override

from groundrules.sphinxext.directives import AROUND, CiDirective
from groundrules.sphinxext.translation import N_, word
from groundrules.store import digest

WORDS = N_("Number of nodes in equally wide steps from {least} to {most}: {counts}")


class node_values(nodes.General, nodes.Element):  # noqa: N801 - docutils names nodes so
    """The SVG."""


class NodeValues(CiDirective):
    """Shows how many nodes had which number: ``ci:values:: LEAST MOST COUNT…``.

    The options ``at-least`` and ``at-most`` are the bounds of the promise.  The page has all the
    numbers, so it is read again only if they change, or if the template of the picture does.
    """

    required_arguments = 3
    optional_arguments = 11  # two numbers and `MOST_BINS` counts
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {
        "at-least": float,
        "at-most": float,
        "unit": directives.unchanged,
    }

    @override
    def run(self) -> list[nodes.Node]:
        from groundrules.pages.render import TemplateProblem
        from groundrules.pages.value_bars import value_bars

        build = self.manual_build
        try:
            least, most = map(float, self.arguments[:2])
            counts = tuple(map(int, self.arguments[2:]))
        except ValueError:
            shown = " ".join(self.arguments)
            hint = "write two numbers and whole counts, such as 7100 8000 2 30 8"
            raise self.error(f"{shown!r} are not LEAST MOST COUNT…; {hint}") from None
        self.ci.note_listing(AROUND, (), digest(build.templates.source_of_pictures()))
        bounds = self.options.get("at-least"), self.options.get("at-most")
        picture = value_bars(least, most, counts, *bounds)
        if picture is None:
            return []
        unit = f" {self.options['unit']}" if self.options.get("unit") else ""
        words = word(WORDS).format(
            least=self.arguments[0],
            most=f"{self.arguments[1]}{unit}",
            counts=", ".join(map(str, counts)),
        )
        try:
            return [node_values("", svg=build.templates.values(picture, words))]
        except TemplateProblem as error:
            raise self.error(str(error)) from None


def visit_html(self: HTML5Translator, node: node_values) -> None:
    """Write the SVG; not in an ePub, whose manifest would need a property for it."""
    if cast(Any, self.builder).name != "epub":
        self.body.append(node["svg"])
    raise nodes.SkipNode
