"""``verify --record``: what was compared is in the data, for exactly the promises of today."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from command_runs import CommandRuns
from groundrules.records.loading import load

pytest.importorskip("ibis", reason="the extra groundrules[verify] is not installed")

HERE = Path(__file__).parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A manual, and the logs of builds with nodes of two labels."""
    shutil.copytree(HERE / "manual", tmp_path, dirs_exist_ok=True)
    shutil.copytree(HERE / "cases/kept", tmp_path, dirs_exist_ok=True)
    return tmp_path


def test_measurements_are_written_once(folder: Path, monkeypatch: pytest.MonkeyPatch):
    runs = CommandRuns(monkeypatch)
    first = runs.output(folder, "verify", "--facts", "logs", "--record")
    assert first.endswith(
        "recorded in data/measured/big.yaml\nrecorded in data/measured/small.yaml\nexit code 0\n"
    )
    second = runs.output(folder, "verify", "--facts", "logs", "--record")
    assert second.endswith("the records say the same already\nexit code 0\n")


def test_a_record_is_of_the_promise_also_if_that_has_another_unit(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    """The measure of ``big`` is in GB, and the fact in MB."""
    CommandRuns(monkeypatch).output(folder, "verify", "--facts", "logs", "--record")
    loaded = load(folder)
    assert loaded.report.diagnostics == []
    assert loaded.catalogue is not None
    memory = loaded.catalogue.expectations["memory"]
    (recorded,) = (
        measured
        for label in loaded.catalogue.measured
        for measured in label.promises
        if label.label == "big" and measured.expectation == "memory"
    )
    (exception,) = memory.exceptions
    assert recorded.measure.unit == "MB"
    assert recorded.is_of(memory.standing, exception.measure)
    assert not recorded.is_of(memory.standing, memory.measure)


def test_nothing_is_recorded_if_nothing_was_compared(folder: Path, monkeypatch: pytest.MonkeyPatch):
    shutil.rmtree(folder / "logs")
    (folder / "logs").mkdir()
    said = CommandRuns(monkeypatch).output(folder, "verify", "--facts", "logs", "--record")
    assert said.endswith("no facts of a node were read\nexit code 3\n")
    assert not (folder / "data/measured").exists()


def test_a_link_out_of_the_repository_is_not_written(folder: Path, monkeypatch: pytest.MonkeyPatch):
    (folder / ".git").mkdir()
    (folder / "data/measured").symlink_to(folder.parent)
    said = CommandRuns(monkeypatch).output(folder, "verify", "--facts", "logs", "--record")
    assert "data/measured:1:1: a symbolic link leads out of the data folder" in said
    assert said.endswith("exit code 3\n")


def with_origins(folder: Path, *origins: dict[str, str]) -> None:
    """Add builds on nodes whose inventories say where they are from."""
    for number, origin in enumerate(origins):
        place = folder / f"logs/from-{number}/zuul-info"
        place.mkdir(parents=True)
        facts = {"ansible_memtotal_mb": 7900}
        (place / "host-info.n.yaml").write_text(json.dumps({"ansible_facts": facts}))
        hosts = {"n": {"nodepool": {"label": "small", **origin}}}
        (place / "inventory.yaml").write_text(json.dumps({"all": {"hosts": hosts}}))


NOT_NAMES = [
    ("Room 5", "", "Room 5"),
    ("rax", "../DFW", "rax ../DFW"),
    ("-", "", "-"),
    ("<b>x\n\x1b[31m", "", r"<b>x\n\x1b[31m"),
    ("x" * 5000, "", "x" * 199 + "…"),
]


def test_what_is_not_a_name_is_said_and_all_others_are_recorded(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    with_origins(folder, *({"provider": one, "region": region} for one, region, _ in NOT_NAMES))
    said = CommandRuns(monkeypatch).output(folder, "verify", "--facts", "logs", "--record")
    lines = [
        f"not recorded: small from {words}: its provider or region is not a name; "
        "use letters, digits, '_', '-', '+' and single dots\n"
        for _, _, words in sorted(NOT_NAMES)
    ]
    assert said.endswith(
        f"{''.join(lines)}recorded in data/measured/big.yaml\n"
        "recorded in data/measured/small.yaml\nexit code 0\n"
    )
    assert said.count("not recorded") == len(NOT_NAMES)
    assert load(folder).report.diagnostics == []


def test_a_name_that_looks_like_another_value_stays_a_name(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    names = {"yes", "1.5", "2026-11-30", "null", "012"}
    with_origins(folder, *({"provider": name} for name in sorted(names)))
    said = CommandRuns(monkeypatch).output(folder, "verify", "--facts", "logs", "--record")
    assert "not recorded" not in said
    loaded = load(folder)
    assert loaded.catalogue is not None
    assert loaded.report.diagnostics == []
    recorded = {one.provider for label in loaded.catalogue.measured for one in label.promises}
    assert names <= recorded


GONE = """\
label: {}
promises:
  - expectation: {}
    standing: guaranteed
    measure: {{fact: ansible_memtotal_mb, at_least: 1, unit: MB}}
    recorded: 2026-11-01
    kept: 1
"""


def test_what_the_data_has_lost_is_removed_and_said(folder: Path, monkeypatch: pytest.MonkeyPatch):
    runs = CommandRuns(monkeypatch)
    runs.output(folder, "verify", "--facts", "logs", "--record")
    small = folder / "data/measured/small.yaml"
    before = small.read_text("utf-8")
    small.write_text(before + GONE.format("", "gone").partition("promises:\n")[2], "utf-8")
    other = folder / "data/measured/no-such-label.yaml"
    other.write_text(GONE.format("no-such-label", "memory"), "utf-8")
    said = runs.output(folder, "verify", "--facts", "logs", "--record")
    assert said.endswith(
        "removed from data/measured/no-such-label.yaml: the data has no label 'no-such-label'\n"
        "removed from data/measured/small.yaml: the data has no expectation 'gone'\nexit code 0\n"
    )
    assert not other.exists()
    assert small.read_text("utf-8") == before
    again = runs.output(folder, "verify", "--facts", "logs", "--record")
    assert again.endswith("the records say the same already\nexit code 0\n")


def test_a_measurement_of_what_ended_stays(folder: Path, monkeypatch: pytest.MonkeyPatch):
    """Its expectation is in the data, with the day on which it was withdrawn."""
    runs = CommandRuns(monkeypatch)
    runs.output(folder, "verify", "--facts", "logs", "--record")
    small = folder / "data/measured/small.yaml"
    before = small.read_text("utf-8")
    machine = folder / "data/expectations/machine.yaml"
    text = machine.read_text("utf-8")
    withdrawn = "- id: memory\n    withdrawn: 2026-11-01\n"
    machine.write_text(text.replace("- id: memory\n", withdrawn, 1), "utf-8")
    said = runs.output(folder, "verify", "--facts", "logs", "--record")
    assert said.endswith("the records say the same already\nexit code 0\n")
    assert small.read_text("utf-8") == before
    assert "expectation: memory" in before


def test_nothing_is_removed_if_the_folder_is_a_link(folder: Path, monkeypatch: pytest.MonkeyPatch):
    (folder / "data/own").mkdir()
    (folder / "data/own/no-such-label.yaml").write_text(GONE.format("no-such-label", "memory"))
    (folder / "data/measured").symlink_to("own")
    said = CommandRuns(monkeypatch).output(folder, "verify", "--facts", "logs", "--record")
    assert said.endswith("exit code 3\n")
    assert (folder / "data/own/no-such-label.yaml").exists()
