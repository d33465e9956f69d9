"""Records → files of pages: `generate` is the whole first flow up to Sphinx."""

from __future__ import annotations

from pathlib import Path

from groundrules.atomic import write_text
from groundrules.pages.plan import diagram_names, plan
from groundrules.pages.render import Templates
from groundrules.pages.stamp import STAMP
from groundrules.pages.write import write
from groundrules.records import Catalogue


def generate(catalogue: Catalogue, folder: Path, templates: Templates, digest: str) -> set[str]:
    """Write every page and diagram of ``catalogue`` below ``folder``; return what changed.

    ``digest`` stands for the input; it is written last, so that only a complete folder
    carries it.  Raises `TemplateProblem` before anything is written.
    """
    texts = {f"{page.name}.rst": templates.page(page) for page in plan(catalogue)}
    for name, graph in diagram_names(catalogue).items():
        texts[name] = templates.diagram(graph.job_graph, graph.id, graph.title)
    (folder / STAMP).unlink(missing_ok=True)
    changed = write(folder, texts)
    write_text(folder / STAMP, digest)
    return changed
