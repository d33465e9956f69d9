"""Names of columns in the cells of a table, which a narrow screen shows without its header row."""

from __future__ import annotations

from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

STACKED = "ci-stacked"
"""The class of tables that a narrow screen shows as a list of rows."""


class named_cell(nodes.entry):  # noqa: N801 - docutils names nodes so
    """An entry with the ``name`` of its column; all builders but HTML treat it as an entry."""


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


def visit_html(self: HTML5Translator, node: named_cell) -> None:
    """Open the cell."""
    cast(Any, node.parent).column += 1
    self.body.append(self.starttag(node, "td", "", **{"data-label": node["name"]}))
