"""Files that several tests share."""

from __future__ import annotations

from pathlib import Path

import pytest
from bundles import unpack


@pytest.fixture(scope="session")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of all random worlds."""
    return unpack("fuzz3", tmp_path_factory.mktemp("worlds"))
