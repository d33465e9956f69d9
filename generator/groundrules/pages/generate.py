"""Records → files of pages: `generate` is the whole first flow up to Sphinx."""

from __future__ import annotations

from groundrules.claims.verdicts import Verdicts
from groundrules.pages.graph_cache import GraphCache
from groundrules.pages.plan import diagram_name, files_of, plan
from groundrules.pages.render import Templates
from groundrules.pages.stamp import begin, finish
from groundrules.pages.write import write
from groundrules.records import Catalogue


def generate(
    catalogue: Catalogue, templates: Templates, digest: str, found: Verdicts, ledger: GraphCache
) -> set[str]:
    """Write every page and diagram of ``catalogue`` to the ledger's folder; return what changed.

    Graphs that ``ledger`` holds are left as they are.  ``found`` is what became of graphs when
    they were held against reality.  ``digest`` stands for the input; it is written last, so that
    only a complete folder carries it.  Raises `TemplateProblem` and `NotOursError` before anything
    is written.
    """
    folder = ledger.folder
    held = {each.id: each for each in catalogue.graphs if ledger.holds(each)}
    pages = plan(catalogue, found, without=held.keys())
    texts = {f"{page.name}.rst": templates.page(page) for page in pages}
    for each in catalogue.graphs:
        if each.id not in held:
            picture = templates.diagram(each.job_graph, each.id, each.title, found)
            texts[diagram_name(each)] = picture
    begin(folder)
    changed = write(folder, texts, keep={name for each in held.values() for name in files_of(each)})
    ledger.note(catalogue.graphs)
    finish(folder, digest)
    return changed
