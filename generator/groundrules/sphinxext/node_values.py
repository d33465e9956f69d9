"""The picture of the numbers that nodes had: inline SVG in HTML, nothing in other formats.

The text beside it has the lowest, the median and the highest number in all formats.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from typing_extensions import override

from groundrules.sphinxext.directives import PictureDirective
from groundrules.sphinxext.html_elements import site_markup
from groundrules.sphinxext.translation import N_, word

if TYPE_CHECKING:
    from groundrules.pages.render import Templates

WORDS = N_("Number of nodes in equally wide steps from {least} to {most}: {counts}")


class NodeValues(PictureDirective):
    """Shows how many nodes had which number: ``ci:values:: LEAST MOST COUNT…``.

    The options ``at-least`` and ``at-most`` are the bounds of the promise.
    """

    required_arguments = 3
    optional_arguments = 11  # two numbers and `MOST_BINS` counts
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {
        "at-least": float,
        "at-most": float,
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
        bars = value_bars(least, most, counts, *bounds)
        if bars is None:
            return []
        unit = f" {self.options['unit']}" if self.options.get("unit") else ""
        words = word(WORDS).format(
            least=self.arguments[0],
            most=f"{self.arguments[1]}{unit}",
            counts=", ".join(map(str, counts)),
        )
        return [site_markup("", html=templates.picture("values", {"bars": bars, "words": words}))]
