"""The branch of a documented graph that names none: the default branch of its repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from groundrules import ci
from groundrules.ci.config_source import ConfigSource
from groundrules.graphs.job_graph import JobGraph
from repositories import git, repository

CONFIGURATION = "- job: {name: unit, parent: null}\n- project: {check: {jobs: [unit]}}\n"


def branch_read(folder: Path, *, is_git: bool = False) -> str:
    """Return the branch of the graph of a claim without a branch, by its one job."""
    source = ConfigSource(folder=folder, is_git=is_git)
    graph = ci.read("zuul", source).graph("team/code", "check", "")
    assert isinstance(graph, JobGraph)
    return next(job.name for job in graph.jobs)


def add_branch(folder: Path, branch: str, start: str = "HEAD") -> None:
    """Add a branch whose one job has its name."""
    git(folder, "checkout", "-q", "-b", branch, start)
    (folder / ".zuul.yaml").write_text(CONFIGURATION.replace("unit", branch))
    git(folder, "commit", "-q", "-a", "-m", branch)


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    """A repository with the branches ``devel``, its default, and ``a-fix`` and ``main``."""
    folder = repository(tmp_path / "origin")
    for branch in ("a-fix", "main", "devel"):
        add_branch(folder, branch)
    git(folder, "branch", "-D", "-q", "master")
    return folder


def cloned(origin: Path, *options: str) -> Path:
    git(origin.parent, "clone", "-q", *options, str(origin), "clone")
    return origin.parent / "clone"


def test_it_is_that_of_head_without_a_remote(origin):
    assert branch_read(origin) == "devel"
    assert branch_read(cloned(origin, "--bare"), is_git=True) == "devel"


def test_it_is_that_of_origin_in_a_clone(origin):
    clone = cloned(origin)
    assert branch_read(clone, is_git=True) == "devel"
    git(clone, "checkout", "-q", "--detach")
    assert branch_read(clone) == "devel"
    git(clone, "checkout", "-q", "-b", "my-topic")  # its files are a change of the default branch
    assert branch_read(clone) == "devel"


def test_it_is_main_where_git_does_not_tell(origin):
    clone = cloned(origin)  # as CI makes a checkout: a commit, and no default branch
    git(clone, "checkout", "-q", "--detach", "origin/main")
    git(clone, "branch", "-D", "-q", "devel")
    git(clone, "remote", "set-head", "origin", "--delete")
    assert branch_read(clone, is_git=True) == "main"


def test_a_branch_called_master_is_no_default_beside_that_of_the_repository(origin):
    git(origin, "branch", "master", "a-fix")
    assert branch_read(origin, is_git=True) == "devel"
    assert branch_read(cloned(origin), is_git=True) == "devel"


@pytest.mark.parametrize(
    ("branches", "default"),
    [(("a-fix", "main"), "main"), (("main", "master"), "master"), (("devel", "next"), "devel")],
)
def test_it_is_main_or_master_in_a_snapshot(tmp_path, branches, default):
    for branch in branches:
        folder = tmp_path / branch
        folder.mkdir()
        (folder / ".zuul.yaml").write_text(CONFIGURATION.replace("unit", branch))
    assert branch_read(tmp_path) == default
