"""``ci:changing``: a field for the files of a change, which shows the jobs that would run.

The script of the page makes the field from the rules in the content; without it, nothing shows.
"""

from __future__ import annotations

import html

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator
from typing_extensions import override

from groundrules.sphinxext.directives import CiDirective
from groundrules.sphinxext.translation import word


class changing(nodes.General, nodes.Element):  # noqa: N801 - docutils names nodes so
    """The rules as JSON."""


class Changing(CiDirective):
    """Shows the field: ``ci:changing::`` with the rules as JSON."""

    has_content = True

    @override
    def run(self) -> list[nodes.Node]:
        return [changing("", rules="\n".join(self.content))]


def visit_html(self: HTML5Translator, node: changing) -> None:
    """Write the closed part of the page that the script fills."""
    if self.builder.name == "epub":
        raise nodes.SkipNode
    title = html.escape(word("Which jobs run for my files"))
    rules = html.escape(node["rules"])
    self.body.append(
        f'<details class="ci-changing" data-rules="{rules}" hidden><summary>{title}</summary>'
        "</details>"
    )
    raise nodes.SkipNode
