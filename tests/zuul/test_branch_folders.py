"""Which refs of a repository are its branches: those of ``origin`` in a clone, else its own."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from groundrules.ci.config_source import ConfigSource
from groundrules.ci.git import git_directory
from groundrules.ci.zuul.changed_revisions import containing_branches
from groundrules.ci.zuul.sources.checkouts import commit_of_git
from groundrules.ci.zuul.sources.gitrefs import GitRefs
from groundrules.cli import main
from repositories import git

FILES = "- job: {name: unit, run: play.yaml}\n- project: {check: {jobs: [unit]}}\n"
STRAY = "refs/remotes/origin/stray"
FETCHED = "+refs/heads/*:refs/remotes/origin/*"


@pytest.fixture
def up(tmp_path: Path) -> Path:
    """A repository with the branches main and stable, of which stable has the tag 1.0."""
    folder = tmp_path / "up"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    (folder / "zuul.yaml").write_text(FILES)
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "One")
    git(folder, "branch", "stable")
    git(folder, "tag", "1.0", "stable")
    return folder


def cloned(up: Path, *options: str) -> Path:
    git(up.parent, "clone", "-q", *options, str(up), "app.git")
    return up.parent / "app.git"


def strayed(folder: Path) -> Path:
    """Add a commit below refs/remotes/origin that is on no branch."""
    tree = git(folder, "rev-parse", "main^{tree}")
    commit = git(folder, "commit-tree", "-m", "Stray", "-p", "main", tree)
    git(folder, "update-ref", STRAY, commit)
    return folder


def branches(folder: Path) -> tuple[list[str], str]:
    """Return the branches and the default branch."""
    directory = git_directory(folder)
    assert directory
    with closing(GitRefs(directory, "")) as refs:
        return list(refs.branches), refs.default


BOTH = (["main", "stable"], "main")


@pytest.mark.parametrize("option", ["--bare", "--mirror"])
def test_a_stray_ref_hides_no_branch_of_a_bare_clone(up: Path, option: str):
    assert branches(strayed(cloned(up, option))) == BOTH


def test_nor_does_one_that_a_mirror_has_from_its_origin(up: Path):
    assert branches(cloned(strayed(up), "--mirror")) == BOTH


def test_nor_one_of_a_repository_without_a_remote(up: Path):
    assert branches(strayed(up)) == BOTH


def test_nor_a_head_of_one(up: Path):
    bare = strayed(cloned(up, "--bare"))
    git(bare, "symbolic-ref", "refs/remotes/origin/HEAD", STRAY)
    assert branches(bare) == BOTH


@pytest.mark.parametrize("words", [(), ("--branch", "stable")])
def test_the_graphs_are_those_of_its_branches(up: Path, words: tuple[str, ...]):
    bare = strayed(cloned(up, "--bare"))
    command = ["graph", "--no-cache", "--root", str(bare), *words]
    branch = words[-1] if words else "main"
    output = CliRunner().invoke(main, command, prog_name="groundrules").output
    assert output == f"app check {branch}: 1 job, 0 edges\n\nunit\n"


def test_a_tag_is_on_its_branches(up: Path):
    bare = strayed(cloned(up, "--bare"))
    git(bare, "update-ref", "refs/remotes/origin/other", "stable")
    assert containing_branches(bare, "refs/tags/1.0") == ("main", "stable")


def test_a_branch_is_read_and_not_a_stray_ref_of_its_name(up: Path):
    bare = strayed(cloned(up, "--bare"))
    git(bare, "update-ref", "refs/remotes/origin/stable", STRAY)
    source = ConfigSource(folder=bare, is_git=True, ref="stable")
    with closing(commit_of_git(source)) as refs:
        assert refs.refs == {"stable": git(bare, "rev-parse", "stable")}


# where the branches of origin are the ones that count


def test_a_clone_has_the_branches_of_its_origin_and_not_its_topics(up: Path):
    clone = cloned(up)
    git(clone, "branch", "topic")
    assert branches(strayed(clone)) == (["main", "stable", "stray"], "main")


def test_so_has_a_bare_repository_that_fetches_them(up: Path):
    bare = cloned(up, "--bare")
    git(bare, "config", "remote.origin.fetch", FETCHED)
    git(bare, "fetch", "-q")
    git(bare, "branch", "topic", "main")
    assert branches(bare) == BOTH


def test_and_a_repository_without_branches_of_its_own(up: Path):
    bare = strayed(cloned(up, "--bare"))
    for branch in ("main", "stable"):
        git(bare, "update-ref", "-d", f"refs/heads/{branch}")
    assert branches(bare) == (["stray"], "stray")


def test_and_a_checkout_whose_remote_fetches_nothing_by_itself(up: Path):
    """Some CI systems name what they fetch on the command line."""
    clone = up.parent / "app"
    clone.mkdir()
    git(clone, "init", "-q", "-b", "topic")
    git(clone, "config", "remote.origin.url", str(up))
    git(clone, "fetch", "-q", "origin", FETCHED)
    git(clone, "checkout", "-q", "-b", "work", "origin/main")
    assert branches(clone) == BOTH
