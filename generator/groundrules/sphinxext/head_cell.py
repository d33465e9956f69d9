"""A header cell of a table row or column, which has a ``scope`` in HTML.

Docutils' own header cells have no scope, so screen readers have to guess.
"""

from __future__ import annotations

from typing import Any, cast

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator


class head_cell(nodes.entry):  # noqa: N801 - docutils names nodes so
    """An entry with a ``scope``; all builders but HTML treat it as any other entry.

    It can replace ``covers`` empty cells after it, which have no scope.  Not all builders support
    cells that span several columns.
    """


def visit_html(self: HTML5Translator, node: head_cell) -> None:
    """Open the cell, unless a cell before it covers it."""
    cast(Any, node.parent).column += 1
    if "scope" not in node:
        raise nodes.SkipNode
    attributes: dict[str, Any] = {"scope": node["scope"]}
    if covers := node.get("covers"):
        attributes["colspan"] = covers + 1
    self.body.append(self.starttag(node, "th", "", **attributes))
