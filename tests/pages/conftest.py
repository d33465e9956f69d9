"""The small manual of ``tests/sphinx/manual``, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from groundrules.checker import configurations_of_pages, usage_of_manual
from groundrules.pages.outline import Outline
from groundrules.records import Catalogue, LoadedData, load
from groundrules.records.claims import claims_of
from loaded_verdicts import verdicts

MANUAL = Path(__file__).parents[1] / "sphinx" / "manual"


@pytest.fixture(scope="session")
def loaded() -> LoadedData:
    loaded = load(MANUAL)
    assert loaded.report.diagnostics == []
    return loaded


@pytest.fixture(scope="session")
def catalogue(loaded) -> Catalogue:
    assert loaded.catalogue is not None
    return loaded.catalogue


@pytest.fixture(scope="session")
def outline(loaded, catalogue) -> Outline:
    claims = claims_of(catalogue)
    usage = usage_of_manual(claims, configurations_of_pages(claims, MANUAL))
    return Outline(catalogue, verdicts(loaded, MANUAL), usage=usage)
