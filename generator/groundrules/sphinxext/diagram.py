"""The node of a graph's diagram: SVG inline in HTML, the table beside it elsewhere."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any, cast

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator

from groundrules.sphinxext.directives import CiDirective
from groundrules.sphinxext.domain import CiDomain

_JOB = re.compile(r'href="ci-job:([^"]+)"')


class diagram(nodes.General, nodes.Element):  # noqa: N801 - docutils names nodes so
    """A generated SVG file, relative to the source folder."""


class Diagram(CiDirective):
    """Shows a generated diagram, with its content as caption: ``ci:diagram:: FILE``."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the node, and let the page depend on the file."""
        name, path = self.env.relfn2path(self.arguments[0])
        self.env.note_dependency(name)
        if not Path(path).is_file():
            return []
        return [diagram("", *self.parse_content_to_nodes(), file=name)]


def visit_html(self: HTML5Translator, node: diagram) -> None:
    """Write the SVG with its links to jobs resolved."""
    builder = cast(Any, self.builder)
    text = Path(builder.env.srcdir, node["file"]).read_text("utf-8")
    domain = cast(CiDomain, builder.env.get_domain("ci"))
    here = builder.current_docname

    def href(match: re.Match[str]) -> str:
        entry = domain.find("job", html.unescape(match[1]))
        if entry is None:
            return ""
        page = builder.get_relative_uri(here, entry.docname).partition("#")[0]  # singlehtml's
        return f'href="{html.escape(page)}#{html.escape(entry.anchor)}"'

    if not text:
        self.body.append('<p class="ci-diagram">This graph is too large to draw.</p>')
        raise nodes.SkipNode
    picture = f'<div class="ci-diagram" tabindex="0">{_JOB.sub(href, text)}</div>'
    self.body.append(f"<figure>{picture}<figcaption>")


def depart_html(self: HTML5Translator, node: diagram) -> None:
    """End the figure."""
    self.body.append("</figcaption></figure>")


def skip(self: Any, node: diagram) -> None:
    """Leave the diagram out: the table beside it says the same."""
    raise nodes.SkipNode
