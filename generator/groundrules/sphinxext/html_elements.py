"""How HTML writes nodes that are one element in it, and what only the pages of a site have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator
from typing_extensions import override

Visitor = Callable[[HTML5Translator, Any], None]


def form_place() -> nodes.Element:
    """Return the place of a form that a script adds; other formats than HTML do not show it.

    The style sheet reserves its height, so that the page does not move.  As the only child of the
    place, a form also has no sibling: with one, browsers would style the whole table again.
    """
    return nodes.compound(classes=["ci-place"])


def opened(tag: str, suffix: str = "", classes: str = "") -> Visitor:
    """Return the visitor that opens the element of a node."""

    def visit(self: HTML5Translator, node: nodes.Element) -> None:
        self.body.append(self.starttag(node, tag, suffix, CLASS=classes))

    return visit


def closed(tag: str, suffix: str = "") -> Visitor:
    """Return the visitor that closes it."""
    return lambda self, node: self.body.append(f"</{tag}>{suffix}")


class bare_paragraph(nodes.paragraph):  # noqa: N801 - docutils names nodes so
    """The only paragraph of a cell or item, without an element of its own in HTML.

    A table with thousands of cells is laid out faster if a cell has no paragraph around its text.
    """


def nothing(self: HTML5Translator, node: nodes.Element) -> None:
    """Write nothing before or after the content of a node."""


class site_markup(nodes.General, nodes.Element):  # noqa: N801
    """What its ``html`` shows; other formats have only the text beside it.

    So does an ePub: it has no scripts, and Sphinx's manifest lacks a property for inline SVG.
    """


def visit_site_markup(self: HTML5Translator, node: site_markup) -> None:
    """Write the HTML."""
    if self.builder.name != "epub":
        self.body.append(node["html"])
    raise nodes.SkipNode


class details(nodes.compound):  # noqa: N801 - docutils names nodes so
    """A `summary` and its content; all builders but HTML treat it as a compound."""


class summary(nodes.paragraph):  # noqa: N801
    """The line that is always visible."""


class DetailsDirective(SphinxDirective):
    """Contains what is opened by its summary: ``ci:details:: SUMMARY``."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True

    @override
    def run(self) -> list[nodes.Node]:
        inline, messages = self.parse_inline(self.arguments[0])
        line = summary(self.arguments[0], "", *inline)
        self.set_source_info(line)
        content = self.parse_content_to_nodes()
        return [details("", line, *content), *messages]
