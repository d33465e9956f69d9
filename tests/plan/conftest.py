"""The manual and repository that plans are made of."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a manual and the repository that it documents."""
    for name in ("manual", "repository"):
        shutil.copytree(HERE / name, tmp_path / "top" / name)
    (tmp_path / "top/.git").mkdir()
    return tmp_path / "top"
