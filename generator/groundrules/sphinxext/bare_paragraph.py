"""A paragraph without an element of its own in HTML.

A table with thousands of cells is laid out faster if a cell has no paragraph around its text.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator


class bare_paragraph(nodes.paragraph):  # noqa: N801 - docutils names nodes so
    """The only paragraph of a cell or item; all builders but HTML treat it as any other."""


def visit_html(self: HTML5Translator, node: bare_paragraph) -> None:
    """Write nothing before the text."""


def depart_html(self: HTML5Translator, node: bare_paragraph) -> None:
    """Write nothing after it."""
