"""Claim: own script and style of a page below 40 kB; what the two heaviest kinds of page weigh.

    python benchmarks/page_weight.py

Builds a made-up manual with a graph of 50 jobs and 60 promises on 30 labels, and names the size
of both pages as written and as sent (gzip), of their own script and style, and of everything else
a first visit loads.
"""

from __future__ import annotations

import gzip
import re
import tempfile
from pathlib import Path

import made_up
import measure

GOAL = 40_000
JOBS, PROMISES, LABELS = 50, 60, 30
STANDINGS = ("guaranteed", "varies", "not-guaranteed")
SCORER = measure.GENERATOR / "groundrules/sphinxext/scorer.js"


def add_matrix(folder: Path) -> None:
    """Write a platform and promises, every second of them with an exception and bounds."""
    labels = [
        {"name": f"linux-{number:02}-8GB", "operating_system": "Linux"} for number in range(LABELS)
    ]
    for kind in ("platforms", "expectations"):
        (folder / "data" / kind).mkdir()
    made_up.write_yaml(
        folder / "data/platforms/vm.yaml",
        {"id": "vm", "title": "Virtual machine", "summary": "A machine.", "labels": labels},
    )
    promises = [_promise(number) for number in range(PROMISES)]
    made_up.write_yaml(
        folder / "data/expectations/all.yaml",
        {"topic": "all", "title": "All of them", "expectations": promises},
    )


def _promise(number: int) -> dict[str, object]:
    promise: dict[str, object] = {
        "id": f"promise-{number}",
        "title": f"Promise number {number} of the platform",
        "standing": STANDINGS[number % 3],
        "statement": f"What promise {number} says.",
        "measure": {"fact": "ansible_memtotal_mb", "at_least": 7000 + number, "unit": "MB"},
    }
    if number % 2:
        promise["except"] = [{"labels": ["linux-0*"], "standing": STANDINGS[(number + 1) % 3]}]
    return promise


def is_own(path: Path) -> bool:
    """Return whether a script or style is the manual's, not the theme's or Sphinx's."""
    return path.parent.name == "groundrules" or path.name == "groundrules.css"


def sizes(paths: list[Path]) -> tuple[int, int]:
    """Return the bytes of files together, as they are and packed one by one."""
    texts = [path.read_bytes() for path in paths]
    return sum(map(len, texts)), sum(len(gzip.compress(text)) for text in texts)


def loaded_by(page: Path) -> list[Path]:
    """Return the scripts and styles that a page names."""
    names = re.findall(
        r'<(?:script|link)[^>]*?(?:src|href)="([^"#?:]+\.(?:js|css))', page.read_text()
    )
    return list(dict.fromkeys((page.parent / name).resolve() for name in names))


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        manual = Path(temporary, "manual")
        made_up.write_manual(manual, made_up.graphs(JOBS), "pydata_sphinx_theme")
        add_matrix(manual)
        measure.build(manual)
        pages = manual / "build/html/generated"
        graph, matrix = pages / "graphs/team-00.html", pages / "matrix.html"
        own = {page: [*filter(is_own, loaded_by(page)), SCORER] for page in (graph, matrix)}
        others = [path for path in loaded_by(graph) if not is_own(path)]
        found = {
            f"graph of {JOBS} jobs": [graph],
            f"matrix of {PROMISES} × {LABELS}": [matrix],
            "own script and style of the graph": own[graph],
            "own script and style of the matrix": own[matrix],
            "theme, Sphinx and search index": others,
        }
        rows = [
            (name, *(f"{size / 1000:.1f} kB" for size in sizes(files)))
            for name, files in found.items()
        ]
        heaviest = max(sizes(files)[0] for files in own.values())
    measure.show(("", "written", "gzip"), rows)
    measure.verdict("own script and style, bytes", heaviest, GOAL)


if __name__ == "__main__":
    main()
