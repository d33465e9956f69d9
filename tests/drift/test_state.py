"""The state of a configuration is another one whenever a reader of it would see a difference."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from groundrules.ci.config_source import state_of
from groundrules.claims.claims import ConfigurationClaim
from groundrules.diagnostics import Location


def claim(**where: str) -> ConfigurationClaim:
    return ConfigurationClaim(
        id="ci", place=Location("data/manual.yaml", 1, 1), system="zuul", **where
    )


def write(path: Path, text: str = "[]\n") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def git(folder: Path, *arguments: str) -> None:
    folder.mkdir(exist_ok=True)
    names = {f"GIT_{who}_{what}": "x@y" for who in ("AUTHOR", "COMMITTER") for what in NAMES}
    environment = {**os.environ, **names, "GIT_CONFIG_GLOBAL": os.devnull}
    command = ["git", "-C", str(folder), *arguments]
    subprocess.run(command, env=environment, check=True, capture_output=True)


NAMES = ("NAME", "EMAIL")


@pytest.mark.parametrize(
    "changed",
    [
        ".zuul.yaml", "zuul.d/a/b.yaml", "zuul.d/.zuul.ignore", "master/zuul.yaml",
        "stable%2F1/zuul.d/x.yaml",
    ],
)  # fmt: skip
def test_a_file_that_is_read_changes_the_state_of_a_folder(tmp_path, changed):
    write(tmp_path / "ci/.zuul.yaml")
    before = state_of(claim(path="ci"), tmp_path)
    assert state_of(claim(path="ci"), tmp_path) == before
    write(tmp_path / "ci" / changed, "other\n")
    assert state_of(claim(path="ci"), tmp_path) != before


def test_another_branch_of_a_checkout_changes_its_state(tmp_path):
    git(tmp_path / "ci", "init", "-q", "-b", "master")
    write(tmp_path / "ci/.zuul.yaml")
    git(tmp_path / "ci", "add", ".")
    git(tmp_path / "ci", "commit", "-q", "-m", "One")
    before = state_of(claim(path="ci"), tmp_path)
    git(tmp_path / "ci", "branch", "stable")
    assert state_of(claim(path="ci"), tmp_path) != before


def test_other_files_do_not(tmp_path):
    write(tmp_path / "ci/.zuul.yaml")
    before = state_of(claim(path="ci"), tmp_path)
    write(tmp_path / "ci/README.rst")
    write(tmp_path / "ci/build/html/index.html")
    assert state_of(claim(path="ci"), tmp_path) == before


@pytest.mark.parametrize("changed", ["main.yaml", "team/config/zuul.d/x.yaml", "index.json"])
def test_a_tenant_has_the_files_of_all_its_repositories(tmp_path, changed):
    write(tmp_path / "ci/main.yaml")
    before = state_of(claim(tenant="ci/main.yaml"), tmp_path)
    write(tmp_path / "ci" / changed, "{}  # other\n")
    assert state_of(claim(tenant="ci/main.yaml"), tmp_path) != before


def test_a_tenant_has_the_commits_of_its_git_repositories(tmp_path):
    write(tmp_path / "ci/main.yaml")
    git(tmp_path / "ci/repository", "init", "-q", "-b", "master")
    git(tmp_path / "ci/repository", "commit", "-qm", "first", "--allow-empty")
    before = state_of(claim(tenant="ci/main.yaml"), tmp_path)
    git(tmp_path / "ci/repository", "commit", "-qm", "second", "--allow-empty")
    assert state_of(claim(tenant="ci/main.yaml"), tmp_path) != before


def test_an_unavailable_configuration_has_a_reason(tmp_path):
    assert state_of(claim(path="ci"), tmp_path) == "there is no folder ci"
    assert state_of(claim(git="ci"), tmp_path) == "there is no git repository ci"
    assert "does not say where it is" in state_of(claim(), tmp_path)


def test_a_link_is_not_followed_for_the_state(tmp_path):
    """Its own text is what git has of it, and what it leads to may be without end."""
    write(tmp_path / "out/a.yaml")
    (tmp_path / "manual/ci").mkdir(parents=True)
    (tmp_path / "manual/ci/zuul.d").symlink_to(tmp_path / "out")
    before = state_of(claim(path="ci"), tmp_path / "manual")
    write(tmp_path / "out/a.yaml", "other\n")
    assert state_of(claim(path="ci"), tmp_path / "manual") == before
