"""A graph's files are left alone where nothing that they are made from has changed."""

from __future__ import annotations

import pytest

from groundrules.claims.verdicts import ComparedWith, Verdict, Verdicts, VerdictState
from groundrules.pages.graph_cache import NAME, GraphCache, keys_of
from groundrules.pages.planned_pages import files_of

GRAPH, OTHER = "data/graphs/deploy.yaml", "data/graphs/own.yaml"


@pytest.fixture
def deploy(catalogue):
    return next(each for each in catalogue.graphs if each.id == "deploy")


@pytest.fixture
def keys(catalogue, loaded):
    """The keys of graphs, where one text, the verdicts or the program may be another."""

    def keys(changed="", verdicts=None, program="this"):
        texts = {path: text + "#" * (path == changed) for path, text in loaded.texts.items()}
        return keys_of(catalogue, texts, verdicts or Verdicts(), program)

    return keys


@pytest.fixture
def folder(tmp_path, catalogue, keys):
    """A folder with the files of all graphs, and what is known of them."""
    for graph in catalogue.graphs:
        for name in files_of(graph):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(name)
    GraphCache(tmp_path, keys()).put(catalogue.graphs)
    return tmp_path


def test_a_graph_is_held_when_nothing_has_changed(folder, keys, catalogue):
    assert all(map(GraphCache(folder, keys()).holds, catalogue.graphs))


def test_a_graph_is_held_when_another_changes(folder, keys, deploy):
    assert GraphCache(folder, keys(OTHER)).holds(deploy)


@pytest.mark.parametrize(
    "path", [GRAPH, "data/manual.yaml", "data/platforms/vm.yaml", "data/expectations/memory.yaml"]
)
def test_a_graph_is_not_cached_if_its_record_or_another_kind_of_record_changes(
    folder, keys, deploy, path
):
    assert not GraphCache(folder, keys(path)).holds(deploy)


@pytest.mark.parametrize(
    "verdicts",
    [
        Verdicts(all=(Verdict(graph="deploy", state=VerdictState.VERIFIED),)),
        Verdicts(all=(Verdict(graph="deploy", job="base", state=VerdictState.DRIFTED),)),
        Verdicts(against={"deploy": ComparedWith(configuration="ours", edition="commit 1")}),
    ],
    ids=["of the graph", "of a job", "against what"],
)
def test_only_the_graph_that_a_verdict_is_on_is_not_held(folder, keys, catalogue, verdicts):
    cache = GraphCache(folder, keys(verdicts=verdicts))
    assert {each.id: cache.holds(each) for each in catalogue.graphs} == {
        "deploy": False,
        "own": True,
    }


def test_no_graph_is_held_for_another_program(folder, keys, catalogue):
    assert not any(map(GraphCache(folder, keys(program="other")).holds, catalogue.graphs))


@pytest.mark.parametrize("name", ["graphs/deploy.rst", "graphs/deploy.svg", "jobs/deploy/base.rst"])
def test_a_graph_is_not_held_when_a_file_of_it_was_changed_or_removed(folder, keys, deploy, name):
    (folder / name).write_text("changed")
    assert not GraphCache(folder, keys()).holds(deploy)
    (folder / name).unlink()
    assert not GraphCache(folder, keys()).holds(deploy)


def test_nothing_is_held_or_kept_without_keys(folder, deploy):
    (folder / NAME).unlink()
    cache = GraphCache(folder)
    cache.put([deploy])
    assert (cache.holds(deploy), (folder / NAME).exists()) == (False, False)


@pytest.mark.parametrize(
    "damage",
    [
        *(b"", b"{", b"[]", b"null", b"\xff", b"[" * 100_000),
        *(b'{"deploy": 1}', b'{"deploy": {}}', b'{"deploy": {"key": 1, "files": []}}'),
    ],
    ids=lambda damage: repr(damage[:20]),
)
def test_a_damaged_cache_holds_nothing(folder, keys, deploy, damage):
    (folder / NAME).write_bytes(damage)
    assert not GraphCache(folder, keys()).holds(deploy)


def test_a_graph_that_is_gone_is_forgotten(folder, keys, deploy, catalogue):
    GraphCache(folder, keys()).put([deploy])
    cache = GraphCache(folder, keys())
    assert {each.id: cache.holds(each) for each in catalogue.graphs} == {
        "deploy": True,
        "own": False,
    }
