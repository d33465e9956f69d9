"""``ci:changing``: a field for the files of a change, which shows the jobs that would run.

The script of the page makes the field from the rules in the content; without it, nothing shows.
"""

from __future__ import annotations

import html

from docutils import nodes
from typing_extensions import override

from groundrules.sphinxext.directives import CiDirective
from groundrules.sphinxext.html_elements import site_markup
from groundrules.sphinxext.translation import word


class Changing(CiDirective):
    """Shows the field: ``ci:changing::`` with the rules as JSON."""

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
