"""``ci:search``: a field on the page itself that finds records and text."""

from __future__ import annotations

import html
from typing import Any, cast

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator

from groundrules.sphinxext.directives import CiDirective


class search(nodes.General, nodes.Element):  # noqa: N801 - docutils names nodes so
    """A field to search in, with the question it asks."""


class Search(CiDirective):
    """Shows the field; what it takes is its label."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Return the node."""
        return [search("", label=self.arguments[0])]


def visit_html(self: HTML5Translator, node: search) -> None:
    """Write a form that leads to Sphinx's own search; nothing in an ePub, which has none."""
    builder = cast(Any, self.builder)
    if not builder.search:
        raise nodes.SkipNode
    action = builder.get_relative_uri(builder.current_docname, "search")
    label = html.escape(node["label"])
    self.body.append(
        f'<form class="ci-search" role="search" action="{html.escape(action)}" method="get">'
        f'<label><span>{label}</span><input type="search" name="q" autocomplete="off"/></label>'
        "<button>Search</button></form>"
    )
    raise nodes.SkipNode
