"""A folder of repositories is not one repository whose branches are its folders."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from groundrules.cli import main
from repositories import git

FILES = "- job: {name: unit, run: play.yaml}\n- project: {check: {jobs: [unit]}}\n"
THREE = (
    "the folder contains 3 repositories and is none itself: doc, one and two; use one of them, or "
    "a tenant file"
)
TENANT = """- tenant:
    name: ours
    source: {gerrit: {config-projects: [config], untrusted-projects: [app]}}
"""
CONFIG = "- pipeline: {name: check, manager: independent}\n- job: {name: base, parent: null}\n"


def cloned(folder: Path, files: dict[str, str]) -> None:
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_text(text)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "--allow-empty", "-m", "One")


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Two repositories with configuration and one without, beside a folder that is none."""
    for name in ("one", "two"):
        cloned(tmp_path / "many" / name, {"zuul.yaml": FILES})
    cloned(tmp_path / "many/doc", {"index.rst": "Docs\n"})
    (tmp_path / "many/notes").mkdir()
    return tmp_path / "many"


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(
        main, [*words, "--no-cache", "--root", str(folder)], prog_name="groundrules"
    )


COMMANDS = (
    ("graph",),
    ("graph", "--all"),
    ("graph", "--branch", "one"),
    ("jobs", "--files", "a"),
    ("impact", "job", "unit"),
)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_each_command_names_the_repositories(many: Path, words: tuple[str, ...]):
    result = run(many, *words)
    assert result.exit_code == 2
    assert result.output.endswith(f"\n\nError: {THREE}\n")


def test_check_reports_it(many: Path):
    result = run(many, "check")
    assert result.exit_code == 1
    first, *_ = result.output.splitlines()
    assert first == f".:1:1: {THREE} [GR613]"


def test_one_repository_is_not_its_folder_either(tmp_path: Path):
    cloned(tmp_path / "many/one", {"zuul.yaml": FILES})
    reason = "the folder contains 1 repository and is none itself: one; use it, or a tenant file"
    assert run(tmp_path / "many", "graph").output.endswith(f"Error: {reason}\n")


def test_nor_are_the_clones_of_two_branches_a_project_of_a_tenant(tmp_path: Path):
    (tmp_path / "main.yaml").write_text(TENANT)
    cloned(tmp_path / "config", {"zuul.yaml": CONFIG})
    for name in ("one", "two"):
        cloned(tmp_path / "app" / name, {"zuul.yaml": FILES})
    tenant = ("--tenant-config", str(tmp_path / "main.yaml"), "--project", "app", "--findings")
    assert run(tmp_path, "graph", *tenant).output.startswith(
        "app:1:1: app: the folder contains 2 repositories and is none itself: one and two; use "
        "one of them, or a tenant file [GR613]\n"
    )


# silent


def test_each_of_them_is_a_repository(many: Path):
    assert run(many / "one", "graph").output == "one check main: 1 job, 0 edges\n\nunit\n"


def test_folders_without_git_are_the_branches_of_a_project(tmp_path: Path):
    for branch in ("main", "stable"):
        (tmp_path / "app" / branch).mkdir(parents=True)
        (tmp_path / "app" / branch / "zuul.yaml").write_text(FILES)
    cloned(tmp_path / "app/doc", {"index.rst": "Docs\n"})  # Zuul reads nothing there
    assert run(tmp_path / "app", "graph").output == "app check main: 1 job, 0 edges\n\nunit\n"


def test_so_are_the_work_trees_of_one_repository(tmp_path: Path):
    cloned(tmp_path / "app/main", {"zuul.yaml": FILES})
    git(tmp_path / "app/main", "worktree", "add", "-q", "-b", "stable", "../stable")
    assert run(tmp_path / "app", "graph").output == "app check main: 1 job, 0 edges\n\nunit\n"
    stable = run(tmp_path / "app", "graph", "--branch", "stable").output
    assert stable == "app check stable: 1 job, 0 edges\n\nunit\n"


def test_a_repository_that_contains_others_is_read_itself(many: Path):
    (many / "zuul.yaml").write_text(FILES)
    assert run(many, "graph").output == "many check master: 1 job, 0 edges\n\nunit\n"
