"""The picture of the lives of labels: inline SVG in HTML, nothing in other formats."""

from __future__ import annotations

import html

from docutils import nodes
from typing_extensions import override

from groundrules.sphinxext.directives import LIVES, WORDS_OF_LIVES, CiDirective, listing_text
from groundrules.sphinxext.html_elements import site_markup
from groundrules.sphinxext.translation import word
from groundrules.store import digest


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
