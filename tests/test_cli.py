"""The command ``groundrules``: what it prints, where, and its exit codes."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from groundrules import __version__
from groundrules.cli import COMMANDS, main
from groundrules.records.schema import schemas
from groundrules.rules import every_rule

SMALL = Path(__file__).parent / "sphinx" / "manual"

WHERE = "is not available: manual.yaml does not say where it is; --config"
SKIPPED = (
    f"not checked: graph deploy: configuration 'deployment' {WHERE} "
    "deployment=PATH does for one run\n"
    f"not checked: graph own: configuration 'own' {WHERE} own=PATH does for one run\n"
)
COMPARED = "No graph was compared; not checked: 2 graphs.\n"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments], prog_name="groundrules")


def printed(result: Result) -> tuple[int, str, str]:
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def manual(tmp_path) -> Path:
    root = tmp_path / "manual"
    shutil.copytree(SMALL, root, ignore=shutil.ignore_patterns("generated", "build"))
    return root


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_version():
    assert printed(run("--version")) == (0, f"groundrules, version {__version__}\n", "")


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help(flag):
    assert printed(run(flag)) == (0, HELP, "")


HELP = """\
Usage: groundrules [OPTIONS] COMMAND [ARGS]...

  Document what CI jobs can rely on and how they depend on each other, and
  verify it.

  Exit codes: 0 no findings, 1 findings, 2 wrong usage, 3 the command could not
  continue, 130 or 143 the command was interrupted.

Options:
  --version   Show the version and exit.
  -h, --help  Show this message and exit.

Commands:
  build    Validate the data, generate its pages and build the manual with...
  changes  Show what changed in the promises between two git revisions of...
  check    Check the data and compare its graphs with the real CI...
  encode   Write documented dependencies into Zuul's configuration.
  explain  Explain why RULE exists, with an example.
  fmt      Write data files in one layout.
  graph    Show job graphs as Zuul would freeze them.
  impact   Show who uses an object of the configuration, and what breaks...
  import   Draft a documented graph from a real configuration, or bring one...
  init     Write a new manual, with its pages, examples and CI.
  jobs     Show the jobs that would run for a change, and why the others...
  new      Write a new record into the data.
  plan     Show how long a job graph takes, what holds it back, and what...
  preview  Show the manual in the browser, and build it again after each...
  schema   Write the JSON Schema of each kind of record to FOLDER, for...
  verify   Compare what the manual promises of nodes with the facts of real...
"""


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command):
    result = run(command, "--help")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"Usage: groundrules {command} ")


def test_an_unknown_command_is_a_mistake_of_usage():
    assert printed(run("chekc")) == (
        2,
        "",
        "Usage: groundrules [OPTIONS] COMMAND [ARGS]...\n"
        "Try 'groundrules --help' for help.\n\n"
        "Error: No such command 'chekc'. Did you mean 'check'?\n",
    )


def test_check_is_clean(manual):
    assert printed(run("check", "--root", manual)) == (
        0,
        f"No findings in 15 files.\n{SKIPPED}{COMPARED}",
        "",
    )


def test_check_has_findings(manual):
    replace(manual / "data/expectations/memory.yaml", "order: 10", "ordre: 10")
    replace(manual / "data/graphs/own.yaml", "configuration: own", "configuration: owm")
    assert printed(run("check", "--root", manual)) == (
        1,
        "data/expectations/memory.yaml:4:1: unknown key 'ordre'; did you mean 'order'? [GR105]\n"
        "data/graphs/own.yaml:3:16: unknown configuration 'owm'; did you mean 'own'? [GR111]\n"
        f"2 findings in 2 files\n{SKIPPED.splitlines()[0]}\n"
        "not checked: graph own: configuration 'owm' is not available: "
        "manual.yaml has no configuration of this name\n"
        f"not checked: configuration own: {WHERE.partition(': ')[2]} own=PATH does for one run\n"
        f"{COMPARED}",
        "",
    )


def test_check_says_that_a_manual_which_cannot_be_read_hides_configurations(manual):
    replace(manual / "data/manual.yaml", "title: ", "title:")
    said = run("check", "--root", manual)
    assert said.exit_code == 1
    hidden = "is not available: manual.yaml has mistakes; correct them first"
    assert f"not checked: graph own: configuration 'own' {hidden}\n" in said.output
    assert "has no configuration" not in said.output


@pytest.mark.parametrize("publisher", ["publisher: [A, B]\n", ""])
def test_check_says_that_a_manual_with_mistakes_hides_configurations(manual, publisher):
    path = manual / "data/manual.yaml"
    path.write_text(re.sub("^publisher: .*\n", publisher, path.read_text(), flags=re.M))
    said = run("check", "--root", manual)
    assert said.exit_code == 1
    hidden = "is not available: manual.yaml has mistakes; correct them first"
    assert f"not checked: graph own: configuration 'own' {hidden}\n" in said.output
    assert "has no configuration" not in said.output


def test_check_counts_one_finding_as_one(manual):
    replace(manual / "data/graphs/deploy.yaml", "every: {tag: webserver}", "every: {tag: web}")
    assert printed(run("check", "--root", manual)) == (
        1,
        "data/graphs/deploy.yaml:9:12: rule 'webservers-after-certificates' selects no job of "
        "this graph; correct its 'every' [GR117]\n"
        f"1 finding in 1 file\n{SKIPPED}{COMPARED}",
        "",
    )


def test_check_shows_the_second_place_of_a_finding(manual):
    shutil.copy(manual / "data/graphs/own.yaml", manual / "data/graphs/own-2.yaml")
    result = run("check", "--root", manual)
    assert result.exit_code == 1
    assert "\n    data/graphs/own" in result.stdout


def test_nothing_to_check_is_not_clean(tmp_path):
    assert printed(run("check", "--root", tmp_path)) == (
        1,
        "data:1:1: there is no folder data/ and no Zuul configuration here; 'groundrules init' "
        "writes a manual [GR100]\n"
        "1 finding in 1 file\n",
        "",
    )


def test_check_of_another_folder(manual):
    (manual / "data").rename(manual / "records")
    assert printed(run("check", "--root", manual, "--data", "records")) == (
        0,
        f"No findings in 15 files.\n{SKIPPED}{COMPARED}",
        "",
    )


def test_check_of_a_folder_that_is_not_there(tmp_path):
    result = run("check", "--root", tmp_path / "none")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.endswith(f"Directory '{tmp_path / 'none'}' does not exist.\n")


def test_check_needs_no_sphinx():
    code = (
        "import sys; from groundrules.cli import main\n"
        f"try: main(['check', '--root', {str(SMALL)!r}])\n"
        "except SystemExit: print('sphinx' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == f"No findings in 15 files.\n{SKIPPED}{COMPARED}False\n"


@pytest.mark.parametrize("rule", ["GR105", "gr105", "unknown-key", "Unknown-Key"])
def test_explain(rule):
    assert printed(run("explain", rule)) == (0, UNKNOWN_KEY, "")


UNKNOWN_KEY = """\
GR105 unknown-key (error)

A record has an unknown key.

The key is usually misspelt. Its value would be ignored.

Wrong:

    # data/platforms/vm.yaml
    id: vm
    titel: Virtual machine
    title: VM
    summary: One.

Right:

    # data/platforms/vm.yaml
    id: vm
    title: Virtual machine
    summary: One.

"""


@pytest.mark.parametrize("family", ["GR9", "gr90"])
def test_explain_lists_the_rules_of_a_family(family):
    every = every_rule().values()
    rules = "".join(f"{each.id} {each.name}\n" for each in every if each.id.startswith("GR9"))
    assert rules.startswith("GR901 ")
    assert printed(run("explain", family)) == (0, rules, "")


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("unknown-kye", "unknown rule 'unknown-kye'; did you mean 'unknown-key'?"),
        ("xyz", "unknown rule 'xyz'"),
        ("GR1O5", "unknown rule 'GR1O5'; did you mean 'GR125'?"),
        ("GR999", "unknown rule 'GR999'; families: GR1, GR2, GR3, GR4, GR5, GR6, GR7, GR9"),
        ("gr8", "unknown rule 'gr8'; families: GR1, GR2, GR3, GR4, GR5, GR6, GR7, GR9"),
    ],
)
def test_explain_an_unknown_rule(rule, message):
    assert printed(run("explain", rule)) == (
        2,
        "",
        "Usage: groundrules explain [OPTIONS] RULE\n"
        "Try 'groundrules explain --help' for help.\n\n"
        f"Error: Invalid value for RULE: {message}\n",
    )


def test_schemas_are_not_written_where_no_manual_is(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["schema"])
    assert result.exit_code == 2
    assert result.stderr.endswith(
        f"Error: there is no manual in {tmp_path}; give FOLDER, or write one with "
        "'groundrules init'\n"
    )
    assert [*tmp_path.iterdir()] == []


def test_schema_names_what_it_wrote(tmp_path):
    folder = tmp_path / "schemas"
    written = "".join(f"{folder / name}.json\n" for name in schemas())
    assert printed(run("schema", folder)) == (
        0,
        f"{written}The schemas in {folder} are up to date.\n",
        "",
    )
    assert sorted(path.stem for path in folder.iterdir()) == sorted(schemas())
    assert printed(run("schema", folder)) == (
        0,
        f"The schemas in {folder} are up to date.\n",
        "",
    )


def build(root: Path, *options: object) -> tuple[int, str, str]:
    return printed(run("build", "--root", root, "-q", "-j", "1", *options))


def test_build_says_where_the_manual_is_and_tells_progress_apart(tiny_manual):
    command = [sys.executable, "-m", "groundrules", "build", "--root", tiny_manual, "-j", "1"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    index = tiny_manual / "build" / "html" / "index.html"
    assert (done.returncode, done.stdout) == (0, f"The manual is at {index.as_uri()}\n")
    assert index.is_file()
    assert "build succeeded." in done.stderr
    assert "\x1b" not in done.stdout + done.stderr


def test_build_with_another_builder_and_folder(tiny_manual, tmp_path):
    assert build(tiny_manual, "-b", "text", "-o", tmp_path / "out") == (
        0,
        f"The manual is at {tmp_path / 'out'}\n",
        "",
    )
    assert (tmp_path / "out" / "index.txt").is_file()


@pytest.mark.parametrize(
    ("here", "before"),
    [(".", ""), ("..", "manual/"), ("source", "../"), ("../elsewhere", "{manual}/")],
)
def test_build_names_mistakes_in_data_by_paths_that_exist(manual, monkeypatch, here, before):
    replace(manual / "data/expectations/memory.yaml", "order: 10", "ordre: 10")
    folder = (manual / here).resolve()
    folder.mkdir(exist_ok=True)
    monkeypatch.chdir(folder)
    assert build(manual) == (
        1,
        "",
        f"{before.format(manual=manual)}data/expectations/memory.yaml:4:1: ERROR: unknown key "
        "'ordre'; did you mean 'order'? [GR105]\n"
        "ERROR: 1 mistake in 1 file; nothing was built\n",
    )


@pytest.fixture(scope="module")
def warned(tmp_path_factory) -> Path:
    """A manual whose every build has one warning; pages without one are read only once."""
    manual = tmp_path_factory.mktemp("warned") / "manual"
    shutil.copytree(SMALL, manual, ignore=shutil.ignore_patterns("generated", "build"))
    replace(manual / "source/quiet.rst", "no record", ":ci:job:`gitae`")
    return manual


def test_build_fails_on_a_warning_where_asked(warned):
    assert build(warned, "-W") == (
        1,
        "",
        f"{warned}/source/quiet.rst:4: WARNING: unknown job 'gitae'; did you mean 'gitea'? "
        "[ref.job]\n",
    )


def test_build_that_cannot_go_on(manual):
    (manual / "conf.py").write_text("extensions = ['groundrules.nothing']\n")
    code, output, errors = build(manual)
    assert (code, output) == (3, "")
    assert "Could not import extension groundrules.nothing" in errors


def test_build_without_a_manual(tmp_path):
    assert printed(run("build", "--root", tmp_path)) == (
        2,
        "",
        "Usage: groundrules build [OPTIONS]\n"
        "Try 'groundrules build --help' for help.\n\n"
        f"Error: no conf.py in {tmp_path}; give the manual's folder with --root, or that of its "
        "pages with --source; 'groundrules init' writes a new manual\n",
    )


def test_build_with_an_unknown_builder(manual):
    code, output, errors = build(manual, "-b", "htlm")
    assert (code, output, errors) == (
        2,
        "",
        "Usage: groundrules build [OPTIONS]\n"
        "Try 'groundrules build --help' for help.\n\n"
        "Error: unknown builder 'htlm'; did you mean 'html'?\n",
    )


def test_build_with_the_builder_of_an_extension(tiny_manual):
    (tiny_manual / "conf.py").write_text(
        (tiny_manual / "conf.py").read_text() + "import sys, types\n"
        "from sphinx.builders.dummy import DummyBuilder\n"
        "class Nothing(DummyBuilder):\n    name = 'nothing'\n"
        "ours = sys.modules['ours'] = types.ModuleType('ours')\n"
        "ours.setup = lambda app: app.add_builder(Nothing)\n"
        "extensions.append('ours')\n"
    )
    assert build(tiny_manual, "-b", "nothing")[0] == 0


@pytest.mark.parametrize(
    ("here", "page"),
    [(".", "source/quiet.rst"), ("source", "quiet.rst"), ("..", "manual/source/quiet.rst")],
)
def test_build_names_pages_from_where_one_stands(warned, monkeypatch, here, page):
    monkeypatch.chdir(warned / here)
    assert build(warned) == (
        0,
        f"The manual is at {(warned / 'build/html/index.html').as_uri()}\n",
        f"{page}:4: WARNING: unknown job 'gitae'; did you mean 'gitea'? [ref.job]\n",
    )
