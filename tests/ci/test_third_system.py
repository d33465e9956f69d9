"""A CI system is one module and one line of the table: shown with one that does not exist."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from groundrules.ci.state import state_of
from groundrules.ci.system import system_named
from groundrules.claims.claims import ConfigurationClaim
from groundrules.diagnostics import Location
from groundrules.systems import SYSTEMS, SystemEntry

HERE = Path(__file__).parent
TABLED = """\
import sys
from groundrules.systems import SYSTEMS, SystemEntry
SYSTEMS["foreman"] = SystemEntry("foreman")
from groundrules.cli import main
try:
    main()
finally:
    print(*sorted(name for name in sys.modules if "ci.zuul" in name), file=sys.stderr)
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


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command with the system in the table."""
    paths = os.pathsep.join((str(HERE), *filter(None, sys.path)))
    return subprocess.run(
        [sys.executable, "-c", TABLED, *arguments],
        cwd=root, env={**os.environ, "PYTHONPATH": paths}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip


def groundrules(root: Path, *arguments: str) -> tuple[int, str]:
    """Return the exit code and the output of a run that had nothing to do with Zuul."""
    done = run(root, *arguments)
    assert done.stderr.strip() == ""
    return done.returncode, done.stdout


def test_a_graph_that_agrees_is_clean(root: Path):
    assert groundrules(root, "check", "--no-cache") == (
        0,
        "No findings in 3 files.\n"
        "1 graph with 3 jobs, 2 dependencies and 1 rule compared with shop.\n",
    )


def test_suggestions_are_in_the_systems_own_words(root: Path):
    (root / "ci/foreman.txt").write_text("build\nunit\ndeploy after build?\n")
    code, text = groundrules(root, "check", "--no-cache", "--format", "full")
    assert code == 1
    assert "after build?, unit" in text
    assert "{name: build" not in text  # as Zuul writes it
    assert "ci/foreman.txt:2:1" in text


def test_what_is_missing_is_not_checked(root: Path):
    (root / "ci/foreman.txt").unlink()
    code, text = groundrules(root, "check", "--no-cache")
    assert code == 0
    assert "foreman.txt cannot be read: No such file or directory" in text


def test_the_model_allows_the_systems_of_the_table(root: Path):
    (root / "data/manual.yaml").write_text(MANUAL.replace("foreman", "foremann"))
    done = run(root, "check", "--no-cache")
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
def test_the_command_graph_shows_it_in_every_format(root: Path, form: str, expected: str):
    code, text = groundrules(root, "graph", "--system", "foreman", "--root", "ci", "--format", form)
    assert code == 0
    assert expected in text


def test_a_question_that_makes_no_sense_is_refused(root: Path):
    done = run(root, "graph", "--system", "foreman", "--root", "data")
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
