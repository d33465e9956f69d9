"""A checkout where git is not installed: what is not known of its branches, and is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from groundrules.cli import main
from repositories import git

JOBS = "- job: {name: unit, run: play.yaml}\n- project: {name: app, check: {jobs: [unit]}}\n"
NOT_KNOWN = "git is not installed, so the branch of the files is not known; they are taken for "
NEEDED = "git is not installed; it is needed to read branches and commits"


@pytest.fixture
def app(tmp_path: Path) -> Path:
    folder = tmp_path / "app"
    folder.mkdir()
    (folder / "zuul.yaml").write_text(JOBS)
    (folder / "play.yaml").write_text("[]\n")
    git(folder, "init", "-q", "-b", "devel")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "first")
    return folder


@pytest.fixture
def without_git(app: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", str(app.parent / "nothing"))
    return app


def run(command: str, root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [command, "--root", str(root), "--no-cache", *arguments])


@pytest.mark.parametrize("command", [("graph",), ("jobs", "--files", "a")])
@pytest.mark.parametrize(("options", "branch"), [((), "master"), (("--branch", "any"), "any")])
def test_the_branch_of_the_files_is_assumed_and_this_is_said(
    without_git: Path, command: tuple[str, ...], options: tuple[str, ...], branch: str
):
    name, *more = command
    result = run(name, without_git, *more, *options)
    assert f"app check {branch}: 1 job, 0 edges\n" in result.stdout
    assert (result.stderr, result.exit_code) == (f"{NOT_KNOWN}{branch}\n", 0)


def test_check_and_impact_say_it(without_git: Path):
    result = run("check", without_git)
    assert result.stdout.splitlines()[1:] == [
        "not checked: data: there is no folder data/; only the configuration was checked; "
        f"{NOT_KNOWN}master"
    ]
    result = run("impact", without_git, "job", "unit")
    assert result.stdout.splitlines()[-1] == f"  {NOT_KNOWN}master"


@pytest.mark.parametrize("change", [(), ("--change", "HEAD~1..HEAD")])
def test_a_change_needs_git(without_git: Path, change: tuple[str, ...]):
    result = run("jobs", without_git, *change)
    assert result.exit_code == 2
    assert result.stderr.endswith(f"Error: {NEEDED}; list the files with --files\n")


def test_a_tag_and_a_bare_repository_need_git(without_git: Path):
    result = run("jobs", without_git, "--ref", "v1")
    assert result.stderr.endswith(f"Error: {NEEDED}\n")
    bare = (without_git / ".git").rename(without_git.parent / "app.git")
    result = run("graph", bare)
    assert result.stderr.endswith(f"Error: {NEEDED}\n")


MANUAL = """\
title: Our jobs
publisher: We
summary: What runs.
configurations: [{id: ours, title: Our CI, path: .}]
"""
GRAPH = """\
id: own
title: Our jobs
configuration: ours
project: app
branch: devel
pipelines: [check]
jobs: [{name: unit}]
"""


@pytest.mark.parametrize("has_git", [True, False])
def test_the_branch_of_a_documented_graph_is_assumed(
    app: Path, monkeypatch: pytest.MonkeyPatch, has_git: bool
):
    (app / "data/graphs").mkdir(parents=True)
    (app / "data/manual.yaml").write_text(MANUAL)
    (app / "data/graphs/own.yaml").write_text(GRAPH)
    if not has_git:
        monkeypatch.setenv("PATH", str(app.parent / "nothing"))
    note = f"not checked: branch of configuration ours: {NOT_KNOWN}devel"
    assert run("check", app).stdout.splitlines() == [
        "No findings in 3 files.",
        *([] if has_git else [note]),
        "1 graph with 1 job compared with ours.",
    ]


@pytest.mark.parametrize("has_git", [True, False])
def test_nothing_is_said_where_git_is_installed_or_not_needed(
    app: Path, monkeypatch: pytest.MonkeyPatch, has_git: bool
):
    if not has_git:
        (app / ".git").rename(app.parent / "elsewhere")
        monkeypatch.setenv("PATH", str(app.parent / "nothing"))
    result = run("graph", app)
    assert result.stderr == ""
    assert result.stdout.startswith(f"app check {'devel' if has_git else 'master'}: ")
