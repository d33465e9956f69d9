"""The places in an answer are those of the requested branch."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from groundrules.cli import main
from repositories import committed, git

FILES = "- job: {name: unit, parent: tox}\n- project: {check: {jobs: [unit]}}\n"
TENANT = """- tenant:
    name: ours
    source: {gerrit: {config-projects: [config], untrusted-projects: [app]}}
"""
CONFIG = "- pipeline: {name: check, manager: independent}\n- job: {name: base, parent: null}\n"


def two_branches(folder: Path, text: str) -> Path:
    """Return a repository whose branch 'stable' has the same text two lines further down."""
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    committed(folder, text)
    git(folder, "checkout", "-q", "-b", "stable")
    committed(folder, f"# the same\n\n{text}")
    git(folder, "checkout", "-q", "main")
    return folder


def answer(folder: Path, *words: str) -> str:
    command = ["graph", "--no-cache", "--root", str(folder), *words]
    result = CliRunner().invoke(main, command, prog_name="groundrules")
    return result.output


@pytest.fixture
def app(tmp_path: Path) -> Path:
    return two_branches(tmp_path / "app", FILES)


PARENT = "  parent tox of unit  {}\n"


@pytest.mark.parametrize(
    ("branch", "place"), [("main", ".zuul.yaml:1:29"), ("stable", "stable:.zuul.yaml:3:29")]
)
def test_a_parent_of_elsewhere_is_named_on_the_branch(app: Path, branch: str, place: str):
    assert answer(app, "--branch", branch).endswith(PARENT.format(place))
    assert answer(app, "--branch", branch, "--findings").endswith(
        f"\n{place}: the job 'tox' is not defined here: another repository may define it [GR611]\n"
        "1 finding in 1 file\n"
    )


def test_in_json_too(app: Path):
    [graph] = json.loads(answer(app, "--branch", "stable", "--format", "json"))
    [parent] = graph["elsewhere"]
    assert parent["location"] == {"path": "stable:.zuul.yaml", "line": 3, "column": 29}


def test_of_all_branches_each_has_its_own(app: Path):
    text = answer(app, "--all")
    assert [line for line in text.splitlines() if "parent tox" in line] == [
        "  parent tox of unit  .zuul.yaml:1:29",
        "  parent tox of unit  stable:.zuul.yaml:3:29",
    ]


def test_the_place_is_the_definition_that_inherits(tmp_path: Path):
    text = "- job: {name: middle, parent: tox}\n- job: {name: unit, parent: middle}\n"
    folder = two_branches(tmp_path / "app", text + "- project: {check: {jobs: [unit]}}\n")
    assert PARENT.format("stable:.zuul.yaml:3:31") in answer(folder, "--branch", "stable")


def test_a_job_in_a_file_that_is_lost_is_named_where_the_branch_mentions_it(tmp_path: Path):
    folder = tmp_path / "app"
    (folder / ".zuul.d").mkdir(parents=True)
    git(folder, "init", "-q", "-b", "main")
    stanza = "- project: {check: {jobs: [unit]}}\n"
    for branch, texts in {"main": (stanza, ""), "stable": ("#\n" + stanza, "- job: {")}.items():
        git(folder, "checkout", "-q", "-B", branch)
        for name, text in zip("ab", texts, strict=True):
            (folder / f".zuul.d/{name}.yaml").write_text(text)
        git(folder, "add", ".")
        git(folder, "commit", "-q", "-m", branch)
    git(folder, "checkout", "-q", "main")
    assert answer(folder, "--branch", "stable") == (
        "app check stable: 1 job, 0 edges, 1 unknown\n\nunit  (unknown)\n\n"
        "Lost here; what it adds is unknown:\n"
        "  job unit: it may be in a file that is lost: stable:.zuul.d/b.yaml cannot be read  "
        "stable:.zuul.d/a.yaml:2:28\n"
        "1 finding in the configuration; use --findings to list them\n"
    )


def test_an_undefined_pipeline_is_reported_at_the_stanza_of_the_branch(tmp_path: Path):
    """Zuul refuses it on every branch, also where only another branch names it."""
    (tmp_path / "main.yaml").write_text(TENANT)
    (tmp_path / "config").mkdir()
    (tmp_path / "config/zuul.yaml").write_text(CONFIG)
    text = "- job: {name: unit, run: play.yaml}\n- project: {chekc: {jobs: [unit]}}\n"
    app = two_branches(tmp_path / "app", text)
    git(app, "checkout", "-q", "-b", "empty")
    committed(app, "- project: {check: {jobs: [unit]}}\n")
    options = ["--tenant-config", str(tmp_path / "main.yaml"), "--project", "app"]
    reason = "no pipeline 'chekc' is defined; did you mean 'check'? [GR608]\n"
    for branch, place in {"main": "main", "stable": "stable", "empty": "main"}.items():
        line = {"main": 2, "stable": 4}[place]
        where = f"app@{place}:.zuul.yaml:{line}:13"
        assert answer(tmp_path, *options, "--branch", branch, "--pipeline", "chekc") == (
            f"app chekc {branch}: no graph\n  {where}: {reason}"
        )


def test_a_name_of_elsewhere_is_one_finding_for_all_branches(app: Path):
    assert answer(app, "--all", "--findings").endswith(
        "\n.zuul.yaml:1:29: the job 'tox' is not defined here: another repository may define it "
        "[GR611]\n1 finding in 1 file\n"
    )
