"""A cache that came with the repository that is checked is not believed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from groundrules.checker.data_cache import DataCache
from groundrules.claims.claims import Claims
from groundrules.cli import main
from groundrules.records.references import Names
from groundrules.store import Store

WORLD = Path(__file__).parents[1] / "projects" / "checked"


def check(*options: str) -> str:
    return CliRunner().invoke(main, ["check", *options], catch_exceptions=False).stdout


@pytest.mark.parametrize("place", ["world/.cache", "cache"])
def test_only_a_cache_elsewhere_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
):
    """It says of data with findings that it claims nothing, as an attacker would have it."""
    folder = shutil.copytree(WORLD, tmp_path / "world")
    monkeypatch.chdir(folder)
    found = check("--no-cache")
    DataCache(folder, "data", Store(tmp_path / place / "groundrules")).put(Claims(), Names())
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / place))
    assert (check() == found) is place.startswith("world")


def test_nor_is_one_that_a_repository_beside_it_brought(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = shutil.copytree(WORLD, tmp_path / "world")
    ours = shutil.copytree(WORLD, tmp_path / "ours")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(ours / ".cache"))
    check("--config", f"ours={ours}")
    assert not (ours / ".cache").exists()
