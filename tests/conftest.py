"""What all tests share: the whole check of a folder, as the command line would print it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from groundrules.checkup import look
from groundrules.diagnostics import Report

# how long an example takes says more of the machine than of the code
settings.register_profile("groundrules", deadline=None)
settings.load_profile("groundrules")


def checked(root: Path) -> Report:
    return look(root).report


@pytest.fixture(scope="session")
def check() -> Callable[[Path], Report]:
    """Load and check the data of a folder."""
    return checked


@pytest.fixture(scope="session")
def findings() -> Callable[[Path], str]:
    """Load and check the data of a folder; each finding is one line."""
    return lambda root: "".join(f"{each}\n" for each in checked(root).diagnostics)
