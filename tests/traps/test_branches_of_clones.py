"""Whether a repository on its own shows that no branch matches: only if git fetches them all."""

from __future__ import annotations

from pathlib import Path

import pytest
from worlds import definitions

from groundrules.checks.traps import no_branch
from groundrules.checks.traps.documented_intent import DocumentedIntent
from repositories import git

CONFIG = """\
- job: {name: web, run: web.yaml}
- project:
    check:
      jobs:
        - web: {branches: stabel/1}
        - web: {branches: stable/1}
        - web: {branches: {regex: ^master$, negate: true}}
"""


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    folder = tmp_path / "origin"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "master")
    (folder / ".zuul.yaml").write_text(CONFIG)
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "One")
    git(folder, "branch", "stable/1")
    return folder


def places(root: Path, **where: str) -> list[str]:
    found = definitions(root, **where)
    return [str(each.location) for each in no_branch.check(found, DocumentedIntent())]


def test_a_repository_shows_all_its_branches(origin: Path):
    assert places(origin) == [".zuul.yaml:5:27"]


def test_a_clone_shows_all_branches_of_its_origin(origin: Path, tmp_path: Path):
    git(tmp_path, "clone", "-q", "origin", "clone")
    assert places(tmp_path / "clone") == [".zuul.yaml:5:27"]


def test_a_clone_of_one_branch_does_not(origin: Path, tmp_path: Path):
    git(tmp_path, "clone", "-q", "--single-branch", "origin", "clone")
    assert places(tmp_path / "clone") == []


def test_one_commit_does_not(origin: Path):
    assert places(origin, git=".", ref="master") == []


def test_what_may_be_for_tags_is_not_reported(origin: Path):
    """The pipeline may run for tags, each of which 'negate: true' matches."""
    git(origin, "branch", "-D", "stable/1")
    assert places(origin) == [".zuul.yaml:5:27", ".zuul.yaml:6:27"]


def test_a_folder_without_git_does_not(tmp_path: Path):
    (tmp_path / ".zuul.yaml").write_text(CONFIG)
    assert places(tmp_path) == []
