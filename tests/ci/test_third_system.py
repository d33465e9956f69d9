"""A CI system is one module and one line of the table: shown with one that does not exist."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from groundrules.ci.config_source import state_of
from groundrules.ci.system import system_named
from groundrules.claims.claims import ConfigurationClaim
from groundrules.diagnostics import Location
from groundrules.systems import SYSTEMS, SystemEntry

HERE = Path(__file__).parent
TABLED = """\
import json, os, sys
from click.testing import CliRunner
from groundrules.systems import SYSTEMS, SystemEntry
SYSTEMS["foreman"] = SystemEntry("foreman")
from groundrules.cli import main
for line in sys.stdin:
    folder, arguments = json.loads(line)
    os.chdir(folder)
    done = CliRunner().invoke(main, arguments)
    zuul = sorted(name for name in sys.modules if "ci.zuul" in name)
    print(json.dumps([done.exit_code, done.stdout, done.stderr, zuul]), flush=True)
"""
MANUAL = """\
title: T
publisher: P
summary: S.
configurations: [{id: shop, title: The shop, system: foreman, path: ci}]
"""
GRAPH = """\
id: shop
title: The shop
configuration: shop
project: shop
branch: main
pipelines: [main]
jobs:
- {name: build}
- name: unit
  waits_for: [{job: build, why: It tests what was built.}]
- name: deploy
  waits_for: [{job: unit, why: No untested code.}]
rules:
- {id: last, every: {name: deploy}, waits_for: unit, why: No untested code.}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {
        "conf.py": 'extensions = ["groundrules.sphinxext.extension"]\n',
        "data/manual.yaml": MANUAL,
        "data/graphs/shop.yaml": GRAPH,
        "ci/foreman.txt": "build\nunit after build\ndeploy after unit\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


class Done(NamedTuple):
    """What a command printed, and the modules of Zuul that its process has imported."""

    returncode: int
    stdout: str
    stderr: str
    zuul: list[str]


class Tabled(NamedTuple):
    """The commands in a process of their own, with the system in the table."""

    process: subprocess.Popen[str]

    def run(self, root: Path, *arguments: str) -> Done:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{json.dumps([str(root), arguments])}\n")
        self.process.stdin.flush()
        return Done(*json.loads(self.process.stdout.readline()))

    def groundrules(self, root: Path, *arguments: str) -> tuple[int, str]:
        """Return the exit code and the output of a run that had nothing to do with Zuul."""
        done = self.run(root, *arguments)
        assert done.stderr == ""
        assert done.zuul == []
        return done.returncode, done.stdout


@contextmanager
def started() -> Iterator[Tabled]:
    paths = os.pathsep.join((str(HERE), *filter(None, sys.path)))
    with subprocess.Popen(
        [sys.executable, "-c", TABLED], env={**os.environ, "PYTHONPATH": paths}, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        yield Tabled(process)


@pytest.fixture(scope="module")
def tabled() -> Iterator[Tabled]:
    """A process for all commands that import nothing of Zuul."""
    with started() as commands:
        yield commands


@pytest.fixture
def other() -> Iterator[Tabled]:
    """A process for a command that may look at every system."""
    with started() as commands:
        yield commands


def test_a_graph_that_agrees_is_clean(tabled: Tabled, root: Path):
    assert tabled.groundrules(root, "check", "--no-cache") == (
        0,
        "No findings in 3 files.\n"
        "1 graph with 3 jobs, 2 dependencies and 1 rule compared with shop.\n",
    )


def test_suggestions_are_in_the_systems_own_words(tabled: Tabled, root: Path):
    (root / "ci/foreman.txt").write_text("build\nunit\ndeploy after build?\n")
    code, text = tabled.groundrules(root, "check", "--no-cache", "--format", "full")
    assert code == 1
    assert "after build?, unit" in text
    assert "{name: build" not in text  # as Zuul writes it
    assert "ci/foreman.txt:2:1" in text


def test_what_is_missing_is_not_checked(tabled: Tabled, root: Path):
    (root / "ci/foreman.txt").unlink()
    code, text = tabled.groundrules(root, "check", "--no-cache")
    assert code == 0
    assert "foreman.txt cannot be read: No such file or directory" in text


def test_the_model_allows_the_systems_of_the_table(other: Tabled, root: Path):
    (root / "data/manual.yaml").write_text(MANUAL.replace("foreman", "foremann"))
    done = other.run(root, "check", "--no-cache")
    assert done.returncode == 1
    assert "'foremann' is not allowed here; did you mean 'foreman'?" in done.stdout


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("text", "own main main: 3 jobs, 2 edges\n"),
        ("jsonl", '{"project": "own", "pipeline": "main", "branch": "main", "jobs": '),
        ("json", '"name": "deploy"'),
        ("dot", "digraph"),
        ("mermaid", "flowchart"),
    ],
)
def test_the_command_graph_shows_it_in_every_format(
    tabled: Tabled, root: Path, form: str, expected: str
):
    code, text = tabled.groundrules(
        root, "graph", "--system", "foreman", "--root", "ci", "--format", form
    )
    assert code == 0
    assert expected in text


def test_a_question_that_makes_no_sense_is_refused(other: Tabled, root: Path):
    done = other.run(root, "graph", "--system", "foreman", "--root", "data")
    assert done.returncode == 2
    assert "there is no foreman.txt in data" in done.stderr


def test_marks_are_stale_when_a_file_changes_that_the_system_reads(
    root: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(SYSTEMS, "foreman", SystemEntry("foreman"))
    monkeypatch.syspath_prepend(HERE)
    claim = ConfigurationClaim(
        id="shop", place=Location("data/manual.yaml"), system="foreman", path="ci"
    )
    before = state_of(claim, root)
    (root / "ci/.zuul.yaml").write_text("[]\n")
    assert state_of(claim, root) == before
    (root / "ci/foreman.txt").write_text("build\n")
    assert state_of(claim, root) != before


@pytest.mark.parametrize("name", SYSTEMS)
def test_every_system_of_the_table_keeps_the_protocol(name: str):
    system = system_named(name)
    assert system.WORDS.title != "the CI system"
    assert all(map(callable, (system.read, system.state, system.graphs)))
    assert system.WORDS.dependency("build", soft=False)
