"""Tenants of which not everything is known: what is missing, which branches count."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from groundrules.ci.zuul.layout.gathering import gather_tenant
from groundrules.ci.zuul.resolver import Resolver, resolve
from groundrules.ci.zuul.sources.project_folders import knows_branches, opened
from groundrules.confined import Confined
from groundrules.graphs.job_graph import JobGraph
from repositories import git

MAIN = """- tenant:
    name: ours
    {option}
    source: {{github: {{config-projects: [config], untrusted-projects: [jobs, app]}}}}
"""
FILES = {
    "config": "- pipeline: {name: check, manager: independent}\n- job: {name: base, parent: null}",
    "jobs": "- job: {name: lint, run: lint.yaml}\n",
    "app": "- job: {name: web, parent: tox}\n- project: {check: {jobs: [lint, web]}}\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Three repositories in git; the jobs have a branch that nobody protects."""
    for name, text in FILES.items():
        folder = tmp_path / name
        folder.mkdir()
        (folder / "zuul.yaml").write_text(text)
        git(folder, "init", "-q", "-b", "master")
        git(folder, "add", ".")
        git(folder, "commit", "-q", "-m", "One")
    git(tmp_path / "app", "branch", "stable")
    git(tmp_path / "jobs", "branch", "dependabot/x")
    return tmp_path


def resolved(root: Path, option: str = "default-parent: base") -> Resolver:
    (root / "main.yaml").write_text(MAIN.format(option=option))
    return resolve(gather_tenant(root / "main.yaml", root))


def graph(resolver: Resolver, branch: str = "stable") -> JobGraph:
    frozen = resolver.freeze("app", "check", branch)
    assert frozen
    assert frozen.error is None
    return frozen.graph


def test_a_job_of_another_branch_than_the_assumed_one_is_not_surely_missing(root: Path):
    """Which branches a repository has that is not here is not known."""
    (root / "app").rename(root / "elsewhere")
    stanza = "- project: {name: app, check: {jobs: [base: {branches: main}]}}\n"
    (root / "config/zuul.yaml").write_text(f"{FILES['config']}\n{stanza}")
    git(root / "config", "commit", "-q", "-a", "-m", "Two")
    [absent] = graph(resolved(root), "master").absent
    assert (absent.is_sure, absent.reason) == (
        False,
        "no mention of 'base' is for the branch 'master', which app may not have: its repository "
        "is not here; name another with --branch",
    )
    assert [job.name for job in graph(resolved(root), "main").jobs] == ["base"]
    [absent] = graph(resolved(root), "other").absent
    assert (absent.is_sure, absent.reason) == (
        True, "no mention of 'base' is for the branch 'other'",
    )  # fmt: skip


@pytest.mark.parametrize("is_named", [True, False], ids=["by an index", "by its folder"])
def test_a_job_of_another_branch_than_a_known_one_is_surely_missing(root: Path, is_named: bool):
    stanza = "- project: {name: jobs, check: {jobs: [lint: {branches: main}]}}\n"
    (root / "config/zuul.yaml").write_text(f"{FILES['config']}\n{stanza}")
    git(root / "config", "commit", "-q", "-a", "-m", "Two")
    if is_named:
        (root / "jobs").rename(root / "elsewhere")
        (root / "index.json").write_text(
            json.dumps({"projects": [{"project": "jobs", "branches": ["master"]}]})
        )
    frozen = resolved(root).freeze("jobs", "check", "master")
    assert frozen
    assert [absent.is_sure for absent in frozen.graph.absent] == [True]


def test_what_is_not_there_is_missing_and_a_parent_there_is_a_stand_in(root: Path):
    (root / "jobs").rename(root / "elsewhere")
    resolver = resolved(root)
    assert resolver.layout.tenant.missing == ("jobs",)
    assert resolver.layout.elsewhere == {"lint", "tox"}
    assert {each.name: str(each.location) for each in graph(resolver).jobs} == {
        "lint": "app@stable:zuul.yaml:2:28",
        "web": "app@stable:zuul.yaml:1:3",
    }


def test_an_empty_folder_is_not_there(root: Path):
    (root / "jobs").rename(root / "elsewhere")
    (root / "jobs").mkdir()
    assert resolved(root).layout.tenant.missing == ("jobs",)


def test_where_all_is_there_an_unknown_name_is_a_mistake(root: Path):
    resolver = resolved(root)
    assert resolver.layout.tenant.missing == ()
    assert resolver.layout.elsewhere == frozenset()
    [absent] = [each for each in graph(resolver, "master").absent if each.name == "web"]
    assert (absent.reason, absent.is_sure) == ("no job 'tox' is defined", True)


def absence(resolver: Resolver) -> tuple[str, bool]:
    [found] = [each for each in graph(resolver).absent if each.name == "lint"]
    return found.reason, found.is_sure


def test_a_job_of_another_branch_is_surely_not_there(root: Path):
    reason = "no definition of 'lint' is for the branch 'stable'"
    assert absence(resolved(root)) == (reason, True)


@pytest.mark.parametrize("option", ["exclude-unprotected-branches", "exclude-locked-branches"])
def test_it_may_be_there_where_a_branch_may_not_be_protected(root: Path, option: str):
    reason = (
        "no definition of 'lint' is for the branch 'stable', if Zuul loads more than one branch "
        "of jobs (which are protected is not known)"
    )
    assert absence(resolved(root, f"{option}: true")) == (reason, False)


def test_an_index_decides_which_branches_of_a_git_repository_are_loaded(root: Path):
    output = [{"project": "jobs", "branches": ["master"]}]
    (root / "index.json").write_text(json.dumps({"projects": output}))
    resolver = resolved(root, "exclude-unprotected-branches: true")
    project = resolver.project("jobs")
    assert project
    assert (project.all_branches, project.knows_branches) == (["master"], True)
    assert "lint" in graph(resolver).by_name


def knows(folder: Path) -> bool:
    with closing(opened(Confined(folder), folder.name)) as repository:
        return knows_branches(repository)


def test_a_clone_of_one_branch_does_not_know_the_others(root: Path):
    git(root, "clone", "-q", "--single-branch", str(root / "app"), str(root / "one"))
    git(root, "clone", "-q", str(root / "app"), str(root / "all"))
    assert not knows(root / "one")
    assert knows(root / "all")
    assert knows(root / "app")
