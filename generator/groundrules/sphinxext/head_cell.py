"""A cell of a table that says what its row or column is about, in HTML with its scope.

Docutils makes header cells too, and leaves it to the reader's program to guess of what.
"""

from __future__ import annotations

from typing import Any, cast

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator


class head_cell(nodes.entry):  # noqa: N801 - docutils names nodes so
    """An entry with a ``scope``; all builders but HTML treat it as any other entry.

    It may take the place of ``covers`` empty cells that follow it, which have no scope.  Not all
    builders know of cells that are several columns wide.
    """


def visit_html(self: HTML5Translator, node: head_cell) -> None:
    """Open the cell, unless one before it takes its place."""
    cast(Any, node.parent).column += 1
    if "scope" not in node:
        raise nodes.SkipNode
    attributes: dict[str, Any] = {"scope": node["scope"]}
    if covers := node.get("covers"):
        attributes["colspan"] = covers + 1
    self.body.append(self.starttag(node, "th", "", **attributes))


def depart_html(self: HTML5Translator, node: head_cell) -> None:
    """Close it."""
    self.body.append("</th>\n")
