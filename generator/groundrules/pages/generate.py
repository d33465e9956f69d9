"""Records → files of pages: `generate` is the first data flow up to Sphinx."""

from __future__ import annotations

from groundrules.changes.published_changes import PublishedChanges
from groundrules.claims.verdicts import Verdicts
from groundrules.graphs.usage import NamedUsage
from groundrules.pages.graph_cache import GraphCache
from groundrules.pages.known_order import known_order
from groundrules.pages.planned_pages import diagram_name, files_of, plan
from groundrules.pages.render import Templates
from groundrules.pages.stamp import Stamp
from groundrules.pages.write import write
from groundrules.records import Catalogue


def generate(
    catalogue: Catalogue,
    templates: Templates,
    stamp: Stamp,
    key: str,
    verdicts: Verdicts,
    cache: GraphCache,
    published: PublishedChanges | None = None,
    usage: tuple[NamedUsage, ...] = (),
) -> set[str]:
    """Write every page and diagram of ``catalogue`` to the stamp's folder; return what changed.

    The files of graphs in ``cache`` are not changed.  ``key`` identifies the input; it is stored
    last, so that only a complete folder has it.  Raises `TemplateProblem` and `NotOursError`
    before anything is written.
    """
    held = {graph.id: graph for graph in catalogue.graphs if cache.holds(graph)}
    pages = plan(catalogue, verdicts, held.keys(), published, usage)
    texts = {f"{page.name}.rst": templates.page(page) for page in pages}
    for graph in catalogue.graphs:
        if graph.id not in held:
            known = known_order(graph, verdicts)
            picture = templates.diagram(graph.job_graph, graph.id, graph.title, verdicts, known)
            texts[diagram_name(graph)] = picture
    stamp.begin()
    kept = {name for graph in held.values() for name in files_of(graph)}
    changed = write(stamp.folder, texts, keep=kept)
    cache.put(catalogue.graphs)
    stamp.finish(key)
    return changed
