"""``groundrules verify --write-role``: what it prints, and what it refuses."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from command_runs import CommandRuns, contents

HERE = Path(__file__).parent
FILES = (
    "README.rst", "defaults/main.yml", "meta/argument_specs.yml", "meta/main.yml",
    "tasks/main.yml", "vars/main.yml",
)  # fmt: skip


@pytest.fixture
def manual(tmp_path: Path) -> Path:
    shutil.copytree(HERE / "manual", tmp_path / "manual")
    return tmp_path / "manual"


@pytest.fixture
def run(manual: Path, monkeypatch: pytest.MonkeyPatch):
    runs = CommandRuns(monkeypatch)
    return lambda *options: runs.output(manual, "verify", *options).partition("\n")[2]


def test_a_role_is_written(manual: Path, run):
    assert run("--write-role", "roles/node") == (
        "".join(f"roles/node/{path}: written\n" for path in FILES) + "exit code 0\n"
    )
    written = contents(manual / "roles/node")
    assert sorted(written) == sorted(FILES)
    assert b"- role: node\n" in written["README.rst"]


def test_writing_again_changes_nothing(manual: Path, run):
    run("--write-role", "node")
    before = contents(manual)
    assert run("--write-role", "node") == "node: the role is up to date\nexit code 0\n"
    assert contents(manual) == before


def test_a_file_of_somebody_else_is_refused(manual: Path, run):
    (manual / "node/vars").mkdir(parents=True)
    (manual / "node/vars/main.yml").write_text("mine: 1\n")
    assert run("--write-role", "node").endswith(
        "Error: node/vars/main.yml was not written by this command, or was changed since; move it, "
        "or choose another folder\nexit code 2\n"
    )
    assert sorted(contents(manual / "node")) == ["vars/main.yml"]


def test_a_file_where_the_folder_should_be_is_refused(manual: Path, run):
    (manual / "node").write_text("mine\n")
    assert run("--write-role", "node").endswith("exit code 2\n")
    assert (manual / "node").read_text() == "mine\n"


def test_a_link_out_of_the_repository_is_not_followed(manual: Path, run, tmp_path: Path):
    (manual / ".git").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (manual / "node").symlink_to(tmp_path / "elsewhere")
    assert run("--write-role", "node").endswith(
        "Error: a symbolic link on the way to node leads out of the repository; remove the link, "
        "or name another folder\nexit code 2\n"
    )
    assert contents(tmp_path / "elsewhere") == {}


def test_data_with_mistakes_makes_no_role(manual: Path, run):
    (manual / "data/platforms/vm.yaml").write_text("id: vm\ntitle: VM\n")
    said = run("--write-role", "node")
    assert said.startswith("groundrules: the data has mistakes; correct them first\n")
    assert said.endswith("exit code 1\n")
    assert not (manual / "node").exists()


def test_a_manual_without_measures_makes_no_role(manual: Path, run):
    shutil.rmtree(manual / "data/expectations")
    assert run("--write-role", "node").endswith(
        "Error: no guaranteed expectation has a measure that applies to a label, so the role would "
        "test nothing; write one in the data\nexit code 2\n"
    )
    assert not (manual / "node").exists()


@pytest.mark.parametrize("source", [("--facts", "logs"), ("--local",), ("logs",)])
def test_a_role_is_written_or_nodes_are_compared(manual: Path, run, source):
    assert run("--write-role", "node", *source).endswith(
        "Error: --write-role compares no node; leave out the facts\nexit code 2\n"
    )
    assert not (manual / "node").exists()
