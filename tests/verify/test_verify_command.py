"""The command as a whole: its sources, its store, and what it says where a library is missing."""

from __future__ import annotations

import os
import shutil
import sys
import tarfile
from pathlib import Path

import pytest
from report_formats import in_all_formats

from command_runs import CommandRuns

pytest.importorskip("ibis", reason="the extra groundrules[verify] is not installed")

HERE = Path(__file__).parent
KEPT = "6 promises on 3 nodes: 6 kept; 0 inputs skipped.\nexit code 0\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A manual, and the logs of two builds with three nodes that keep all promises."""
    shutil.copytree(HERE / "manual", tmp_path, dirs_exist_ok=True)
    shutil.copytree(HERE / "cases/kept/logs", tmp_path / "logs")
    return tmp_path


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> CommandRuns:
    return CommandRuns(monkeypatch)


@pytest.mark.parametrize(
    "words",
    [
        ("--facts", "logs"),
        ("logs",),
        ("--facts", "logs/1", "--facts", "logs/2"),
        ("--facts", "logs/1", "logs/2"),
        ("--facts", "logs/*/zuul-info"),
        ("--facts", "logs/**/host-info.*.yaml"),
        ("--facts", "logs/1", "logs/2", "logs"),  # a node of a file counts once
    ],
)
def test_the_same_nodes_by_other_paths(folder: Path, runs: CommandRuns, words: tuple[str, ...]):
    assert runs.output(folder, "verify", *words).endswith(KEPT)


def test_an_archive(folder: Path, runs: CommandRuns):
    with tarfile.open(folder / "logs.tgz", "w:gz") as archive:
        archive.add(folder / "logs", "logs")
    shutil.rmtree(folder / "logs")
    assert runs.output(folder, "verify", "--facts", "logs.tgz").endswith(KEPT)
    assert sorted(path.name for path in folder.iterdir()) == ["data", "logs.tgz"]


def test_a_store_keeps_what_was_read(folder: Path, runs: CommandRuns):
    first = runs.output(folder, "verify", "--facts", "logs/1", "--store", "facts")
    assert "6 promises on 2 nodes: 6 kept" in first
    assert runs.output(folder, "verify", "--facts", "logs", "--store", "facts").endswith(KEPT)
    assert runs.output(folder, "verify", "--facts", "logs", "--store", "facts").endswith(KEPT)
    shutil.rmtree(folder / "logs")
    assert runs.output(folder, "verify", "--store", "facts").endswith(KEPT)


def test_a_label_can_be_given_after_nodes_were_collected(folder: Path, runs: CommandRuns):
    """The first answer says that --label gives it."""
    shutil.rmtree(folder / "logs")
    shutil.copytree(HERE / "cases/label-of-the-user/logs", folder / "logs")
    words = ("verify", "--facts", "logs", "--store", "facts")
    assert "1 node: no label: no inventory names their label" in runs.output(folder, *words)
    said = runs.output(folder, *words, "--label", "small", "--provider", "rax", "--region", "DFW")
    assert "kept     memory: small from rax DFW: 1 of 1 node" in said
    assert said.endswith("3 promises on 1 node: 3 kept; 0 inputs skipped.\nexit code 0\n")


def test_a_label_of_an_inventory_stays(folder: Path, runs: CommandRuns):
    runs.output(folder, "verify", "--facts", "logs", "--store", "facts")
    said = runs.output(folder, "verify", "--store", "facts", "--label", "nothing")
    assert said.endswith(KEPT)


def test_a_store_whose_file_is_damaged(folder: Path, runs: CommandRuns):
    runs.output(folder, "verify", "--facts", "logs", "--store", "facts")
    for path in (folder / "facts").rglob("*.parquet"):
        path.write_bytes(path.read_bytes()[:-20])
    said = runs.output(folder, "verify", "--store", "facts")
    assert "the file is damaged; its nodes are not counted until they are collected again" in said
    assert said.endswith("nothing was compared: no facts of a node were read\nexit code 3\n")
    assert runs.output(folder, "verify", "--facts", "logs", "--store", "facts").endswith(KEPT)


def test_a_broken_promise_that_is_known(folder: Path, runs: CommandRuns):
    shutil.copytree(HERE / "cases/less/logs", folder / "logs", dirs_exist_ok=True)
    codes = [
        runs.output(folder, "verify", "--facts", "logs", *words)[-2]
        for words in ((), ("--exit-zero",), ("--ignore", "GR701"), ("--select", "GR702"))
    ]
    assert codes == ["1", "0", "0", "0"]


@pytest.mark.parametrize("library", ["ibis", "pyarrow"])
def test_a_missing_library_is_named(
    folder: Path, runs: CommandRuns, monkeypatch: pytest.MonkeyPatch, library: str
):
    for name in [name for name in sys.modules if name.startswith("groundrules.verify")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    assert runs.output(folder, "verify", "--facts", "logs") == (
        "$ groundrules verify --facts logs\n"
        f"groundrules: {library} is not installed; install groundrules[verify]\n"
        "exit code 3\n"
    )


def test_a_file_of_100_megabytes(folder: Path, runs: CommandRuns):
    with (folder / "logs/1/zuul-info/host-info.large.yaml").open("wb") as file:
        file.truncate(100 * 2**20)
    said = runs.output(folder, "verify", "--facts", "logs")
    assert (
        "not checked: logs/1/zuul-info/host-info.large.yaml: it is larger than 4 MiB, so it is not "
        "read\n6 promises on 3 nodes: 6 kept; 1 input skipped.\n"
    ) in said


def test_many_skipped_inputs_are_counted(folder: Path, runs: CommandRuns):
    for number in range(30):
        (folder / f"logs/1/zuul-info/host-info.{number:02}.yaml").touch()
    said = runs.output(folder, "verify", "--facts", "logs")
    assert said.count("it is empty\n") == 12
    assert said.endswith(
        "not checked: 18 further inputs: they could not be used either\n"
        "6 promises on 3 nodes: 6 kept; 30 inputs skipped.\nexit code 0\n"
    )


def test_names_that_are_no_text_are_shown_escaped(folder: Path):
    """A file's name can be any bytes, also those that a terminal obeys."""
    place = os.fsencode(folder / "logs/1/zuul-info") + b"/host-info."
    Path(os.fsdecode(place + b"\xfe\n\x1b[31m.yaml")).touch()
    reports = in_all_formats(folder, "--facts", "logs")
    name = "logs/1/zuul-info/host-info.\\udcfe\\n\\x1b[31m.yaml"
    assert f"not checked: {name}: it is empty\n" in reports["text"]
    for said in reports.values():
        assert said.endswith("exit code 0\n")
        assert "\x1b" not in said
    assert reports.keys() == {"text", "json", "junit", "sarif", "prometheus"}
