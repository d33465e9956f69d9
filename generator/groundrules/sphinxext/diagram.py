"""The node of a diagram: SVG inline in HTML, the text beside it elsewhere."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any, cast

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator

from groundrules.sphinxext.directives import CiDirective
from groundrules.sphinxext.domain import CiDomain, edge

_JOB = re.compile(r'href="ci-job:([^"]+)"')


class diagram(nodes.General, nodes.Element):  # noqa: N801 - docutils names nodes so
    """SVG, or a generated file of it relative to the source folder."""


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


class Around(CiDirective):
    """Shows a job between its neighbours: ``ci:around:: GRAPH/JOB``.

    The page names the same jobs in words, so it is read again whenever they change.
    """

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the node; nothing for a job that stands alone."""
        graph, _ = self.edition.catalogue.jobs[self.arguments[0]][0]
        job = self.arguments[0].rpartition("/")[2]
        picture = self.edition.templates.around(graph.job_graph, job, graph.id, self.edition.found)
        return [diagram("", svg=picture)] if picture else []


def visit_html(self: HTML5Translator, node: diagram) -> None:
    """Write the SVG with its links to jobs resolved."""
    builder = cast(Any, self.builder)
    text = node.get("svg") or Path(builder.env.srcdir, node["file"]).read_text("utf-8")
    domain = cast(CiDomain, builder.env.get_domain("ci"))
    here = builder.current_docname

    def href(match: re.Match[str]) -> str:
        entry = domain.records.find("job", html.unescape(match[1]))
        if entry is None:
            return ""
        page = builder.get_relative_uri(here, entry.docname).partition("#")[0]  # singlehtml's
        return f'href="{html.escape(page)}#{html.escape(entry.anchor)}"'

    if not text:
        self.body.append('<p class="ci-diagram">This graph is too large to draw.</p>')
        raise nodes.SkipNode
    picture = f'<div class="ci-diagram" tabindex="0">{_JOB.sub(href, text)}</div>'
    caption = "<figcaption>" if node.children else ""
    self.body.append(f'<figure class="ci-figure">{picture}{caption}')


def depart_html(self: HTML5Translator, node: diagram) -> None:
    """End the figure."""
    self.body.append("</figcaption></figure>" if node.children else "</figure>")


def visit_edge(self: HTML5Translator, node: edge) -> None:
    """Open the link from a row of the table to its arrow, which leads back to it."""
    number = html.escape(node["number"])
    self.body.append(f'<a class="ci-edge" id="wait-{number}" href="#arrow-{number}">')


def depart_edge(self: HTML5Translator, node: edge) -> None:
    """End the link."""
    self.body.append("</a>")


def skip(self: Any, node: nodes.Element) -> None:
    """Leave out what only HTML shows: the text beside it says the same."""
    raise nodes.SkipNode
