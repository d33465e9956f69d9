"""Which branch the files of a checkout are a version of, and where the others are read."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from groundrules import ci
from groundrules.ci.config_source import ConfigSource
from groundrules.graphs.job_graph import JobGraph
from repositories import git

JOB = "- job: {name: unit, parent: null}\n- project: {check: {jobs: [unit]}}\n"


def written(folder: Path, job: str) -> None:
    (folder / ".zuul.yaml").write_text(JOB.replace("unit", job))


def committed(folder: Path, job: str) -> None:
    written(folder, job)
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", job)


def jobs(folder: Path, branch: str, *documented: str) -> list[str]:
    source = ConfigSource(folder=folder, documented=documented or (branch,))
    graph = ci.read("zuul", source).graph("team/code", "check", branch)
    assert isinstance(graph, JobGraph)
    return [f"{each.name} {each.location}" for each in graph.jobs]


def reason(folder: Path, branch: str, *documented: str) -> str:
    with pytest.raises(ci.NotAvailableError) as caught:
        jobs(folder, branch, *documented)
    return str(caught.value)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository with the branches master and stable; master is checked out and edited."""
    folder = tmp_path / "code"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "master")
    committed(folder, "old")
    git(folder, "branch", "stable")
    committed(folder, "new")
    written(folder, "edited")
    return folder


@pytest.fixture
def clone(checkout: Path) -> Path:
    folder = checkout.parent / "clone"
    git(checkout.parent, "clone", "-q", str(checkout), str(folder))
    return folder


def test_files_stand_for_the_branch_that_is_checked_out(checkout: Path):
    assert jobs(checkout, "master") == ["edited .zuul.yaml:1:3"]


def test_another_branch_is_read_as_committed(checkout: Path):
    assert jobs(checkout, "stable") == ["old stable:.zuul.yaml:1:3"]
    assert jobs(checkout, "stable", "master", "stable") == ["old stable:.zuul.yaml:1:3"]


def test_each_of_two_documented_branches_is_itself(checkout: Path):
    git(checkout, "checkout", "-q", "-f", "-b", "next")
    committed(checkout, "next")
    assert jobs(checkout, "next", "master", "next") == ["next .zuul.yaml:1:3"]
    assert jobs(checkout, "master", "master", "next") == ["new master:.zuul.yaml:1:3"]


def test_a_misspelt_branch_is_not_checked(checkout: Path):
    assert reason(checkout, "mastr") == (
        "there is no branch 'mastr' here (the files are of 'master'); did you mean 'master'?"
    )


def test_a_topic_without_a_remote_is_for_the_branch_that_it_holds(checkout: Path):
    git(checkout, "checkout", "-q", "-b", "topic")
    assert jobs(checkout, "master") == ["edited .zuul.yaml:1:3"]
    git(checkout, "checkout", "-q", "-f", "-b", "fix", "stable")
    assert jobs(checkout, "master") == ["new master:.zuul.yaml:1:3"]


def test_a_topic_of_a_clone_is_for_what_it_follows_or_the_default_branch(clone: Path):
    git(clone, "checkout", "-q", "-b", "topic")
    written(clone, "edited")
    assert jobs(clone, "master") == ["edited .zuul.yaml:1:3"]
    git(clone, "checkout", "-q", "-f", "-b", "fix", "origin/stable")
    written(clone, "fixed")
    assert jobs(clone, "stable") == ["fixed .zuul.yaml:1:3"]
    assert jobs(clone, "master") == ["new master:.zuul.yaml:1:3"]


def test_without_a_branch_one_of_the_documented_ones_is_judged(clone: Path):
    git(clone, "checkout", "-q", "--detach", "origin/stable")
    written(clone, "edited")
    assert jobs(clone, "stable", "master", "stable") == ["edited .zuul.yaml:1:3"]
    assert jobs(clone, "master", "master", "stable") == ["new master:.zuul.yaml:1:3"]


def test_a_shallow_checkout_without_a_branch_is_the_first_documented_one(tmp_path: Path):
    folder = tmp_path / "code"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "master")
    committed(folder, "unit")
    git(folder, "checkout", "-q", "--detach")
    git(folder, "branch", "-q", "-D", "master")
    assert jobs(folder, "main", "main", "stable") == ["unit .zuul.yaml:1:3"]
    assert reason(folder, "stable", "main", "stable") == (
        "there is no branch 'stable' here (the files are of 'main')"
    )


def test_a_repository_without_a_commit_is_of_its_branch(tmp_path: Path):
    git(tmp_path, "init", "-q", "-b", "trunk")
    written(tmp_path, "unit")
    assert jobs(tmp_path, "trunk") == ["unit .zuul.yaml:1:3"]
    assert reason(tmp_path, "master") == (
        "there is no branch 'master' here (the files are of 'trunk')"
    )


def test_a_ref_that_is_a_branch_is_that_branch_alone(checkout: Path):
    source = ConfigSource(
        folder=checkout, is_git=True, ref="stable", documented=("master", "stable")
    )
    found = ci.read("zuul", source)
    assert isinstance(found.graph("team/code", "check", "stable"), JobGraph)
    with pytest.raises(ci.NotAvailableError, match="team/code has no branch 'master' there"):
        found.graph("team/code", "check", "master")


def test_traps_are_looked_for_where_no_documented_branch_is_there(checkout: Path):
    found = ci.read("zuul", ConfigSource(folder=checkout, documented=("mastr",)))
    definitions = found.definitions("ours", "team/code", "mastr")
    assert [each.branch for each in definitions.graphs] == ["master"]


def test_the_edition_is_that_of_the_branch(checkout: Path):
    def edition(branch: str) -> str:
        return ci.read("zuul", ConfigSource(folder=checkout)).edition("team/code", branch).commit

    def commit(branch: str) -> str:
        output = subprocess.run(
            ["git", "-C", checkout, "rev-parse", branch], capture_output=True, text=True, check=True
        )
        return output.stdout.strip()

    assert edition("master") == commit("master")
    assert edition("stable") == commit("stable")
