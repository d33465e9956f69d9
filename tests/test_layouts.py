"""A manual in the layouts that Sphinx and its hosts use, found from any folder of its checkout."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from groundrules.cli import main

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
ALL_IN_ONE = {"conf.py": CONF, "index.rst": INDEX}
OPENSTACK = {"doc/source/conf.py": CONF, "doc/source/index.rst": INDEX}
RECORDS_AT_THE_TOP = {"docs/conf.py": f'{CONF}groundrules_data = "../rules"\n'}
RECORDS_AT_THE_TOP["docs/index.rst"] = INDEX
# files, the folder of the records, that of the manual, and that of the output
LAYOUTS = {
    "ours": (OURS, "data", ".", "build"),
    "Read the Docs": (READ_THE_DOCS, "data", ".", "build"),
    "all in one": (ALL_IN_ONE, "data", ".", "_build"),
    "OpenStack": (OPENSTACK, "doc/source/data", "doc/source", "doc/build"),
    "records at the top": (RECORDS_AT_THE_TOP, "rules", ".", "docs/_build"),
}


def written(folder: Path, files: dict[str, str], data: str = "data") -> Path:
    records = {f"{data}/{name}": text for name, text in DATA.items()}
    for name, text in (files | records).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, arguments, prog_name="groundrules")
    return result.exit_code, result.output


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "-q", "-b", "master", tmp_path / "checkout"], check=True)
    return tmp_path / "checkout"


@pytest.mark.parametrize("name", LAYOUTS)
def test_check_and_build_work_in_each_layout_from_each_folder(checkout, monkeypatch, name):
    files, data, own, output = LAYOUTS[name]
    top = written(checkout / "project", files, data)
    root, records = top / own, top / data / "expectations"
    checked = "No findings in {} files.\n"
    monkeypatch.chdir(root)
    assert run("check", "--no-cache") == (0, checked.format(3))
    monkeypatch.chdir(records)
    found = f"Using the manual in {root}\n"
    assert run("check", "--no-cache") == (0, found + checked.format(3))
    site = top / output / "html"
    assert run("build", "-q", "-W", "-n", "-j", "1") == (
        0,
        f"The manual is at {site.as_uri()}/index.html\n",
    )
    page = (site / "generated/expectations/memory-8gb.html").read_text("utf-8")
    place = records.relative_to(root).as_posix()
    assert f'href="https://example.org/edit/{place}/memory.yaml#L' in page


def sphinx_build(*arguments: str, folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", *arguments],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout + done.stderr


def test_openstacks_own_command_builds_the_manual_in_its_layout(checkout):
    written(checkout, OPENSTACK, "doc/source/data")
    command = "-q -W --keep-going -b html doc/source doc/build/html"
    assert sphinx_build(*command.split(), folder=checkout) == ""
    assert (checkout / "doc/build/html/generated/expectations/memory-8gb.html").exists()


def test_the_commands_of_make_html_and_read_the_docs_build_pages_beside_conf_py(checkout):
    root = written(checkout / "docs", ALL_IN_ONE)
    assert "build succeeded." in sphinx_build("-M", "html", ".", "_build", "-W", folder=root)
    assert (root / "_build/html/generated/expectations/memory-8gb.html").exists()
    command = f"-q -W -T -b html -d _build/doctrees -D language=en . {checkout}/out"
    assert sphinx_build(*command.split(), folder=root) == ""
    assert (checkout / "out/generated/expectations/memory-8gb.html").exists()


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


# places in the data

MISTAKE = "the list in brackets is not closed; add ']' [GR102]\n"
BROKEN = {
    ("check", "--no-cache"): "{0}data/manual.yaml:1:8: {1}",
    ("build", "-q", "-j", "1"): "{0}data/manual.yaml:1:8: ERROR: {1}",
    ("plan",): "{0}data/manual.yaml:1:8: {1}",
    ("encode", "gate"): "{0}data/manual.yaml:1:8: {1}",
    ("import", "."): "{0}data/manual.yaml:1:8: {1}",
    ("verify", "--facts", "data/manual.yaml"): "{0}data/manual.yaml:1:8: {1}",
}


@pytest.mark.parametrize(("here", "before"), [(".", "docs/"), ("docs", ""), ("docs/data", "../")])
@pytest.mark.parametrize("command", BROKEN, ids=lambda command: command[0])
def test_commands_name_files_of_the_data_from_the_working_directory(
    command, checkout, monkeypatch, here, before
):
    root = written(checkout / "docs", ALL_IN_ONE)
    (root / "data/manual.yaml").write_text("title: [x\n")
    monkeypatch.chdir(checkout / here)
    lines = run(*command, "--root", str(root))[1].splitlines(keepends=True)
    assert [line for line in lines if "manual.yaml:" in line] == [
        BROKEN[command].format(before, MISTAKE)
    ]


@pytest.mark.parametrize(("here", "before"), [(".", "docs/"), ("docs", ""), ("docs/data", "../")])
def test_new_names_its_file_from_the_working_directory(checkout, monkeypatch, here, before):
    root = written(checkout / "docs", ALL_IN_ONE)
    monkeypatch.chdir(checkout / here)
    record = ("--id", "vm", "--title", "VM", "--summary", "One.")
    assert run("new", "platform", *record, "--root", str(root)) == (
        0,
        f"{before}data/platforms/vm.yaml:1:1: platform added\n"
        "Next: complete it there, then run 'groundrules check'.\n",
    )


def test_sphinxs_own_command_names_files_of_the_data_from_the_working_directory(checkout):
    root = written(checkout / "docs", ALL_IN_ONE)
    graphs = "id: gate\ntitle: Gate\nproject: a\nconfiguration: b\npipelines: [check]\n"
    manual = root / "data/manual.yaml"
    manual.write_text(f"{manual.read_text()}configurations: [{{id: b, title: B}}]\n")
    (root / "data/graphs").mkdir()
    rule = "rules:\n- {id: all, every: {tag: x}, waits_for: unit, why: Z.}\n"
    (root / "data/graphs/gate.yaml").write_text(f"{graphs}jobs: [{{name: unit}}]\n{rule}")
    warning = (
        "docs/data/graphs/gate.yaml:8: WARNING: rule 'all' selects no job of this graph; correct "
        "its 'every' [groundrules.GR117]\n"
    )
    assert sphinx_build("-q", "docs", "out", folder=checkout) == warning
    assert sphinx_build("-q", "docs", "out", folder=checkout) == warning  # which was stored
    manual.write_text("title: [x\n")
    (root / "data/graphs/gate.yaml").unlink()
    assert sphinx_build("-q", "docs", "out", folder=checkout) == (
        f"docs/data/manual.yaml:1:8: ERROR: {MISTAKE}"
        "ERROR: 1 mistake in 1 file; nothing was built\n"
    )


# --source

ERROR = "Usage: groundrules build [OPTIONS]\nTry 'groundrules build --help' for help.\n\nError: "


def test_the_folder_of_the_pages_can_be_given(checkout, monkeypatch):
    written(checkout / "docs", ALL_IN_ONE)
    monkeypatch.chdir(checkout)
    site = checkout / "docs/_build/html/index.html"
    answer = run("build", "--source", "docs", "-q", "-W", "-j", "1")
    assert answer == (0, f"The manual is at {site.as_uri()}\n")


def test_a_folder_without_pages_is_refused(checkout, monkeypatch):
    root = written(checkout, OURS)
    monkeypatch.chdir(root)
    answer = run("build", "--source", "data", "--root", ".")
    assert answer == (
        2,
        f"{ERROR}no conf.py in {root}/data; give the manual's folder with --root, or that of its "
        "pages with --source; 'groundrules init' writes a new manual\n",
    )
    assert not (root / "data/_build").exists()


def test_pages_outside_the_repository_of_the_manual_are_refused(tmp_path, checkout):
    root = written(checkout, OURS)
    written(tmp_path / "other", ALL_IN_ONE)
    answer = run("build", "--root", str(root), "--source", str(tmp_path / "other"))
    assert answer == (
        2,
        f"{ERROR}{tmp_path}/other is outside the repository of the manual, {root}\n",
    )
    assert not (tmp_path / "other/generated").exists()


@pytest.mark.parametrize("option", ["--source", "--root"])
def test_a_link_out_of_the_repository_is_refused(tmp_path, checkout, monkeypatch, option):
    written(tmp_path / "other", ALL_IN_ONE)
    (checkout / "docs").symlink_to(tmp_path / "other")
    monkeypatch.chdir(checkout)
    assert run("build", option, "docs") == (
        2,
        f"{ERROR}a symbolic link on the way to docs leads out of the repository; remove the link, "
        "or name another folder\n",
    )
    assert not (tmp_path / "other/generated").exists()


def test_pages_that_a_link_of_the_manual_leads_away_are_refused(tmp_path, checkout):
    root = written(checkout, {"conf.py": CONF})
    (tmp_path / "other").mkdir()
    (tmp_path / "other/index.rst").write_text(INDEX)
    (root / "source").symlink_to(tmp_path / "other")
    assert run("build", "--root", str(root)) == (
        3,
        "groundrules: a symbolic link on the way to source leads out of the repository; remove the "
        "link, or name the real folder with --source\n",
    )
    assert not (tmp_path / "other/generated").exists()


def test_a_link_within_the_repository_is_followed(checkout, monkeypatch):
    written(checkout / "documentation", ALL_IN_ONE)
    (checkout / "docs").symlink_to("documentation")
    monkeypatch.chdir(checkout)
    assert run("check", "--root", "docs", "--no-cache") == (
        0,
        "No findings in 3 files.\n",
    )


def test_a_conf_py_without_the_extension_is_reported(checkout):
    root = written(checkout, {"conf.py": "project = 'Code'\n", "index.rst": "Code\n====\n"})
    assert run("build", "--root", str(root), "-q", "-j", "1") == (
        0,
        f"{root}/conf.py does not name groundrules.sphinxext; without it, records have no pages\n"
        f"The manual is at {root.as_uri()}/_build/html/index.html\n",
    )


# other commands

ZUUL = (
    "- pipeline: {name: check, manager: independent}\n- job: {name: unit, parent: null}\n"
    "- project: {check: {jobs: [unit]}}\n"
)


def test_graph_shows_the_configuration_above(checkout, monkeypatch):
    (checkout / ".zuul.yaml").write_text(ZUUL)
    (checkout / "src/deep").mkdir(parents=True)
    monkeypatch.chdir(checkout / "src/deep")
    code, output = run("graph", "--no-cache")
    assert (code, output) == (
        0,
        f"Using the configuration in {checkout}\ncheckout check master: 1 job, 0 edges\n\nunit\n",
    )


@pytest.mark.parametrize(
    "command",
    [("jobs", "--files", ".zuul.yaml"), ("impact", "job", "unit"), ("plan",)],
    ids=lambda command: command[0],
)
def test_other_commands_read_the_configuration_above_too(command, checkout, monkeypatch):
    (checkout / ".zuul.yaml").write_text(ZUUL)
    (checkout / "src/deep").mkdir(parents=True)
    monkeypatch.chdir(checkout)
    answer = run(*command)
    assert answer[0] == 0
    monkeypatch.chdir(checkout / "src/deep")
    said = f"Using the configuration in {checkout}\n"
    assert run(*command) == (0, said + answer[1])


def test_check_without_a_manual_reads_the_configuration_above(checkout, monkeypatch):
    (checkout / ".zuul.yaml").write_text(f"{ZUUL}- jbo: {{}}\n")
    (checkout / "src").mkdir()
    monkeypatch.chdir(checkout / "src")
    code, output = run("check", "--no-cache")
    assert (code, output.splitlines()[0].partition(": ")[0]) == (1, "../.zuul.yaml:4:3")


def test_check_names_the_manuals_of_the_repository(checkout, monkeypatch):
    (checkout / ".zuul.yaml").write_text(ZUUL)
    written(checkout, OPENSTACK, "doc/source/data")
    written(checkout / "docs", ALL_IN_ONE)
    monkeypatch.chdir(checkout)
    assert run("check", "--no-cache") == (
        0,
        "No findings in 1 file.\nnot checked: data: there is no manual here; check that of the "
        "repository with --root doc/source or --root docs; only the configuration was checked\n",
    )


NONE_HERE = {
    ("check", "--no-cache"): (
        1,
        "data:1:1: there is no manual here; check that of the repository with {0} [GR100]\n"
        "1 finding in 1 file\n",
    ),
    ("fmt",): (2, "{1}there is no folder data; name the repository's manual with {0}\n"),
    ("new", "platform", "--id", "a"): (
        2,
        "{1}there is no folder data/ in {2}; name the repository's manual with {0}\n",
    ),
    ("import",): (2, "{1}there is no manual in {2}; name the repository's manual with {0}\n"),
    ("encode", "gate"): (
        2,
        "{1}there is no manual in {2}; name the repository's manual with {0}\n",
    ),
    ("plan", "gate"): (
        2,
        "{1}there is no manual in {2}; name the repository's manual with {0}\n",
    ),
    ("build",): (2, "{1}no conf.py in {2}; build that of the repository with {0}\n"),
}


@pytest.mark.parametrize("command", NONE_HERE, ids=lambda command: command[0])
def test_commands_that_need_a_manual_name_those_of_the_repository(command, checkout, monkeypatch):
    written(checkout, OPENSTACK, "doc/source/data")
    written(checkout / "docs", ALL_IN_ONE)
    monkeypatch.chdir(checkout)
    code, output = NONE_HERE[command]
    answer = run(*command)
    assert (answer[0], answer[1][answer[1].find("Error: ") :] if code == 2 else answer[1]) == (
        code,
        output.format("--root doc/source or --root docs", "Error: ", checkout),
    )


def test_check_names_them_where_a_folder_of_data_has_no_records(checkout, monkeypatch):
    written(checkout / "docs", ALL_IN_ONE)
    (checkout / "data").mkdir()
    (checkout / "data/table.csv").write_text("1,2\n")
    monkeypatch.chdir(checkout)
    assert run(*CHECK) == (1, NONE_HERE[CHECK][1].format("--root docs"))


CHECK = ("check", "--no-cache")
WITHOUT = (
    "data:1:1: there is no folder data/ and no Zuul configuration here; 'groundrules init' writes "
    "a manual [GR100]\n1 finding in 1 file\n"
)


@pytest.mark.parametrize("named", ["docs", "docs/data/manual.yaml", "docs/index.rst"])
def test_check_names_the_manual_of_a_file(checkout, monkeypatch, named):
    written(checkout / "docs", ALL_IN_ONE)
    monkeypatch.chdir(checkout)
    code, output = run(*CHECK, named)
    assert (code, output.partition("Error: ")[2]) == (
        2,
        f"{named} is not a file that is checked; for the manual there, write --root docs\n",
    )
    assert run(*CHECK, "--root", "docs", named) == (0, "No findings in 3 files.\n")


def test_check_names_the_manual_of_a_folder_with_a_space_as_a_shell_reads_it(checkout, monkeypatch):
    written(checkout / "our docs", ALL_IN_ONE)
    monkeypatch.chdir(checkout)
    assert run(*CHECK, "our docs")[1].endswith("there, write --root 'our docs'\n")


def test_a_folder_of_data_without_records_is_not_called_a_manual(checkout, monkeypatch):
    (checkout / "site/data").mkdir(parents=True)
    (checkout / ".zuul.yaml").write_text("- job: {name: unit, parent: null, run: unit.yaml}\n")
    monkeypatch.chdir(checkout)
    assert run(*CHECK, "site")[1].endswith(
        "site is not a file that is checked; a check reads the records in data/, the pages and "
        "the CI configuration\n"
    )


def test_a_manual_without_its_data_is_not_named_instead_of_itself(checkout, monkeypatch):
    root = written(checkout / "docs", ALL_IN_ONE)
    (root / "data").rename(checkout / "elsewhere")
    monkeypatch.chdir(root)
    assert run(*CHECK) == (
        1,
        "data:1:1: there is no folder data/ here; 'groundrules init' writes a manual, and a Zuul "
        "configuration is checked without one too [GR100]\n1 finding in 1 file\n",
    )


def test_pages_of_a_project_without_records_are_no_manual(checkout, monkeypatch):
    (checkout / "docs").mkdir()
    (checkout / "docs/conf.py").write_text("project = 'Code'\n")
    monkeypatch.chdir(checkout)
    assert run(*CHECK) == (1, WITHOUT)


def test_a_manual_whose_records_are_elsewhere_is_not_named(checkout, monkeypatch):
    written(checkout / "docs", {"conf.py": f'{CONF}groundrules_data = "../../data"\n'}, "other")
    monkeypatch.chdir(checkout)
    assert run(*CHECK) == (1, WITHOUT)


def test_the_schemas_are_written_beside_the_records(checkout, monkeypatch):
    root = written(checkout / "docs", ALL_IN_ONE)
    (root / "pages").mkdir()
    monkeypatch.chdir(root / "pages")
    code, output = run("schema")
    assert code == 0
    assert output.endswith(f"The schemas in {root}/data/schemas are up to date.\n")
    assert (root / "data/schemas/manual.json").exists()


def test_two_manuals_cannot_share_generated_pages(checkout):
    one = written(checkout / "docs", ALL_IN_ONE)
    assert run("build", "--root", str(one), "-q", "-j", "1")[0] == 0
    two = written(checkout / "docs", {"conf.py": f'{CONF}groundrules_data = "other"\n'}, "other")
    code, output = run("build", "--root", str(two), "-q", "-j", "1")
    assert (code, output) == (
        1,
        f"ERROR: {one}/generated holds the pages of another manual, with its records in "
        f"{one}/data; give each manual a folder of pages of its own\n",
    )
