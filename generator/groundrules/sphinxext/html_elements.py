"""How HTML writes nodes that are one element in it, and what only the pages of a site have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator
from typing_extensions import override

STACKED = "ci-stacked"
"""The class of tables that a narrow screen shows as a list of rows."""
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


class head_cell(nodes.entry):  # noqa: N801 - docutils names nodes so
    """An entry with a ``scope``; all builders but HTML treat it as any other entry.

    Docutils' own header cells have no scope, so screen readers have to guess.

    It can replace ``covers`` empty cells after it, which have no scope.  Not all builders support
    cells that span several columns.
    """


def visit_head_cell(self: HTML5Translator, node: head_cell) -> None:
    """Open the cell, unless a cell before it covers it."""
    cast(Any, node.parent).column += 1
    if "scope" not in node:
        raise nodes.SkipNode
    attributes: dict[str, Any] = {"scope": node["scope"]}
    if covers := node.get("covers"):
        attributes["colspan"] = covers + 1
    self.body.append(self.starttag(node, "th", "", **attributes))


class named_cell(nodes.entry):  # noqa: N801
    """An entry with the ``name`` of its column, which a narrow screen shows without the header.

    All builders but HTML treat it as an entry.
    """


def name_cells(app: Sphinx, document: nodes.document, _: str) -> None:
    """Replace the cells of stacked tables by cells that have the name of their column."""
    if app.builder.format != "html" or app.builder.name == "epub":
        return
    for table in document.findall(nodes.table):
        if STACKED in table["classes"]:
            _name_cells(table)


def _name_cells(table: nodes.table) -> None:
    head = next(table.findall(nodes.thead), None)
    names = [cell.astext() for cell in cast(nodes.row, head[-1]).children] if head else []
    for body in table.findall(nodes.tbody):
        for row in body.children:
            for cell, name in zip(list(cast(nodes.row, row).children), names, strict=False):
                entry = cast(nodes.entry, cell)
                entry.replace_self(named_cell("", *entry.children, name=name))


def visit_named_cell(self: HTML5Translator, node: named_cell) -> None:
    """Open the cell."""
    cast(Any, node.parent).column += 1
    self.body.append(self.starttag(node, "td", "", **{"data-label": node["name"]}))
