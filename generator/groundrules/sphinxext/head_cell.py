"""A cell of a table that says what its row or column is about, in HTML with its scope.

Docutils makes header cells too, and leaves it to the reader's program to guess of what.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator


class head_cell(nodes.entry):  # noqa: N801 - docutils names nodes so
    """An entry with a ``scope``; all builders but HTML treat it as any other entry."""


def visit_html(self: HTML5Translator, node: head_cell) -> None:
    """Open the cell."""
    columns = node.get("morecols", 0) + 1
    span = {"colspan": columns} if columns > 1 else {}
    self.body.append(self.starttag(node, "th", "", scope=node["scope"], **span))
    node.parent.column += columns


def depart_html(self: HTML5Translator, node: head_cell) -> None:
    """Close it."""
    self.body.append("</th>\n")
