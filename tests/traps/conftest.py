"""What tests of traps share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from worlds import looked_at

from groundrules.diagnostics import Report


@pytest.fixture(scope="session")
def look() -> Callable[[Path], Report]:
    """Hold the configuration of a world against itself and against its data."""
    return looked_at
