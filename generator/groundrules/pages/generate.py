"""Records → files of pages: `generate` is the whole first flow up to Sphinx."""

from __future__ import annotations

import hashlib
from pathlib import Path

import groundrules
from groundrules.atomic import write_text
from groundrules.pages.plan import diagram_names, plan
from groundrules.pages.render import Templates
from groundrules.pages.write import write
from groundrules.records import Catalogue

STAMP = ".stamp"


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


def is_current(folder: Path, digest: str) -> bool:
    """Return whether ``folder`` was made from the input that ``digest`` stands for."""
    try:
        return (folder / STAMP).read_text("utf-8") == digest
    except OSError:
        return False


def digest_of(root: Path, *folders: Path) -> str:
    """Return a digest of every file below ``folders`` and of this package itself."""
    found = hashlib.sha256(f"{groundrules.__version__}\n".encode())
    for folder in (Path(groundrules.__file__).parent, *folders):
        for path in sorted(folder.rglob("*")):
            if path.suffix != ".pyc" and path.is_file():
                state = path.stat()
                name = path.relative_to(root) if path.is_relative_to(root) else path
                found.update(f"{name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return found.hexdigest()
