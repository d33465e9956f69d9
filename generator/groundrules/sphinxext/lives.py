"""The picture of the lives of labels: inline SVG in HTML, nothing in other formats."""

from __future__ import annotations

import html
from typing import Any, cast

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator
from typing_extensions import override

from groundrules.sphinxext.directives import LIVES, WORDS_OF_LIVES, CiDirective, listing_text
from groundrules.sphinxext.translation import word
from groundrules.store import digest


class lives(nodes.General, nodes.Element):  # noqa: N801 - docutils names nodes so
    """The SVG; the tables of labels have the same dates."""


class LivesDirective(CiDirective):
    """Shows when labels came and went, if any date is known: ``ci:lives::``."""

    @override
    def run(self) -> list[nodes.Node]:
        svg = listing_text(self.manual_build, LIVES, {})
        self.ci.note_listing(LIVES, (), digest(svg))
        return [lives("", svg=svg)] if svg else []


def visit_html(self: HTML5Translator, node: lives) -> None:
    """Write the SVG; not in an ePub, whose manifest would need a property for it."""
    if cast(Any, self.builder).name != "epub":
        caption = html.escape(word(WORDS_OF_LIVES["title"]))
        names = '<svg class="ci-names" aria-hidden="true"><use href="#ci-names"/></svg>'
        picture = f'<div class="ci-picture" tabindex="0">{node["svg"]}{names}</div>'
        content = f"<figcaption>{caption}</figcaption>{picture}"
        self.body.append(f'<figure class="ci-years">{content}</figure>\n')
    raise nodes.SkipNode
