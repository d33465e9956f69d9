"""Whatever a tenant file has in it: a tenant, or findings at places of the file."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from mutating import bounded, fuzzed, is_in, mutated, seeds

from groundrules.ci.zuul.layout.gathering import gather_tenant

TEXTS = seeds("tenant")


def check(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "main.yaml").write_bytes(data)
        (root / "app").mkdir()
        (root / "app/zuul.yaml").write_text("- job: {name: x}\n")
        file = root / "main.yaml"
        for wanted in (None, "t"):
            findings = gather_tenant(file, root, wanted=wanted).report.diagnostics
            places = [each.location for each in findings if each.location.path == str(file)]
            assert [str(at) for at in places if not is_in(data, at.line, at.column)] == []


@pytest.mark.parametrize("name", TEXTS)
def test_a_seed(name: str):
    bounded(lambda: check(TEXTS[name]))


@fuzzed(share=0.5)
@given(mutated(TEXTS.values()))
def test_mutated(data: bytes):
    bounded(lambda: check(data))
