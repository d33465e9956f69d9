"""The commands of "From documented to parallel", from an empty folder to a lock over buildsets."""

from __future__ import annotations

from pathlib import Path

import pytest

from followed_page import Reader

pytestmark = pytest.mark.repository
GUIDE = Path(__file__).parents[1] / "source/reference/parallel.rst"


def test_every_command_does_what_the_page_shows(tmp_path: Path) -> None:
    reader = Reader(tmp_path, in_process=True)
    reader.follow(GUIDE.read_text("utf-8"))
    record = (reader.folder / "data/graphs/deploy.yaml").read_text("utf-8")
    assert "pauses: true" in record
    assert "planned" not in record
    log = reader.run("git -C ../deployment log --reverse --format=%s").splitlines()
    assert log == [
        "Deploy one job after another",
        "Let jobs wait for bridge",
        "Let jobs wait for servers",
        "Let jobs wait for nameserver and letsencrypt",
        "Run two playbooks at a time",
        "Lock the deployment for a buildset",
    ]
