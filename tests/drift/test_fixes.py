"""What ``--fix`` mends of drift: the data side, where the answer is certain."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

LOUD = Path(__file__).parents[1] / "projects" / "drift" / "loud"
GRAPH = "data/graphs/deploy.yaml"
COMPARED = "1 graph with 4 jobs, 4 dependencies and 1 rule compared with cd.\n"


@pytest.mark.parametrize(
    ("case", "old", "new"),
    [
        ("GR208-planned-and-enforced", "status: planned, ", ""),
        ("GR205-soft-here", "HTTPS.}", "HTTPS., soft: true}"),
        ("GR205-hard-here", "soft: true, ", ""),
    ],
)
def test_what_is_certain_is_mended(
    case: str, old: str, new: str, tmp_path: Path, command: Callable[..., str]
):
    folder = shutil.copytree(LOUD / case, tmp_path / case)
    before = (folder / GRAPH).read_text()
    output = command(folder, "--fix")
    assert output.endswith(f"No findings in 3 files.\n{COMPARED}exit code 0\n")
    assert (folder / GRAPH).read_text() == before.replace(old, new)


def test_what_differs_in_one_pipeline_only_is_not_mended(
    tmp_path: Path, command: Callable[..., str]
):
    folder = shutil.copytree(LOUD / "GR205-soft-in-one-pipeline", tmp_path / "case")
    before = (folder / GRAPH).read_bytes()
    assert command(folder, "--fix").endswith("exit code 1\n")
    assert (folder / GRAPH).read_bytes() == before
