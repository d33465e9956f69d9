"""What all tests share: the whole check of a folder, as the command line would print it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from groundrules.checkup import look
from groundrules.diagnostics import Report

# how long an example takes says more of the machine than of the code
settings.register_profile("groundrules", deadline=None)
settings.load_profile("groundrules")


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what commands remember away from the cache of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


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
