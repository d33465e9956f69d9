"""Claims are the same after they were kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from groundrules.claims.store import from_plain, to_plain
from groundrules.records import load
from groundrules.records.claims import claims_of

ROOT = Path(__file__).parents[2]
MANUALS = [ROOT, *sorted((ROOT / "tests/projects/drift/silent").iterdir())]


@pytest.mark.parametrize("root", MANUALS, ids=lambda root: root.name)
def test_what_is_kept_is_what_was_claimed(root: Path):
    catalogue = load(root).catalogue
    assert catalogue
    claims = claims_of(catalogue)
    assert from_plain(json.loads(json.dumps(to_plain(claims)))) == claims
