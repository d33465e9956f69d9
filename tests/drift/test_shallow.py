"""Shallow clones, which CI systems make by default: the same commit, the same day."""

from __future__ import annotations

from pathlib import Path

import pytest

from groundrules.ci.revisions import Revision, checkout_of, snapshot_of
from groundrules.ci.zuul.sources.config_files import ROOTS
from repositories import git, repository


@pytest.fixture
def code(tmp_path: Path) -> Path:
    """A repository of two commits; ``shallow`` beside it is a clone of the last one."""
    folder = repository(tmp_path / "code")
    git(folder, "commit", "-q", "--allow-empty", "-m", "Two")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{folder}", "shallow")
    return folder


def test_a_shallow_clone_is_at_the_same_commit_and_day(code: Path):
    whole, shallow = (
        checkout_of(folder, [".zuul.yaml"], ROOTS) for folder in (code, code.parent / "shallow")
    )
    assert whole == shallow
    assert whole is not None
    assert whole.date


def test_the_day_of_a_snapshot_is_unknown_where_the_history_is_cut(code: Path):
    """The oldest commit of a shallow clone looks as if it had added every file."""
    assert snapshot_of(code, [".zuul.yaml"], "f" * 40).date
    cut = snapshot_of(code.parent / "shallow", [".zuul.yaml"], "f" * 40)
    assert cut == Revision("snapshot ffffffffffff")
