"""``ci:search``: a field on the page itself that finds records and text."""

from __future__ import annotations

import html
from typing import Any, cast

from docutils import nodes
from sphinx.addnodes import translatable
from sphinx.locale import _ as of_sphinx
from sphinx.writers.html5 import HTML5Translator
from typing_extensions import override

from groundrules.sphinxext.directives import CiDirective


class search(nodes.General, nodes.Element, translatable):  # noqa: N801 - docutils names nodes so
    """A search field with its label, which the manual's catalog can translate."""

    @override
    def preserve_original_messages(self) -> None:
        self.setdefault("original", self["label"])

    @override
    def apply_translated_message(self, original_message: str, translated_message: str) -> None:
        self["label"] = translated_message

    @override
    def extract_original_messages(self) -> list[str]:
        return [self["original"]]


class Search(CiDirective):
    """Shows a search field; the argument is its label."""

    required_arguments = 1
    final_argument_whitespace = True

    @override
    def run(self) -> list[nodes.Node]:
        node = search("", label=self.arguments[0])
        self.set_source_info(node)
        return [node]


def visit_html(self: HTML5Translator, node: search) -> None:
    """Write a form for Sphinx's own search; nothing in an ePub, which has no search."""
    builder = cast(Any, self.builder)
    if not builder.search:
        raise nodes.SkipNode
    action = builder.get_relative_uri(builder.current_docname, "search")
    label = html.escape(node["label"])
    self.body.append(
        f'<form class="ci-search" role="search" action="{html.escape(action)}" method="get">'
        f'<label><span>{label}</span><input type="search" name="q" autocomplete="off"/></label>'
        f"<button>{html.escape(of_sphinx('Search'))}</button></form>"
    )
    raise nodes.SkipNode
