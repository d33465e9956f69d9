"""The commands that write records use the folder that ``groundrules_data`` names."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from groundrules.cli import main

CONF = "extensions = ['groundrules.sphinxext']\ngroundrules_data = 'our/records'\n"
MANUAL = "title: Ours\npublisher: Us\nsummary: What waits for what.\n"
ZUUL = "- job: {name: unit, parent: null, run: a.yaml}\n- project: {check: {jobs: [unit]}}\n"


@pytest.fixture
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the records of a manual, in which a user stands."""
    folder = tmp_path / "our/records"
    folder.mkdir(parents=True)
    (tmp_path / "conf.py").write_text(CONF)
    (tmp_path / ".zuul.yaml").write_text(ZUUL)
    (folder / "manual.yaml").write_text(MANUAL)
    monkeypatch.chdir(tmp_path)
    return folder


def output(*arguments: str) -> str:
    result = CliRunner().invoke(main, list(arguments))
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def test_a_new_record_is_written_there_and_formatted(records: Path):
    said = output(
        "new", "expectation", "--topic", "memory", "--topic-title", "Memory", "--title", "8 GB",
        "--id", "memory-8gb", "--standing", "varies", "--statement", "Some nodes have 8 GB.",
    )  # fmt: skip
    assert said.startswith("our/records/expectations/memory.yaml:4:5: expectation added\n")
    path = records / "expectations/memory.yaml"
    text = path.read_text()
    path.write_text(text.replace("title: Memory", "title:   Memory"))
    assert output("fmt").startswith("formatted our/records/expectations/memory.yaml\n")
    assert path.read_text() == text


def test_a_draft_is_written_there(records: Path):
    assert "our/records/graphs/" in output("import", ".")
    assert [path.parent.parent for path in records.rglob("graphs/*.yaml")] == [records]
