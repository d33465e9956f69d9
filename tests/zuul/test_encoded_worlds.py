"""Random documented graphs in the first set of random worlds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from documented_worlds import check_graphs_become_real


def test_random_graphs_become_real(unpacked: Callable[[str], Path]) -> None:
    check_graphs_become_real(unpacked("fuzz"), least=185)
