"""Which files a matcher is held against: those that git has or would take."""

from __future__ import annotations

from pathlib import Path

import pytest
from worlds import definitions

from groundrules.checks import traps
from groundrules.checks.traps import irrelevant
from groundrules.checks.traps.documented_intent import DocumentedIntent
from groundrules.ci.zuul.defining import definitions_of
from groundrules.ci.zuul.reading.filecache import FileCache
from groundrules.ci.zuul.single_repository import SingleRepository
from groundrules.graphs.trees import KEPT, Trees
from groundrules.store import Store
from repositories import git

JOB = "- job: {name: web, parent: null, run: web.yaml}\n- project: {check: {jobs: [web]}}\n"


def repository(folder: Path) -> Path:
    git(folder, "init", "-q", "-b", "master")
    (folder / ".zuul.yaml").write_text(JOB)
    (folder / ".gitignore").write_text("build/\n")
    (folder / "web.yaml").write_text("- hosts: all\n")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "One")
    return folder


def test_a_work_tree_is_what_git_has_and_would_take(tmp_path: Path):
    folder = repository(tmp_path)
    (folder / "new.yaml").write_text("")
    (folder / "build").mkdir()
    (folder / "build" / "web.yaml").write_text("")
    assert definitions(folder).trees == {
        ("ours", "master"): {".gitignore", ".zuul.yaml", "new.yaml", "web.yaml"}
    }


def test_a_branch_of_a_git_repository_is_read_from_its_commit(tmp_path: Path):
    folder = repository(tmp_path)
    git(folder, "checkout", "-qb", "stable/1")
    git(folder, "mv", "web.yaml", "old.yaml")
    git(folder, "commit", "-qm", "Two")
    git(folder, "checkout", "-q", "master")
    assert definitions(folder, git=".", ref="stable/1").trees == {
        ("ours", "stable/1"): {".gitignore", ".zuul.yaml", "old.yaml"}
    }


def test_the_work_tree_is_of_the_branch_that_is_checked_out(tmp_path: Path):
    folder = repository(tmp_path)
    git(folder, "checkout", "-qb", "stable/1")
    assert {*definitions(folder).trees} == {("ours", "stable/1")}


def test_a_tree_is_read_when_it_is_asked_for_and_few_are_kept():
    asked: list[str] = []

    def read(project: str, branch: str) -> frozenset[str] | None:
        asked.append(branch)
        return None if branch == "lost" else frozenset({f"{branch}.yaml"})

    trees = Trees([("ours", each) for each in ("lost", *map(str, range(KEPT + 1)))], read)
    assert asked == []
    assert ("ours", "lost") not in trees
    assert ("ours", "lost") not in trees
    assert ("theirs", "0") not in trees
    assert trees["ours", "0"] == trees["ours", "0"] == {"0.yaml"}
    assert asked == ["lost", "0"]
    assert len(trees) == KEPT + 1
    assert asked == ["lost", *map(str, range(KEPT + 1))]
    assert trees["ours", "0"] == {"0.yaml"}
    assert asked[-1] == "0"


def test_no_tree_is_read_where_no_matcher_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object) -> None:
        raise AssertionError("a tree was read")

    folder = repository(tmp_path)
    found = definitions(folder)
    monkeypatch.setattr("groundrules.ci.zuul.layout.trees.TenantTrees._paths", refuse)
    [*traps.check(found, DocumentedIntent())]


def test_no_tree_is_read_for_a_list_that_leaves_the_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def refuse(*_: object) -> None:
        raise AssertionError("a tree was read")

    (tmp_path / ".zuul.yaml").write_text(JOB.replace("run:", "irrelevant-files: [doc/], run:"))
    found = definitions(tmp_path)
    monkeypatch.setattr("groundrules.ci.zuul.layout.trees.TenantTrees._paths", refuse)
    assert [*irrelevant.check(found, DocumentedIntent())] == []


def test_a_tree_without_end_is_cut_and_counts_for_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = repository(tmp_path)
    monkeypatch.setattr("groundrules.ci.zuul.sources.gitrefs.MOST", 2)
    monkeypatch.setattr("groundrules.ci.zuul.layout.trees.MOST", 2)
    assert definitions(folder).trees == {}


def test_a_copy_of_the_configuration_with_a_readme_is_not_a_tree(tmp_path: Path):
    (tmp_path / ".zuul.yaml").write_text(JOB)
    (tmp_path / "README.rst").write_text("A copy.\n")
    assert definitions(tmp_path).trees == {}
    (tmp_path / "web.yaml").write_text("- hosts: all\n")
    assert definitions(tmp_path).trees == {
        ("ours", "master"): {".zuul.yaml", "README.rst", "web.yaml"}
    }


def test_a_snapshot_of_the_configuration_is_not_a_tree(tmp_path: Path):
    (tmp_path / ".zuul.yaml").write_text(JOB)
    assert definitions(tmp_path).trees == {}


def test_places_of_matchers_survive_the_cache(tmp_path: Path):
    (tmp_path / ".zuul.yaml").write_text(JOB.replace("run:", "files: [a, b], run:"))
    places = []
    for _ in range(2):
        cache = FileCache(Store(tmp_path / "cache"))
        found = definitions_of(SingleRepository.at(tmp_path, parsed=cache).read().resolver)
        cache.save()
        places.append([each.location for each in found.definitions["web"][0].matchers])
    assert [str(each) for each in places[0]] == [".zuul.yaml:1:42", ".zuul.yaml:1:45"]
    assert places[0] == places[1]


def test_a_prefix_goes_before_every_path(tmp_path: Path):
    (tmp_path / "beside").mkdir()
    (tmp_path / "beside/.zuul.yaml").write_text(JOB)
    found = definitions(tmp_path, path="beside")
    [placed] = found.graphs
    assert [str(each) for each in placed.mentions["web"]] == ["beside/.zuul.yaml:2:28"]
    assert str(found.definitions["web"][0].location) == "beside/.zuul.yaml:1:3"
