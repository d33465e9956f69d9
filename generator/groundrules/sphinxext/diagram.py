"""The node of a diagram: inline SVG in HTML, the text beside it in other formats."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator
from typing_extensions import override

from groundrules.confined import Confined, EntryKind
from groundrules.nearest import did_you_mean
from groundrules.records.references import of_several_graphs
from groundrules.sphinxext.directives import CiDirective, PictureDirective
from groundrules.sphinxext.domain import ci_domain
from groundrules.sphinxext.roles import edge
from groundrules.sphinxext.translation import word

if TYPE_CHECKING:
    from groundrules.pages.render import Templates

_JOB = re.compile(r'href="ci-job:([^"]+)"')
_ARROW = re.compile(r' id="arrow-([^"]+)"')
# An arrow's id and its link to a row of the table, which only the graph's own page has.
_ROW = re.compile(r'(id="arrow-[^"]+" )?href="#(wait-([^"]+)-\d+)"')
_LABEL, _TITLE = re.compile(r' aria-label="[^"]*"'), re.compile(r"<title>[^<]*</title>")
_COUNTS = re.compile(r'<desc data-counts="(\d+) (\d+) (\d+)">([^<]*)</desc>')
_PLACE = '<div class="ci-place"></div>'  # of the tools that a script adds
FRAMES = "ci-figure", "ci-diagram"  # classes that the script of graphs looks for
LARGEST = 64 * 2**20  # bytes of a diagram
ARROWS = "ci-arrows"  # of a page: the numbers of the arrows drawn on it


class diagram(nodes.General, nodes.Element):  # noqa: N801 - docutils names nodes so
    """SVG, or the path of an SVG file relative to the source folder."""


class DiagramDirective(CiDirective):
    """Shows a generated diagram, with its content as caption: ``ci:diagram:: FILE``."""

    required_arguments = 1
    has_content = True

    @override
    def run(self) -> list[nodes.Node]:
        name, _ = self.env.relfn2path(self.arguments[0])
        self.env.note_dependency(name)
        if Confined(Path(self.env.srcdir)).kind(name) is not EntryKind.FILE:
            return []
        return [diagram("", *self.parse_content_to_nodes(), file=name)]


class Around(PictureDirective):
    """Shows a job between its neighbors: ``ci:around:: GRAPH/JOB``."""

    required_arguments = 1

    @override
    def picture(self, templates: Templates) -> list[nodes.Node]:
        build, name = self.manual_build, self.arguments[0]
        known = build.catalogue.jobs.get(name, ())
        if len(known) != 1:
            raise self.error(_unknown(name, build.catalogue.jobs))
        [(graph, job)] = known
        title = word("What {job} waits for, and what waits for it").format(job=job.name)
        verdicts = build.records.verdicts
        svg = templates.diagram(graph.job_graph, graph.id, title, verdicts, job=job.name)
        return [diagram("", svg=svg)] if svg else []


def _unknown(name: str, jobs: Iterable[str]) -> str:
    """Return a hint for the name of a job that is unknown or ambiguous."""
    if fits := [job for job in jobs if job.endswith(f"/{name}")]:
        return of_several_graphs(name, fits)
    return f"unknown job {name!r}{did_you_mean(name, jobs)}"


def visit_html(self: HTML5Translator, node: diagram) -> None:
    """Write the SVG with resolved links to jobs; in an ePub, only the text beside it.

    A page with inline SVG needs a property in the ePub's manifest that Sphinx does not write.
    """
    builder = cast(Any, self.builder)
    if builder.name == "epub":
        raise nodes.SkipNode
    folder = Confined(Path(builder.env.srcdir))
    text = node.get("svg") or folder.read(node["file"], LARGEST).decode("utf-8")
    domain = ci_domain(builder.env)
    here = builder.current_docname

    def href(match: re.Match[str]) -> str:
        entry = domain.records.find("job", html.unescape(match[1]))
        if entry is None:
            return ""
        page = builder.get_relative_uri(here, entry.docname).partition("#")[0]  # singlehtml's
        return f'href="{html.escape(page)}#{html.escape(entry.anchor)}"'

    def row(match: re.Match[str]) -> str:
        entry = domain.records.find("graph", html.unescape(match[3]))
        if entry is None or file_of(entry.docname) == file_of(here):
            return match[0]
        page = builder.get_relative_uri(here, entry.docname)
        return f'href="{html.escape(page)}#{match[2]}"'

    def file_of(docname: str) -> str:
        return str(builder.get_target_uri(docname).partition("#")[0])

    if not text:
        message = html.escape(word("This graph is too large to draw."))
        self.body.append(f'<p class="ci-diagram">{message}</p>')
        raise nodes.SkipNode
    text = _JOB.sub(href, _ROW.sub(row, text))
    if entry := domain.records.find("graph", PurePosixPath(node.get("file", "")).stem):
        text = _titled(text, entry.title)
    text = _COUNTS.sub(_counts, text)
    self.document.setdefault(ARROWS, set()).update(_ARROW.findall(text))
    figure, frame = node.get("frames", FRAMES)
    picture = f'<div class="{frame}" tabindex="0">{text}</div>'
    place, caption = (_PLACE, "<figcaption>") if node.children else ("", "")
    self.body.append(f'<figure class="{figure}">{place}{picture}{caption}')


def _titled(svg: str, title: str) -> str:
    """Return a picture with the title of its graph, which may be translated."""
    title = html.escape(title)
    svg = _LABEL.sub(lambda _: f' aria-label="{title}"', svg, count=1)
    return _TITLE.sub(lambda _: f"<title>{title}</title>", svg, count=1)


def _counts(match: re.Match[str]) -> str:
    """Return the description of a picture in the language of the manual."""
    jobs, dependencies, left_out, beside = *match.groups()[:3], match[4]
    parts = (
        word("{jobs} job") if jobs == "1" else word("{jobs} jobs"),
        word("{dependencies} dependency")
        if dependencies == "1"
        else word("{dependencies} dependencies"),
    )
    text = ", ".join(parts)
    if int(left_out):
        text += word(", without arrows for {left_out} that others imply")
    table = word("; the table beside the picture lists them all.")
    prose = word("; the text beside the picture names them all.")
    text += table if "table beside" in beside else prose
    counts = {"jobs": jobs, "dependencies": dependencies, "left_out": left_out}
    return f"<desc>{html.escape(text.format(**counts))}</desc>"


def depart_html(self: HTML5Translator, node: diagram) -> None:
    """End the figure."""
    self.body.append("</figcaption></figure>" if node.children else "</figure>")


def visit_edge(self: HTML5Translator, node: edge) -> None:
    """Open the link from a row of the table to its arrow, if the diagram has it."""
    number = html.escape(node["number"])
    arrow = f' href="#arrow-{number}"' if number in self.document.get(ARROWS, ()) else ""
    self.body.append(f'<a class="ci-edge" id="wait-{number}"{arrow}>')


def skip(self: Any, node: nodes.Element) -> None:
    """Skip what only HTML shows; the text beside it has the same content."""
    raise nodes.SkipNode
