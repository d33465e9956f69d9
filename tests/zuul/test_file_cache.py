"""The cache: the same answers with and without it, whatever stands in its file."""

from __future__ import annotations

import json
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from msgspec import Raw, msgpack

from groundrules.ci.graph_question import GraphQuestion
from groundrules.ci.zuul.graphs import ZuulGraphs
from groundrules.ci.zuul.reading.filecache import FileCache
from groundrules.ci.zuul.reading.objects import FileObjects
from groundrules.ci.zuul.reading.parse import parse
from groundrules.cli.graph_answer import answer
from groundrules.store import Store, digest

CASES = Path(__file__).parent / "cases"
SHARED = Path(__file__).parents[3] / "shared/zuul/configs"
OWN = ("made", "fuzz", "fuzz3", "filecases", "filefuzz")


def assert_the_same_when_kept(data: bytes) -> None:
    """Compare by ``repr`` too: it shows a list for a tuple, and a number for a truth value."""
    objects = parse(data)
    kept = msgpack.decode(msgpack.encode(objects), type=FileObjects)
    assert (kept, repr(kept)) == (objects, repr(objects))


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda folder: folder.name)
def test_what_a_file_says_is_the_same_when_it_is_kept(case: Path):
    for path in sorted(case.rglob("*.yaml")):
        assert_the_same_when_kept(path.read_bytes())


@pytest.mark.skipif(not SHARED.exists(), reason="the shared configurations are not here")
@pytest.mark.parametrize("name", OWN)
def test_so_it_is_for_real_and_made_up_configurations(name: str):
    contents = {path.read_bytes() for path in (SHARED / name).rglob("*.yaml") if path.is_file()}
    assert contents
    for data in contents:
        assert_the_same_when_kept(data)


@pytest.mark.parametrize(
    "text",
    [
        '- job: {name: "\\ud800"}',
        "- job: {name: a, timeout: 123456789012345678901234567890}",
        "- job: {name: a, voting: null}",
        "- job: {name: a, final: null, protected: null}",
    ],
)
def test_odd_values_are_the_same_in_a_second_run(tmp_path: Path, text: str):
    objects = []
    for _ in range(2):
        cache = FileCache(Store(tmp_path))
        objects.append(cache.parse(text.encode()))
        cache.save()
    assert repr(objects[0]) == repr(objects[1]) == repr(parse(text.encode()))


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
    cache = FileCache(Store(tmp_path))
    cache.parse(data)
    cache.save()
    [path] = tmp_path.iterdir()
    path.write_bytes(path.read_bytes().replace(b"build", b"other"))
    assert FileCache(Store(tmp_path)).parse(data).jobs[0].name == "build"


def test_files_that_are_gone_leave_the_cache(tmp_path: Path):
    store = Store(tmp_path)
    for text in (b"- job: {name: old}\n", b"- job: {name: new}\n"):
        cache = FileCache(store)
        cache.parse(text)
        cache.save()
    assert list(store.get("files", dict[str, Raw], "") or ()) == [digest(b"- job: {name: new}\n")]


def test_a_cache_that_cannot_be_written_is_not_an_error(tmp_path: Path):
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
