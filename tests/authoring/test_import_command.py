"""``groundrules import``: what it refuses, and what is safe whatever happens."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from groundrules.authoring.drafts import edited_files
from groundrules.cli import main
from groundrules.clock import VARIABLE
from groundrules.interrupts import Interrupted
from repositories import git

MANUAL = "title: Ours\npublisher: Us\nsummary: What waits for what.\n"
ZUUL = """\
- job: {name: base, parent: null, run: base.yaml}
- job:
    name: web
    parent: null
    run: web.yaml
    dependencies: [base]
    nodeset: {nodes: [{name: web, label: small}]}
- project: {name: team/app, check: {jobs: [base, web]}}
"""


@pytest.fixture
def manual(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "app"
    (root / "data").mkdir(parents=True)
    (root / "data/manual.yaml").write_text(MANUAL)
    (root / ".zuul.yaml").write_text(ZUUL)
    monkeypatch.chdir(root)
    monkeypatch.setenv(VARIABLE, "1796000000")
    return root


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["import", "--no-cache", *arguments])


GRAPH = "data/graphs/app-check.yaml"


def test_a_draft_passes_the_check_and_is_imported_once(manual: Path) -> None:
    assert run(".").stdout.splitlines() == [
        "data/manual.yaml: the configuration is named there",
        f"{GRAPH}: 2 jobs, 1 dependency without a reason yet",
    ]
    done = CliRunner().invoke(main, ["check", "--no-cache", "--select", "GR1,GR2,GR3"])
    assert (done.exit_code, done.stdout.count("[GR")) == (0, 1)
    before = (manual / GRAPH).read_bytes()
    assert run(".").stdout == f"{GRAPH}: nothing is new\n"
    assert (manual / GRAPH).read_bytes() == before


def test_labels_that_are_documented_later_are_added(manual: Path) -> None:
    run(".")
    assert run(".", "--labels").stdout == "data/platforms/nodes.yaml: 1 label, 0 providers\n"
    assert run(".").stdout == f"{GRAPH}: 1 new\n"
    assert "    labels: [small]\n    waits_for:\n" in (manual / GRAPH).read_text()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_word_and_line_end_stays(manual: Path, end: str) -> None:
    run(".")
    text = (
        (manual / GRAPH).read_text().replace("job: base", "job: base # first\n        why: Ours.")
    )
    text = text.replace("  - name: web\n", "\n  # the pages\n  - name: 'web'\n")
    (manual / GRAPH).write_bytes(text.replace("\n", end).encode())
    (manual / ".zuul.yaml").write_text(ZUUL.replace("[base, web]", "[base, web, noop]"))
    assert run(".").stdout == f"{GRAPH}: 1 new\n"
    added = "\n  - name: noop\n"
    assert (manual / GRAPH).read_bytes() == f"{text}{added}".replace("\n", end).encode()


@pytest.mark.parametrize(
    ("project", "pipeline", "message"),
    [
        ("team/a\\e[31m", "check", r"project 'team/a\x1b[31m'"),
        ("team/app", "on merge", "pipeline 'on merge'"),
    ],
)
def test_a_graph_is_refused_whose_names_a_record_cannot_have(
    manual: Path, project: str, pipeline: str, message: str
) -> None:
    text = ZUUL.replace("team/app", f'"{project}"').replace("check:", f'"{pipeline}":')
    (manual / ".zuul.yaml").write_text(text)
    done = run(".")
    assert done.exit_code == 2
    assert done.stderr.endswith(f"Error: a record cannot have the name of the {message}\n")
    assert not (manual / "data/graphs").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--platform", "vm"], "--platform is for labels; add --labels"),
        (["--labels", "--graph", "x"], "--graph and --pipeline are for graphs; leave out --labels"),
        ([".", "--tenant", "x"], "--tenant and --connection need a tenant file as SOURCE"),
        (
            [".", "--graph", "Deploy it"],
            "'Deploy it' cannot be the id of a graph; write lower-case letters, digits and hyphens",
        ),
        ([".", "--project", "team/other"], "team/other is not known to be in a pipeline"),
        (
            [".", "--labels", "--platform", "A b"],
            "'A b' cannot be the id of a platform; write 'a-b'",
        ),
    ],
)
def test_a_request_that_cannot_be_answered(
    manual: Path, arguments: list[str], message: str
) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert f"Error: {message}" in done.stderr
    assert (manual / "data/manual.yaml").read_text() == MANUAL


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["--graph", "app-check", "--pipeline", "gate"],
            "graph 'app-check' does not have the pipeline 'gate'; use another --graph, or add it "
            "to 'pipelines' there first",
        ),
        (
            ["--graph", "app-check", "--project", "team/other"],
            "graph 'app-check' is about the project 'team/app', not 'team/other'; use another "
            "--graph",
        ),
    ],
)
def test_a_record_about_something_else(manual: Path, arguments: list[str], message: str) -> None:
    run(".")
    done = run(*arguments)
    assert (done.exit_code, done.stderr.splitlines()[-1]) == (2, f"Error: {message}")


def test_a_branch_that_the_repository_does_not_have(manual: Path) -> None:
    beside = manual.parent / "lib"
    beside.mkdir()
    (beside / ".zuul.yaml").write_text(ZUUL)
    git(beside, "init", "-q", "-b", "main")
    git(beside, "add", "-A")
    git(beside, "commit", "-q", "-m", "first")
    done = run("../lib", "--pipeline", "check", "--branch", "stable/1")
    assert done.exit_code == 2
    assert done.stderr.endswith(
        "Error: configuration 'lib': lib has no branch 'stable/1' there; branches: main\n"
    )


def commit(folder: Path) -> None:
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "first")


@pytest.fixture
def lib(manual: Path) -> Path:
    """A folder with a configuration beside the manual."""
    folder = manual.parent / "lib"
    folder.mkdir()
    (folder / ".zuul.yaml").write_text(ZUUL)
    return folder


def outcome(*options: str) -> str:
    """Return the last line of a check: what was compared."""
    done = CliRunner().invoke(main, ["check", "--no-cache", "--select", "GR1,GR2,GR3", *options])
    return done.stdout.splitlines()[-1]


PARTIAL = (
    "the coverage is partial: another repository may add jobs; write 'coverage: complete' if none "
    "does, or import with the tenant file\n"
)
COMPARED = "1 graph with 2 jobs and 1 dependency compared with lib."


def test_a_repository_beside_is_compared_from_then_on(manual: Path, lib: Path) -> None:
    commit(lib)
    assert run("../lib", "--pipeline", "check").stderr == PARTIAL
    assert outcome() == COMPARED


def test_a_repository_beside_that_of_a_nested_manual_is_compared_from_then_on(
    manual: Path, lib: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(lib)
    commit(manual)
    (manual / "doc").mkdir()
    (manual / "data").rename(manual / "doc/data")
    monkeypatch.chdir(manual / "doc")
    assert run("../../lib", "--pipeline", "check").stderr == PARTIAL
    assert "    git: ../../lib\n" in (manual / "doc/data/manual.yaml").read_text()
    assert outcome() == COMPARED


def test_the_command_that_compares_a_folder_without_git(manual: Path, lib: Path) -> None:
    note = (
        "manual.yaml cannot name the place of 'lib': ../lib is not a git repository; instead, "
        "compare with: groundrules check --config lib=../lib\n"
    )
    assert run("data/../../lib", "--pipeline", "check").stderr == f"{PARTIAL}{note}"
    assert outcome() == "No graph was compared; not checked: 1 graph."
    assert outcome("--config", "lib=../lib") == COMPARED
    assert run("../lib", "--pipeline", "check").stderr == note
    commit(lib)
    assert run(str(lib), "--pipeline", "check").stderr == (
        "add 'git: ../lib' to configuration 'lib' in manual.yaml; until then, compare with: "
        "groundrules check --config lib=../lib\n"
    )


def test_the_place_to_add_has_the_quotes_that_yaml_needs(manual: Path, lib: Path) -> None:
    lib = lib.rename(lib.with_name("lib #1"))
    run("../lib #1", "--pipeline", "check")
    commit(lib)
    assert run("../lib #1", "--pipeline", "check").stderr == (
        "add \"git: '../lib #1'\" to configuration 'lib-1' in manual.yaml; until then, compare "
        "with: groundrules check --config 'lib-1=../lib #1'\n"
    )


@pytest.mark.parametrize(
    ("in_git", "where"),
    [(True, "the folder that this repository is in"), (False, "the folder above this manual")],
)
def test_the_command_that_compares_a_repository_further_away(
    manual: Path, lib: Path, monkeypatch: pytest.MonkeyPatch, in_git: bool, where: str
) -> None:
    commit(lib)
    (manual.parent / "manuals").mkdir()
    manual = manual.rename(manual.parent / "manuals/app")
    monkeypatch.chdir(manual)
    if in_git:
        commit(manual)
    assert run("data/../../../lib", "--pipeline", "check").stderr == (
        f"{PARTIAL}manual.yaml cannot name the place of 'lib': '../../lib' leads out of "
        f"{where}; instead, compare with: groundrules check --config lib=../../lib\n"
    )
    assert outcome("--config", "lib=../../lib") == COMPARED


def test_the_path_of_a_command_follows_the_links_that_it_has_to(manual: Path, lib: Path) -> None:
    (manual.parent / "far").mkdir()
    lib.rename(manual.parent / "far/my lib")
    (manual / "link").symlink_to(manual.parent / "far")
    assert run("link/../far/my lib", "--pipeline", "check", "--diff").stderr.endswith(
        "; instead, compare with: groundrules check --config 'my-lib=../far/my lib'\n"
    )


def test_a_file_that_is_in_the_way(manual: Path) -> None:
    (manual / "data/graphs").mkdir()
    (manual / GRAPH).write_text("")
    done = run(".")
    assert done.exit_code == 1  # an empty record is a mistake of the data
    (manual / GRAPH).unlink()
    (manual / GRAPH).symlink_to("/etc/nothing.yaml")
    done = run(".")
    assert done.exit_code != 0
    assert (manual / "data/manual.yaml").read_text() == MANUAL


def test_a_file_that_cannot_be_written(manual: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, text: str) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(edited_files, "write_text", full)
    (manual / "data/manual.yaml").write_text(
        f"{MANUAL}configurations: [{{id: ours, title: Ours, path: .}}]\n"
    )
    done = run()
    assert done.exit_code == 3
    assert done.stderr == f"groundrules: {manual / GRAPH}: No space left on device\n"


def test_an_interrupted_import_leaves_whole_files(
    manual: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(path: Path, text: str) -> None:
        raise Interrupted

    monkeypatch.setattr(edited_files, "write_text", interrupted)
    assert run(".").exit_code == 130
    monkeypatch.undo()
    monkeypatch.chdir(manual)
    assert run(".").exit_code == 0


@pytest.mark.repository
def test_nothing_is_new_in_this_manual(monkeypatch: pytest.MonkeyPatch) -> None:
    root = Path(__file__).parents[2]
    monkeypatch.chdir(root)
    example = ("examples/project-config", "--configuration", "opendev-cd")
    graphs = [path.stem for path in sorted((root / "data/graphs").glob("*.yaml"))]
    for graph in graphs:
        source = () if graph == "groundrules-ci" else example
        done = run(*source, "--graph", graph, "--diff")
        assert (done.exit_code, done.output) == (0, "")
