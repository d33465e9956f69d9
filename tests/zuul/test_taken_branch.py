"""The branch of a detached HEAD, of a topic branch without an upstream, and of two revisions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from groundrules.cli import main
from repositories import git, tenant_around

JOBS = """\
- job: {name: on-master, run: play.yaml, branches: master}
- job: {name: on-stable, run: play.yaml, branches: ^stable/}
- project: {name: app, check: {jobs: [on-master, on-stable]}}
"""
OTHER = "use --branch for another one\n"


def commit(folder: Path, name: str) -> None:
    """Add a file of this name in a commit."""
    (folder / name).write_text("[]\n")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", name)


@pytest.fixture
def upstream(tmp_path: Path) -> Path:
    """Return a repository: ``stable/2`` begins after ``first``, and both branches go on."""
    folder = tmp_path / "upstream"
    folder.mkdir()
    (folder / ".zuul.yaml").write_text(JOBS)
    git(folder, "init", "-q", "-b", "master")
    commit(folder, "zero")
    commit(folder, "first")
    git(folder, "checkout", "-q", "-b", "stable/2")
    commit(folder, "fixed")
    git(folder, "checkout", "-q", "master")
    commit(folder, "second")
    commit(folder, "third")
    return folder


@pytest.fixture
def clone(upstream: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "app"
    git(tmp_path, "clone", "-q", str(upstream), str(folder))
    return folder


def run(command: str, root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [command, "--root", str(root), "--no-cache", *arguments])


def branch(root: Path, *arguments: str) -> tuple[str, str]:
    """Return the branch of the graph, and what is said of it."""
    result = run("graph", root, "--format", "json", *arguments)
    [graph] = json.loads(result.stdout)
    assert [job["name"] for job in graph["jobs"]] == [f"on-{graph['branch'].partition('/')[0]}"]
    return graph["branch"], result.stderr


def changed(root: Path, *arguments: str) -> tuple[str, list[str], str]:
    """Return the branch and the files of a change, and what is said of it."""
    result = run("jobs", root, "--format", "json", *arguments)
    answer = json.loads(result.stdout)
    [graph] = answer["graphs"]
    return graph["branch"], answer["files"], result.stderr


@pytest.mark.parametrize(
    ("revision", "taken"),
    [
        ("origin/master", "master"),
        ("origin/master~1", "master"),
        ("origin/stable/2", "stable/2"),
    ],
)
def test_a_commit_of_one_branch_decides(clone: Path, revision: str, taken: str):
    git(clone, "checkout", "-q", "--detach", revision)
    assert branch(clone) == (taken, "")


def test_the_nearest_of_several_branches_is_taken_and_named(clone: Path):
    git(clone, "checkout", "-q", "--detach", "origin/stable/2~1")
    note = "HEAD is on the branches stable/2 and master; stable/2 is taken, the nearest one"
    assert branch(clone) == ("stable/2", f"{note}; {OTHER}")
    assert branch(clone, "--branch", "master") == ("master", "")
    result = run("jobs", clone, "--why-not", "on-master")
    assert (result.stdout.splitlines()[1:], result.stderr) == (
        [
            "app check stable/2: on-master does not run: no definition of 'on-master' is for the "
            "branch 'stable/2'  .zuul.yaml:3:39"
        ],
        f"{note}; {OTHER}",
    )
    result = run("impact", clone, "job", "on-stable")
    assert result.stdout.splitlines()[-2:] == [
        "  other branches: only 'stable/2' was searched",
        f"  {note}; {OTHER}".rstrip(),
    ]
    result = CliRunner().invoke(main, ["check", "--root", str(clone), "--no-cache"])
    assert result.stdout.splitlines()[-1].endswith(
        f"; the answer is for branch 'stable/2', not for branch 'master' with configuration of "
        f"its own; {note}"
    )


@pytest.mark.parametrize("revision", ["master", "stable/2"])
def test_the_last_commit_of_one_branch_decides(upstream: Path, clone: Path, revision: str):
    git(upstream, "checkout", "-q", "-b", "0-topic", revision)
    commit(upstream, "topic")
    git(clone, "fetch", "-q")
    git(clone, "checkout", "-q", "--detach", f"origin/{revision}")
    assert branch(clone) == (revision, "")
    commit(clone, "mine")
    assert branch(clone) == (revision, "")


def test_of_branches_with_the_same_commit_the_default_one_is_taken(upstream: Path, clone: Path):
    git(upstream, "branch", "alike", "master")
    git(upstream, "branch", "stable/3", "stable/2")
    git(clone, "fetch", "-q")
    git(clone, "checkout", "-q", "--detach", "origin/master")
    assert branch(clone) == (
        "master",
        f"HEAD is on the branches master and alike; master is taken, the nearest one; {OTHER}",
    )
    git(clone, "checkout", "-q", "--detach", "origin/stable/2")
    taken, note = branch(clone)
    other = {"stable/2": "stable/3", "stable/3": "stable/2"}[taken]
    assert note == (
        f"HEAD is on the branches {taken} and {other}; {taken} is taken, the nearest one; {OTHER}"
    )


def test_commits_of_its_own_begin_at_a_branch(clone: Path):
    git(clone, "checkout", "-q", "--detach", "origin/stable/2")
    commit(clone, "mine")
    assert branch(clone) == ("stable/2", "")
    assert changed(clone)[:2] == ("stable/2", ["mine"])
    git(clone, "checkout", "-q", "--detach", "origin/stable/2~1")
    commit(clone, "mine")
    base = git(clone, "rev-parse", "HEAD~1")[:9]
    assert branch(clone) == (
        "stable/2",
        f"HEAD begins at {base}, which is on the branches stable/2 and master; stable/2 is taken, "
        f"the nearest one; {OTHER}",
    )


def test_a_merge_begins_at_its_first_parent(upstream: Path, clone: Path):
    """CI merges a proposed branch, which the clone has too, into its target."""
    git(upstream, "checkout", "-q", "-b", "proposed", "stable/2~1")
    commit(upstream, "proposal")
    git(clone, "fetch", "-q")
    git(clone, "checkout", "-q", "--detach", "origin/stable/2")
    git(clone, "merge", "-q", "--no-edit", "origin/proposed")
    assert branch(clone) == ("stable/2", "")


def test_a_local_branch_without_an_upstream_begins_at_a_branch(clone: Path):
    git(clone, "checkout", "-q", "--no-track", "-b", "fix", "origin/stable/2")
    commit(clone, "mine")
    assert branch(clone) == ("stable/2", "")
    assert changed(clone)[:2] == ("stable/2", ["mine"])
    git(clone, "checkout", "-q", "--no-track", "-b", "early", "origin/stable/2~1")
    assert branch(clone) == ("master", "")  # where nothing else is known, a topic is for that


def test_branches_without_a_remote_decide_likewise(upstream: Path):
    git(upstream, "checkout", "-q", "--detach", "stable/2")
    (upstream / ".zuul.yaml").write_text(JOBS.replace("app", "upstream"))
    assert branch(upstream) == ("stable/2", "")


def test_a_commit_of_no_branch_is_taken_for_the_default_one(clone: Path):
    git(clone, "checkout", "-q", "--orphan", "alone")
    git(clone, "commit", "-q", "-m", "alone")
    git(clone, "checkout", "-q", "--detach")
    assert branch(clone) == (
        "master", f"HEAD is on no branch that git has here; it is taken for master; {OTHER}"
    )  # fmt: skip
    assert branch(clone, "--branch", "stable/2") == ("stable/2", "")


def test_a_named_branch_is_read_as_committed_and_not_from_the_files_of_another(clone: Path):
    git(clone, "checkout", "-q", "--detach", "origin/master")
    result = run("graph", clone, "--branch", "stable/2")
    assert result.stdout.splitlines()[-1].endswith("  stable/2:.zuul.yaml:3:39")
    git(clone, "checkout", "-q", "--detach", "origin/stable/2")
    result = run("graph", clone, "--branch", "stable/2")
    assert result.stdout.splitlines()[-1].endswith("  .zuul.yaml:3:39")


@pytest.mark.parametrize(
    ("change", "taken", "files"),
    [
        ("origin/stable/2..fix", "stable/2", ["mine"]),
        ("origin/stable/2...fix", "stable/2", ["mine"]),
        ("origin/stable/2~1..fix", "stable/2", ["fixed", "mine"]),
        ("refs/remotes/origin/stable/2..fix", "stable/2", ["mine"]),
        ("fix~1..fix", "stable/2", ["mine"]),
        ("fix~2..fix", "stable/2", ["fixed", "mine"]),
        ("fix~2..origin/stable/2", "stable/2", ["fixed"]),
        ("origin/master..fix", "master", ["fixed", "mine"]),
        ("master~1..master", "master", ["third"]),
        ("HEAD~1..HEAD", "master", ["third"]),
        ("HEAD~1..", "master", ["third"]),
        ("v1~1..v1", "master", ["first"]),
    ],
)
def test_the_revisions_of_a_change_decide(clone: Path, change: str, taken: str, files: list[str]):
    git(clone, "checkout", "-q", "--no-track", "-b", "fix", "origin/stable/2")
    commit(clone, "mine")
    git(clone, "tag", "v1", "master~2")
    git(clone, "checkout", "-q", "master")
    answer = changed(clone, "--change", change)
    assert (answer[:2], answer[2].count("\n")) == ((taken, files), 1)
    assert changed(clone, "--change", change, "--branch", "stable/2")[0] == "stable/2"


def test_a_change_of_a_commit_on_several_branches_names_them(upstream: Path, clone: Path):
    git(upstream, "branch", "stable/3", "stable/2")
    git(clone, "fetch", "-q")
    commits = git(clone, "rev-parse", "origin/stable/2~1", "origin/stable/2").split()
    taken, files, said = changed(clone, "--change", "..".join(commits))
    assert (files, said.splitlines()[1]) == (
        ["fixed"],
        f"{commits[1]} is on the branches {taken} and "
        f"{'stable/2' if taken == 'stable/3' else 'stable/3'}; {taken} is taken, the nearest one; "
        f"{OTHER}".rstrip(),
    )


def test_the_checkout_of_a_project_in_a_tenant_decides(clone: Path):
    root = clone.parent
    tenant = ("--tenant-config", str(tenant_around(root)), "--project", "app")
    git(clone, "checkout", "-q", "--detach", "origin/stable/2")
    (clone / "new").write_text("")
    assert changed(root, *tenant)[:2] == ("stable/2", ["new"])
    assert changed(root, *tenant, "--files", "new")[0] == "stable/2"
    assert changed(root, *tenant, "--change", "origin/master~1..origin/master")[0] == "master"
    git(clone, "checkout", "-q", "--detach", "origin/stable/2~1")
    said = changed(root, *tenant)[2]
    assert said.splitlines()[1].startswith("HEAD is on the branches stable/2 and master; ")
