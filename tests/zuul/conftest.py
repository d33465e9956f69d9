"""Files that several tests share."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from bundles import unpack

pytest.register_assert_rewrite("documented_worlds")


@pytest.fixture(scope="session")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return the folder of a set of ``golden/``, which tests only read: it has thousands of files.

    A test that writes in it unpacks its own.
    """
    root = tmp_path_factory.mktemp("golden")
    return cache(lambda name: unpack(name, root))


@pytest.fixture(scope="session")
def worlds(unpacked: Callable[[str], Path]) -> Path:
    """The folder of all random worlds."""
    return unpacked("fuzz3")
