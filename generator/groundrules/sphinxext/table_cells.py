"""Cells of tables: those of headers, and those with the name of their column."""

from __future__ import annotations

from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

STACKED = "ci-stacked"
"""The class of tables that a narrow screen shows as a list of rows."""


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
