"""What the page on layouts says to write in an existing Sphinx project is enough."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest
from click.testing import CliRunner

from groundrules.cli import main

pytestmark = pytest.mark.repository
PAGE = (Path(__file__).parents[1] / "source/reference/layouts.rst").read_text("utf-8")
STEPS = PAGE.partition("In an existing Sphinx project\n---")[2].partition("\nHow commands")[0]
ZUUL = "- job: {name: unit, parent: null}\n- project: {check: {jobs: [unit]}}\n"
EXPECTATION = (
    "topic: memory\ntitle: Memory\nexpectations:\n"
    "  - {id: memory-8gb, title: 8 GB, standing: varies, statement: 8 GB.}\n"
)
GRAPH = (
    "id: own\ntitle: Our jobs\nconfiguration: own\nproject: example/code\n"
    "pipelines: [check]\njobs: [{name: unit}]\n"
)


def block(language: str) -> str:
    (text,) = re.findall(rf"\.\. code-block:: {language}\n\n((?:      .*\n|\n)+)", STEPS)
    return dedent(text)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository with Sphinx pages and Zuul jobs, after the steps of the page."""
    files = {
        ".git/HEAD": "ref: refs/heads/main\n",
        ".zuul.yaml": ZUUL,
        ".gitignore": block("text"),
        "doc/source/conf.py": f'project = "Code"\n{block("python")}',
        "doc/source/index.rst": f"Code\n====\n\n{block('rst')}",
        "doc/source/data/manual.yaml": block("yaml"),
        "doc/source/data/expectations/memory.yaml": EXPECTATION,
        "doc/source/data/graphs/own.yaml": GRAPH,
    }
    for name, text in files.items():
        path = tmp_path / "code" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path / "code"


def test_the_project_s_own_command_builds_the_pages(project):
    (command,) = re.findall(r"``sphinx-build (.*?)``", STEPS)
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", *command.split()],
        cwd=project, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (project / "doc/build/html/generated/graphs/own.html").exists()


def test_the_records_are_compared_with_the_configuration(project, monkeypatch):
    monkeypatch.chdir(project)
    (command,) = re.findall(r"``groundrules (check --root .*?)``", STEPS)
    result = CliRunner().invoke(main, [*command.split(), "--no-cache"])
    assert (result.exit_code, result.output) == (
        0,
        "No findings in 4 files.\n1 graph with 1 job compared with own.\n",
    )
