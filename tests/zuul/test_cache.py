"""The cache: the same answers with and without it, whatever stands in its file."""

from __future__ import annotations

import json
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from groundrules.cache import digest, read_cache
from groundrules.ci.graph_question import GraphQuestion
from groundrules.ci.zuul.graphs import ZuulGraphs
from groundrules.ci.zuul.reading.filecache import FileCache
from groundrules.ci.zuul.reading.parse import parse
from groundrules.ci.zuul.reading.storing import from_plain, to_plain
from groundrules.cli.graph_answer import answer

CASES = Path(__file__).parent / "cases"
FILES = sorted(CASES.glob("*/*/*/**/*.yaml"))


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda folder: folder.name)
def test_what_a_file_says_is_the_same_after_json(case: Path):
    for path in (each for each in FILES if each.is_relative_to(case)):
        objects = parse(path.read_bytes())
        again = from_plain(json.loads(json.dumps(to_plain(objects))))
        assert json.dumps(to_plain(again)) == json.dumps(to_plain(objects))
        assert again.mistakes == objects.mistakes


def asked(cache: Path | None, case: str = "dependencies-merged") -> str:
    question = GraphQuestion(
        root=CASES / case, tenant_file=CASES / case / "main.yaml", all=True, cache=cache
    )
    return answer("zuul", question).text


def test_an_answer_from_the_cache_is_the_same(tmp_path: Path):
    assert asked(tmp_path) == asked(tmp_path) == asked(None)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_known_file_is_not_parsed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    expected = asked(tmp_path)

    def refuse(data: bytes) -> None:
        raise AssertionError(data)

    monkeypatch.setattr("groundrules.ci.zuul.reading.parse.parse", refuse)
    assert asked(tmp_path) == expected


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"\x80",
        b"[]",
        b"null",
        b'{"version": "other", "files": {}}',
        b'{"files": []}',
        b"[" * 100_000,
    ],
)
def test_a_damaged_or_foreign_cache_is_not_trusted(tmp_path: Path, damage: bytes):
    expected = asked(tmp_path)
    [file] = tmp_path.iterdir()
    file.write_bytes(damage)
    assert asked(tmp_path) == expected


def test_an_entry_that_was_changed_is_not_trusted(tmp_path: Path):
    data = b"- job: {name: build}\n"
    path = tmp_path / "cache"
    cache = FileCache(path)
    cache.parse(data)
    cache.save()
    path.write_bytes(path.read_bytes().replace(b"build", b"other"))
    assert FileCache(path).parse(data).jobs[0].name == "build"


def test_files_that_are_gone_leave_the_cache(tmp_path: Path):
    path = tmp_path / "cache.json"
    for text in (b"- job: {name: old}\n", b"- job: {name: new}\n"):
        cache = FileCache(path)
        cache.parse(text)
        cache.save()
    assert list(read_cache(path)) == [digest(b"- job: {name: new}\n")]


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path):
    (tmp_path / "file").write_text("")
    assert asked(tmp_path / "file" / "below") == asked(None)


def test_processes_side_by_side(tmp_path: Path):
    with ProcessPoolExecutor(2) as pool:
        texts = set(pool.map(asked, [tmp_path] * 8))
    assert texts == {asked(None)}
    assert len(list(tmp_path.iterdir())) == 1


def test_all_graphs_are_remembered_until_something_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    root = tmp_path / "tenant"
    (root / "config/master").mkdir(parents=True)
    (root / "main.yaml").write_text(
        "- tenant: {name: t, source: {git: {config-projects: [config]}}}\n"
    )
    config = root / "config/master/zuul.yaml"
    config.write_text(
        "- pipeline: {name: check, manager: independent}\n"
        "- job: {name: base, parent: null, run: play.yaml}\n"
        "- project: {check: {jobs: [base]}}\n"
    )
    question = GraphQuestion(
        root=root,
        tenant_file=root / "main.yaml",
        all=True,
        cache=tmp_path / "cache",
    )
    first = answer("zuul", question, "jsonl")
    monkeypatch.setattr(ZuulGraphs, "graphs", lambda _: [])
    assert answer("zuul", question, "jsonl") == first
    monkeypatch.undo()
    config.write_text(config.read_text().replace("[base]", "[base, noop]"))
    third = answer("zuul", question, "jsonl")
    assert json.loads(third.text)["jobs"][1]["name"] == "noop"
