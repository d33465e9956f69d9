"""Content that a reader opens: ``<details>`` in HTML, plain content in other formats."""

from __future__ import annotations

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from typing_extensions import override


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
