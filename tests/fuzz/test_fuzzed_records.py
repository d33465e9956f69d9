"""Whatever one record file has in it: findings at places of the data, never an exception."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutating import TESTS, bounded, fuzzed, mutated, outside, seeds

from groundrules.checker import check_data
from loaded_verdicts import verdicts

BASE = TESTS / "records/base"
TEXTS = seeds("records")
KINDS = ("expectations", "graphs", "platforms", "sessions")
VERIFIED, MEASURED = "verified", "measured"
RECORD = TESTS / "records/cases/silent/a-record-of-a-graph/data/verified/ours.yaml"
MEASUREMENT = TESTS / "records/cases/silent/measurements/data/measured/debian-13.yaml"
OURS = {
    kind: [path.read_bytes() for path in sorted((BASE / "data" / kind).iterdir())] for kind in KINDS
} | {VERIFIED: [RECORD.read_bytes()], MEASURED: [MEASUREMENT.read_bytes()]}


def kind_of(name: str) -> str:
    """Return the folder that a seed belongs to, the first word of its name."""
    return name.partition("-")[0]


def check(kind: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = shutil.copytree(BASE, Path(folder, "project"))
        (root / "data" / kind).mkdir(exist_ok=True)
        [file] = [*(root / "data" / kind).iterdir()] or [root / "data" / kind / "ours.yaml"]
        file.write_bytes(data)
        loaded = check_data(root)
        findings = loaded.report.diagnostics
        if kind == VERIFIED:
            verdicts(loaded, root)  # which take the place of those of a configuration
        places = [each.location for each in findings]
        places += [related.location for each in findings for related in each.related]
        assert outside(root, places) == []
        assert [str(each) for each in findings if len(str(each).splitlines()) != 1] == []


@pytest.mark.parametrize("name", TEXTS)
def test_a_seed(name: str):
    bounded(lambda: check(kind_of(name), TEXTS[name]))


@st.composite
def records(draw: st.DrawFn) -> tuple[str, bytes]:
    """Return a folder, and a file for it that is almost a record of it."""
    kind = draw(st.sampled_from((*KINDS, VERIFIED, MEASURED)))
    own = [text for name, text in TEXTS.items() if kind_of(name) == kind]
    return kind, draw(mutated([*OURS[kind], *OURS[kind], *own]))


@fuzzed(share=0.2)
@given(records())
def test_mutated(record: tuple[str, bytes]):
    bounded(lambda: check(*record))
