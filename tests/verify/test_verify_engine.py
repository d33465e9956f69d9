"""Engines as the user of the command sees them."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from command_runs import CommandRuns

pytest.importorskip("ibis", reason="the extra groundrules[verify] is not installed")

from groundrules.verify import facts_engine

HERE = Path(__file__).parent
MASTER = "spark://127.0.0.1:1"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(HERE / "manual", tmp_path, dirs_exist_ok=True)
    shutil.copytree(HERE / "cases/kept/logs", tmp_path / "logs")
    return tmp_path


def test_a_missing_engine_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch):
    for name in [name for name in sys.modules if name.startswith(("pyspark", "ibis.backends.p"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delitem(sys.modules, "groundrules.verify.spark_engine", raising=False)
    monkeypatch.setitem(sys.modules, "pyspark", None)
    words = ("verify", "--store", "facts", "--engine", MASTER)
    assert CommandRuns(monkeypatch).output(folder, *words) == (
        f"$ groundrules {' '.join(words)}\n"
        "groundrules: pyspark is not installed; install groundrules[spark]\n"
        "exit code 3\n"
    )


def test_an_engine_that_cannot_go_on_is_a_sentence(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(facts_engine, "MEMORY", "1KB")
    said = CommandRuns(monkeypatch).output(folder, "verify", "--facts", "logs")
    assert "\ngroundrules: DuckDB cannot answer: Out of Memory Error: " in said
    assert said.endswith("exit code 3\n")
    assert "Traceback" not in said
