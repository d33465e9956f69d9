"""All commands use the folder of records that ``groundrules_data`` names."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from groundrules.authoring.drafts.draft import OTHERS
from groundrules.cli import main
from repositories import git

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


def output(*arguments: str, note: str = "") -> str:
    result = CliRunner().invoke(main, list(arguments))
    assert (result.exit_code, result.stderr) == (0, note)
    return result.stdout


def imported() -> str:
    return output("import", ".", note=f"the coverage is partial: {OTHERS}\n")


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
    assert "our/records/graphs/" in imported()
    assert [path.parent.parent for path in records.rglob("graphs/*.yaml")] == [records]


def test_changes_are_those_of_the_records_there(records: Path):
    top = records.parent.parent
    git(top, "init", "-q", "-b", "main")
    git(top, "add", "-A")
    git(top, "commit", "-q", "-m", "All")
    manual = records / "manual.yaml"
    manual.write_text(manual.read_text().replace("publisher: Us", "publisher: You"))
    assert "The publisher was 'Us'; now it is 'You'." in output("changes", "HEAD")


def test_a_documented_graph_there_is_encoded_and_planned(records: Path):
    imported()
    [graph] = records.rglob("graphs/*.yaml")
    assert output("plan", graph.stem).startswith(f"{graph.stem}, check, documented: 1 job")
    encoded = CliRunner().invoke(main, ["encode", graph.stem])
    assert (encoded.exit_code, encoded.stderr) == (0, "the configuration is as documented\n")


def test_the_records_there_say_what_an_object_touches(records: Path):
    imported()
    [graph] = records.rglob("graphs/*.yaml")
    place = graph.relative_to(records.parent.parent)
    assert f"{place}:8:11: job '{graph.stem}/unit'\n" in output("impact", "job", "unit")
