"""Sphinx extension: ``package-map:: PACKAGE`` draws which parts of a package import which.

The picture and the list below it come from the imports in the source files of an installed package,
which is not imported, so they cannot become outdated.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from typing_extensions import override

from groundrules.graphs.elements import Edge, Job
from groundrules.graphs.job_graph import CycleError, JobGraph
from groundrules.pages.diagram import diagram
from groundrules.pages.diagram_layout import DiagramLayout


def modules_of(package: str) -> Iterator[tuple[str, Path]]:
    """Yield the dotted name and the file of each module below a package."""
    try:
        spec = find_spec(package)
    except ModuleNotFoundError:  # of the package above it
        spec = None
    if spec is None or not spec.submodule_search_locations:
        raise ValueError(f"unknown package {package!r}")
    root = Path(spec.submodule_search_locations[0])
    for path in sorted(root.rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        yield ".".join((package, *parts)).removesuffix(".__init__"), path


def imports_of(path: Path) -> Iterator[str]:
    """Yield the dotted names that a module imports, lazily or at once."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{name.name}" for name in node.names)


def part_of(package: str, name: str) -> str | None:
    """Return the part of ``package`` that a dotted name belongs to."""
    if not name.startswith(f"{package}."):
        return None
    return name.removeprefix(f"{package}.").split(".")[0]


def parts_graph(package: str) -> JobGraph:
    """Return the parts of a package as a graph: each waits for the parts that it imports."""
    modules = list(modules_of(package))
    parts = {part for name, _ in modules if (part := part_of(package, name))}
    edges = {
        (part, used)
        for name, path in modules
        if (part := part_of(package, name))
        for imported in imports_of(path)
        if (used := part_of(package, imported)) in parts and used != part
    }
    return JobGraph(
        tuple(Job(name=part) for part in sorted(parts)),
        tuple(Edge(job=part, dependency=str(used)) for part, used in sorted(edges)),
    )


def layout_of(graph: JobGraph) -> DiagramLayout | None:
    """Return the layout without the imports that longer ways imply; in a circle, with all."""
    try:
        return diagram(graph.reduced())
    except CycleError:
        return diagram(graph)


def drawing(layout: DiagramLayout, title: str) -> str:
    """Return the layout as SVG in the style of the manual's job graphs."""
    width, height = layout.width + 8, layout.height + 8
    arrows = "".join(
        f'<g class="ci-arrow ci-hard"><path d="{arrow.path}"/><polygon points="{arrow.tip}"/></g>'
        for arrow in layout.arrows
    )
    boxes = "".join(
        f'<g class="ci-node"><rect x="{box.x - box.width / 2:.1f}" y="{box.y - box.height / 2:.1f}"'
        f' width="{box.width:.1f}" height="{box.height}" rx="5"/>'
        f'<text x="{box.x:.1f}" y="{box.y + 4:.1f}">{escape(box.job.name)}</text></g>'
        for box in layout.boxes
    )
    return (
        f'<svg class="ci-graph" role="img" aria-label="{escape(title)}"'
        f' viewBox="-4 -4 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}"'
        f' xmlns="http://www.w3.org/2000/svg">{arrows}{boxes}</svg>'
    )


class PackageMap(SphinxDirective):
    """Draws the parts of a package; text builders show the list alone."""

    required_arguments = 1

    @override
    def run(self) -> list[nodes.Node]:
        package = self.arguments[0]
        try:
            graph = parts_graph(package)
        except ValueError as error:
            raise self.error(str(error)) from None
        for _, path in modules_of(package):
            self.env.note_dependency(str(path))
        shown: list[nodes.Node] = [_list(graph)]
        if layout := layout_of(graph):
            title = f"Which part of {package} imports which; the list below names them all"
            svg = f'<div class="ci-diagram" tabindex="0">{drawing(layout, title)}</div>'
            shown.insert(0, nodes.raw("", svg, format="html"))
        return shown


def _list(graph: JobGraph) -> nodes.bullet_list:
    items = nodes.bullet_list()
    for job in graph.jobs:
        names = ", ".join(graph.dependencies(job.name)) or "nothing of the package"
        text = nodes.paragraph("", "", nodes.literal(text=job.name), nodes.Text(f" uses {names}"))
        items += nodes.list_item("", text)
    return items


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the directive."""
    app.add_directive("package-map", PackageMap)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
