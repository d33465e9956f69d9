"""The small manual of ``tests/sphinx/manual``, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from groundrules.pages.outline import Outline
from groundrules.records import Catalogue, load

MANUAL = Path(__file__).parents[1] / "sphinx" / "manual"


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    loaded = load(MANUAL)
    assert loaded.report.diagnostics == []
    assert loaded.catalogue is not None
    return loaded.catalogue


@pytest.fixture(scope="session")
def outline(catalogue) -> Outline:
    return Outline(catalogue)
