"""A manual in the layouts that Sphinx and its hosts use, found from any folder of its checkout."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from groundrules.cli import main
from groundrules.manual_folder import ManualFolder, manual_around

CONF = 'project = "Rules"\nextensions = ["groundrules.sphinxext"]\n'
INDEX = """\
Rules
=====

.. ci:glance::

.. toctree::

   generated/changes
   generated/expectations/index
   generated/graphs/index
   generated/platforms/index
   generated/sessions/index
"""
DATA = {
    "manual.yaml": "title: Rules\npublisher: Platform team\nsummary: Rules.\n"
    "edit: https://example.org/edit\n",
    "expectations/memory.yaml": "topic: memory\ntitle: Memory\nexpectations:\n"
    "  - {id: memory-8gb, title: 8 GB, standing: varies, statement: 8 GB.}\n",
}
OURS = {"conf.py": CONF, "source/index.rst": INDEX}
READ_THE_DOCS = {
    "source/conf.py": f'{CONF}groundrules_data = "../data"\n',
    "source/index.rst": INDEX,
}
ALL_IN_ONE = {"conf.py": f'{CONF}exclude_patterns = ["build"]\n', "index.rst": INDEX}
LAYOUTS = {"ours": OURS, "Read the Docs": READ_THE_DOCS, "all in one": ALL_IN_ONE}


def written(folder: Path, files: dict[str, str]) -> Path:
    records = {f"data/{name}": text for name, text in DATA.items()}
    for name, text in (files | records).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, arguments)
    return result.exit_code, result.output


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "checkout" / ".git").mkdir(parents=True)
    return tmp_path / "checkout"


@pytest.mark.parametrize("name", LAYOUTS)
def test_check_and_build_work_in_each_layout_from_each_folder(checkout, monkeypatch, name):
    root, site = written(checkout / "docs", LAYOUTS[name]), checkout / "out"
    for start in (".", "data/expectations"):
        monkeypatch.chdir(root / start)
        assert run("check", "--no-cache")[0] == 0
        code, output = run("build", "-q", "-W", "-n", "-j", "1", "-o", str(site))
        assert (code, output.count("WARNING")) == (0, 0), output
        page = (site / "generated/expectations/memory-8gb.html").read_text("utf-8")
        assert 'href="https://example.org/edit/data/expectations/memory.yaml#L' in page
        shutil.rmtree(site)  # the next build writes every page again


def test_the_folder_of_conf_py_may_be_given_as_on_read_the_docs(checkout):
    root = written(checkout, READ_THE_DOCS)
    assert manual_around(root / "source") == root
    assert ManualFolder(root).conf == root / "source"


def test_a_folder_without_a_manual_around_is_itself(checkout):
    (checkout / "src").mkdir()
    assert manual_around(checkout / "src") == checkout / "src"


def test_no_manual_is_looked_for_outside_of_the_checkout(tmp_path, checkout):
    written(tmp_path, OURS)
    assert manual_around(checkout) == checkout
    (tmp_path / "below").mkdir()
    assert manual_around(tmp_path / "below") == tmp_path / "below"


def test_a_manual_in_a_manual_is_nearer(checkout):
    written(checkout, OURS)
    inner = written(checkout / "docs", OURS)
    assert manual_around(inner / "data") == inner


def test_a_missing_first_page_is_reported(checkout):
    root = written(checkout, OURS)
    (root / "source/index.rst").rename(root / "source/other.rst")
    code, output = run("build", "--root", str(root), "-q", "-j", "1")
    assert code == 1
    assert f"ERROR: {root}/source/index.rst is missing; create the manual's first page" in output
    assert "Traceback" not in output


@pytest.mark.parametrize("name", ["build", "source/generated"])
def test_a_folder_that_cannot_be_written_is_reported(checkout, name):
    root = written(checkout, OURS)
    (root / name).write_text("a file where a folder has to be")
    code, output = run("build", "--root", str(root), "-q", "-j", "1")
    assert code == 3
    assert f"{root}/{name}" in output
    assert "cannot be written: " in output
    assert "Traceback" not in output


CONFIGURATION = "configurations:\n  - {id: gate, system: zuul, title: Gate, path: ../..}\n"
GRAPH = (
    "id: gate\ntitle: Gate\nproject: example/code\nconfiguration: gate\npipelines: [check]\n"
    "jobs:\n  - name: unit\n"
)


def test_a_manual_inside_its_repository_describes_that(checkout):
    zuul = "- pipeline: {name: check, manager: independent}\n- job: {name: unit, parent: null}\n"
    (checkout / ".zuul.yaml").write_text(f"{zuul}- project: {{check: {{jobs: [unit]}}}}\n")
    root = written(checkout / "docs/manual", OURS)
    manual = root / "data/manual.yaml"
    manual.write_text(manual.read_text() + CONFIGURATION)
    (root / "data/graphs").mkdir()
    (root / "data/graphs/gate.yaml").write_text(GRAPH)
    code, output = run("check", "--root", str(root), "--no-cache", "--require", "gate")
    assert (code, output) == (
        0,
        "No findings in 4 files.\n1 graph with 1 job compared with gate.\n",
    )


def test_a_configuration_above_the_repository_needs_the_option(checkout):
    root = written(checkout / "docs/manual", OURS)
    manual = root / "data/manual.yaml"
    manual.write_text(manual.read_text() + CONFIGURATION.replace("../..", "../../.."))
    (root / "data/graphs").mkdir()
    (root / "data/graphs/gate.yaml").write_text(GRAPH)
    code, output = run("check", "--root", str(root), "--no-cache", "--require", "gate")
    assert code == 1
    assert "leads out of this repository; only --config may name it" in output
