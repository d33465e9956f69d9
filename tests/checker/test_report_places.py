"""Paths in reports: for people from the working directory, for programs in the repository."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from groundrules.checker.configurations import Configurations
from groundrules.claims.claims import ConfigurationClaim
from groundrules.cli import main
from groundrules.diagnostics import Location
from repositories import git

WORLD = Path(__file__).parents[1] / "projects" / "checked"
HOME = Location("data/manual.yaml", 5, 3)
MACHINES = ("github", "gitlab", "json", "junit", "sarif", "zuul")


def check(root: str, *options: str) -> str:
    arguments = ["check", "--no-cache", "--root", root, *options]
    return CliRunner().invoke(main, arguments, catch_exceptions=False).stdout


@pytest.fixture
def mono(tmp_path: Path) -> Path:
    """A repository with a manual in ``docs``, which has three findings."""
    shutil.copytree(WORLD, tmp_path / "mono/docs")
    git(tmp_path / "mono", "init", "--quiet")
    return tmp_path / "mono"


@pytest.mark.parametrize(
    ("here", "root", "before"),
    [
        (".", "docs", "docs/"), ("docs", ".", ""), ("docs/data", "..", "../"),
        ("docs/data/platforms", "../..", "../../"), ("..", "mono/docs", "mono/docs/"),
    ],
)  # fmt: skip
def test_people_open_a_path_from_where_they_stand(
    mono: Path, monkeypatch: pytest.MonkeyPatch, here: str, root: str, before: str
):
    monkeypatch.chdir(mono / here)
    output = check(root, "--format", "text")
    assert f"{before}app/.zuul.yaml:4:43: " in output
    assert f"\n{before}data/platforms/vm.yaml:6:9: " in output


@pytest.mark.parametrize(("here", "root"), [(".", "docs"), ("docs", "."), ("docs/data", "..")])
@pytest.mark.parametrize("form", MACHINES)
def test_machines_have_the_path_from_the_repository(
    mono: Path, monkeypatch: pytest.MonkeyPatch, here: str, root: str, form: str
):
    monkeypatch.chdir(mono)
    expected = check("docs", "--format", form)
    assert "docs/data/platforms/vm.yaml" in expected
    monkeypatch.chdir(mono / here)
    assert check(root, "--format", form) == expected


@pytest.mark.parametrize(
    ("here", "root", "before"),
    [(".", "docs", "docs/"), ("docs", ".", ""), ("docs/data", "..", "")],
)
def test_without_a_repository_the_working_directory_is_it_or_the_manual_s_own(
    mono: Path, monkeypatch: pytest.MonkeyPatch, here: str, root: str, before: str
):
    shutil.rmtree(mono / ".git")
    monkeypatch.chdir(mono / here)
    assert f"file={before}data/platforms/vm.yaml," in check(root, "--format", "github")


@pytest.fixture
def beside(mono: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The configuration is a git repository beside the manual, and has the same findings."""
    (mono / "docs/main.yaml").unlink()
    shutil.rmtree(mono / "docs/config")
    shutil.move(mono / "docs/app", mono / "app")
    git(mono / "app", "init", "--quiet", "--initial-branch", "master")
    git(mono / "app", "add", ".")
    git(mono / "app", "commit", "--quiet", "--message", "Files")
    manual = (mono / "docs/data/manual.yaml").read_text()
    (mono / "docs/data/manual.yaml").write_text(manual.replace("tenant: main.yaml", "git: ../app"))
    monkeypatch.chdir(mono / "docs")
    return mono


UNKNOWN = "app@master:.zuul.yaml:4:43"


def test_people_get_the_place_in_another_repository(beside: Path):
    assert f"../{UNKNOWN}: label 'debian-trixi'" in check(".", "--format", "text")


def test_programs_get_the_place_in_the_manual(beside: Path):
    manual = "docs/data/manual.yaml"
    zuul: dict[str, Any] = json.loads(check(".", "--format", "zuul"))
    comments = zuul["zuul"]["file_comments"]
    assert all((beside / path).is_file() for path in comments)
    assert any(each["message"].startswith(f"{UNKNOWN}: ") for each in comments[manual])
    sarif: dict[str, Any] = json.loads(check(".", "--format", "sarif"))
    results = sarif["runs"][0]["results"]
    places = [
        place["physicalLocation"]["artifactLocation"]["uri"]
        for each in results
        for place in (*each["locations"], *each.get("relatedLocations", ()))
    ]
    assert manual in places
    assert all((beside / path).is_file() for path in places)
    found = json.loads(check(".", "--format", "gitlab"))
    assert all((beside / each["location"]["path"]).is_file() for each in found)
    github = check(".", "--format", "github")
    assert f"file={manual}," in github
    assert f"{UNKNOWN}: label" in github


def test_a_file_of_this_repository_outside_of_the_manual_is_its_own_place(beside: Path):
    output = check(".", "--config", "ours=../app", "--format", "github")
    assert "file=app/.zuul.yaml," in output


def test_what_stands_in_no_file_is_at_the_place_of_its_configuration(
    mono: Path, monkeypatch: pytest.MonkeyPatch
):
    """A graph may be refused for what stands in no file: then the project is the place."""
    monkeypatch.chdir(mono)
    configurations = Configurations(
        {"ours": ConfigurationClaim(id="ours", place=HOME, system="zuul", path="app")},
        mono / "docs",
    )
    assert configurations.homes(["team/code"]) == {}  # nothing was opened
    configurations.opened("ours")
    paths = ["team/code", "app/master:.zuul.yaml", "../../away.yaml", "app/.zuul.yaml"]
    assert configurations.homes(paths) == dict.fromkeys(paths[:3], HOME)
