"""The commands of "From documented to parallel", from the example to a lock over buildsets."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from followed_page import Reader
from repositories import git

pytestmark = pytest.mark.repository
ROOT = Path(__file__).parents[1]
GUIDE = ROOT / "source/reference/parallel.rst"


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    """Return somebody who has a clone of the example."""
    clone = shutil.copytree(ROOT / "examples/deployment", tmp_path / "deployment")
    git(clone, "init", "--quiet", "--initial-branch", "main")
    git(clone, "add", ".")
    git(clone, "commit", "--quiet", "--message", "All")
    return Reader(tmp_path)


def test_every_command_does_what_the_page_shows(reader: Reader) -> None:
    reader.follow(GUIDE.read_text("utf-8"))
    assert "pauses: true" in (reader.folder / "data/graphs/deploy.yaml").read_text("utf-8")
    assert "planned" not in (reader.folder / "data/graphs/deploy.yaml").read_text("utf-8")
