"""Checks see no CI system: what they read is in `groundrules.graphs`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import groundrules

ROOT = Path(groundrules.__file__).parent
FILES = [path for part in ("checks", "claims", "graphs") for path in (ROOT / part).rglob("*.py")]


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{each.name}" for each in node.names)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_ci_system_is_imported(path: Path):
    assert not [name for name in imported(path) if name.startswith("groundrules.ci")]
