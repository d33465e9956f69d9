"""A command that edits data changes no byte where there is nothing to change.

The data is that of this repository and of ``examples/``, in a repository of its own.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from groundrules.cli import main
from repositories import git

pytestmark = pytest.mark.repository
ROOT = Path(__file__).parents[2]
CONFIG = ("--config", "opendev-cd=examples/project-config")
GRAPHS = sorted(path.stem for path in (ROOT / "data/graphs").glob("*.yaml"))
SOURCES = {"groundrules-ci": ()}
ILLUSTRATION = ("examples/project-config", "--configuration", "opendev-cd")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trips") / "groundrules"
    generated = shutil.ignore_patterns("generated")
    for name in ("data", "examples", "source"):
        shutil.copytree(ROOT / name, folder / name, ignore=generated)
    for name in ("conf.py", ".zuul.yaml"):
        shutil.copy(ROOT / name, folder / name)
    git(folder, "init", "--quiet", "--initial-branch", "main")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "All")
    return folder


def changed(root: Path, monkeypatch: pytest.MonkeyPatch, *command: str) -> tuple[int, str]:
    """Run a command; return its exit code and the files that differ from the commit."""
    monkeypatch.chdir(root)
    result = CliRunner().invoke(main, list(command))
    return result.exit_code, git(root, "status", "--porcelain")


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (["fmt"], 0),
        (["fmt", "examples/project-config/zuul.d/jobs.yaml"], 0),
        (["check", "--fix", "--no-cache", *CONFIG], 0),
        (["new", "expectation", "--topic", "memory", "--title", "Again", "--id", "memory-8gb",
          "--standing", "varies", "--statement", "It exists."], 2),
        (["new", "session", "--id", "ocata-summit-2016", "--title", "Again", "--kind", "summit",
          "--date", "2016-10-26"], 2),
        *[(["import", "--no-cache", *SOURCES.get(graph, ILLUSTRATION), "--graph", graph], 0)
          for graph in GRAPHS],
    ],
    ids=lambda value: " ".join(value[:2] + value[-2:]) if isinstance(value, list) else str(value),
)  # fmt: skip
def test_no_byte_changes(root, monkeypatch, command, code):
    assert changed(root, monkeypatch, *command) == (code, "")


def test_a_result_that_is_recorded_already_is_not_written_again(root, monkeypatch):
    record = ("check", "--record", "--no-cache", *CONFIG)
    changed(root, monkeypatch, *record)
    first = git(root, "diff")
    assert changed(root, monkeypatch, *record)[0] == 0
    assert git(root, "diff") == first
    git(root, "checkout", "--quiet", ".")
