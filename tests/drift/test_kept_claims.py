"""Claims are the same after they were kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from groundrules.claims.claims import Claims
from groundrules.records import load
from groundrules.records.claims import claims_of
from groundrules.store import Store

ROOT = Path(__file__).parents[2]
OWN = pytest.param(ROOT, marks=pytest.mark.repository)
MANUALS = [OWN, *sorted((ROOT / "tests/projects/drift/silent").iterdir())]


@pytest.mark.parametrize("root", MANUALS, ids=lambda root: root.name)
def test_kept_claims_are_those_of_the_data(root: Path, tmp_path: Path):
    catalogue = load(root).catalogue
    assert catalogue
    claims, store = claims_of(catalogue), Store(tmp_path)
    store.put("claims", claims)
    kept = store.get("claims", Claims)
    assert (kept, repr(kept)) == (claims, repr(claims))
