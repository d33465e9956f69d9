"""The picture of the architecture page, drawn for a made-up package."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from groundrules.sphinxext import package_map

MODULES = {
    "__init__.py": "",
    "store.py": "import json\n",
    "reading/__init__.py": "from madeup.reading.parse import parse\n",
    "reading/parse.py": "import madeup.store\nfrom os import path\n",
    "cli.py": "def main():\n    from madeup.reading import parse\n    from madeup import store\n",
}


@pytest.fixture
def madeup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that changes files of the package ``madeup``."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def write(**changed: str) -> None:
        changes = {f"{name}.py": text for name, text in changed.items()}
        for name, text in {**MODULES, **changes}.items():
            path = tmp_path / "madeup" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")

    write()
    return write


EDGES = {("cli", "reading"), ("cli", "store"), ("reading", "store")}


def test_parts_wait_for_the_parts_that_they_import(madeup):
    graph = package_map.parts_graph("madeup")
    assert [job.name for job in graph.jobs] == ["cli", "reading", "store"]
    assert {(edge.job, edge.dependency) for edge in graph.edges} == EDGES
    assert "madeup" not in sys.modules, "imports are read and nothing is run"


def test_the_drawing_leaves_out_imports_that_a_longer_way_implies(madeup):
    graph = package_map.parts_graph("madeup")
    svg = package_map.drawing(package_map.layout_of(graph), "Parts & imports")
    assert set(re.findall(r">(\w+)</text>", svg)) == {"cli", "reading", "store"}
    assert svg.count('class="ci-arrow') == len(EDGES - {("cli", "store")})
    assert 'aria-label="Parts &amp; imports"' in svg


def test_a_circle_is_drawn_too(madeup):
    madeup(store="import madeup.cli\n")
    graph = package_map.parts_graph("madeup")
    assert {(edge.job, edge.dependency) for edge in graph.edges} == EDGES | {("store", "cli")}
    svg = package_map.drawing(package_map.layout_of(graph), "")
    assert svg.count('class="ci-arrow') == len(EDGES) + 1


def test_an_unknown_package_is_named():
    for name in ("no_such_package", "no_such_package.below"):
        with pytest.raises(ValueError, match=rf"^unknown package '{name}'$"):
            package_map.parts_graph(name)
