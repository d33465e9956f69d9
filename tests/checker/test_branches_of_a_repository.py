"""A check of a repository without data says which branch its answer is for."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from groundrules.cli import main

JOBS = "- job: {name: web, run: web.yaml}\n- project: {check: {jobs: [web]}}\n"
NO_DATA = "not checked: data: there is no folder data/; only the configuration was checked"


def git(*words: str) -> None:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", *who, *words], check=True, capture_output=True)


def check() -> Result:
    return CliRunner().invoke(main, ["check", "--no-cache"], catch_exceptions=False)


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "web"
    folder.mkdir()
    monkeypatch.chdir(folder)
    (folder / ".zuul.yaml").write_text(JOBS)
    git("init", "--quiet", "--initial-branch=main")
    git("add", ".")
    git("commit", "--quiet", "--message=Run web")
    return folder


def test_the_only_branch():
    result = check()
    assert result.exit_code == 0
    assert f"{NO_DATA}; the answer is for branch 'main'\n" in result.stdout


def test_other_branches_with_configuration():
    git("branch", "stable/1")
    git("branch", "stable/2")
    assert (
        f"{NO_DATA}; the answer is for branch 'main', not for branches 'stable/1' and 'stable/2' "
        "with configuration of their own\n"
    ) in check().stdout


CONFIG = f"- job: {{name: base, parent: null, run: base.yaml}}\n{JOBS}"
ONE_BRANCH = (
    "Zuul reads one branch of a config project: 'load-branch' of the tenant, by default 'master'"
)


def test_other_branches_of_a_config_project(repository: Path):
    (repository / ".zuul.yaml").write_text(CONFIG)
    assert f"{NO_DATA}; the answer is for branch 'main'\n" in check().stdout
    git("branch", "saved")
    assert f"{NO_DATA}; the answer is for branch 'main'; {ONE_BRANCH}\n" in check().stdout


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        (JOBS, "other branches: only 'main' was searched"),
        (
            CONFIG,
            f"other branches: only 'main' was searched; {ONE_BRANCH}",
        ),
    ],
    ids=["untrusted", "config"],
)
def test_other_branches_where_an_object_may_be_used(repository: Path, text: str, unknown: str):
    (repository / ".zuul.yaml").write_text(text)
    result = CliRunner().invoke(main, ["impact", "job", "web", "--no-cache"])
    assert f"\n  {unknown}\n" in result.stdout


def test_a_branch_without_configuration():
    git("checkout", "--quiet", "-b", "empty")
    git("rm", "--quiet", ".zuul.yaml")
    git("commit", "--quiet", "--message=Run nothing")
    result = check()
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0] == (
        ".:1:1: configuration 'web' is not available: it holds no configuration: none of "
        "zuul.yaml, zuul.d, .zuul.yaml, .zuul.d; branches that have some: main [GR200]"
    )


def test_a_folder_without_git(repository: Path):
    (repository / ".git").rename(repository.parent / "git")
    assert f"{NO_DATA}\n" in check().stdout
