"""A small manual for one test, as the current folder, with a cache of its own elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from manual import write


@pytest.fixture
def small_root(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """Return its folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.chdir(tmp_path)
    return write(tmp_path)
