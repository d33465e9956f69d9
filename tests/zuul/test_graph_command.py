"""``groundrules graph`` from the outside: every format, every answer, every exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from groundrules.cli import main

CASES = Path(__file__).parent / "cases"

TENANT = (
    "- tenant: {name: t, source: {git: {config-projects: [config], untrusted-projects: [app]}}}\n"
)
CONFIG = """\
- pipeline: {name: check, manager: independent}
- pipeline: {name: gate, manager: dependent}
- job: {name: base, parent: null, run: play.yaml}
- semaphore: {name: bridge, max: 1}
"""
APP = """\
- job: {name: build}
- job: {name: lint, voting: false}
- job: {name: unit, dependencies: [build]}
- job: {name: system, parent: unit, semaphores: bridge}
- job: {name: old, branches: stable/.*}
- job:
    name: publish
    dependencies:
      - unit
      - name: lint
        soft: true
      - name: sign
        soft: true
- job: {name: sign}
- project-template:
    name: usual
    check:
      jobs: [build, unit]
- project:
    templates: [usual]
    check:
      jobs: [lint, system, old, publish]
    gate:
      jobs: [unit]
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {"main.yaml": TENANT, "config/master/zuul.yaml": CONFIG, "app/master/.zuul.yaml": APP}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def run(root: Path, *arguments: str) -> Result:
    where = ["--tenant-config", str(root / "main.yaml"), "--root", str(root), "--no-cache"]
    return CliRunner().invoke(main, ["graph", *where, *arguments])


def output(root: Path, *arguments: str) -> str:
    return run(root, "--project", "app", "--pipeline", "check", *arguments).stdout


def test_text_is_a_tree(root: Path):
    assert (
        output(root)
        == """\
app check master: 5 jobs, 4 edges, 1 soft, 1 dangling, 1 not here

build
├─ unit
│  └─ publish  (also after ~lint)
└─ system  (semaphore bridge)
lint  (non-voting)

Waits for nothing, since the other job is not here:
  publish ~ sign  app/master/.zuul.yaml:12:9

Not here:
  old: no definition of 'old' is for the branch 'master'  app/master/.zuul.yaml:22:28
"""
    )


def test_a_job_has_a_neighbourhood(root: Path):
    assert (
        output(root, "--job", "system")
        == """\
app check master: 2 jobs, 1 edge

build
└─ system  (semaphore bridge)
"""
    )


def test_why_tells_the_chain(root: Path):
    assert (
        output(root, "--why", "system", "build")
        == """\
app check master

system waits strictly for build
  written at app/master/.zuul.yaml:3:36
  in job 'unit' at app/master/.zuul.yaml:3:3
  → job 'system' at app/master/.zuul.yaml:4:3
  → mention of 'system' at app/master/.zuul.yaml:22:20
  → project 'app' at app/master/.zuul.yaml:19:3
"""
    )


def test_why_tells_a_template_and_a_way_through_others(root: Path):
    assert (
        output(root, "--why", "publish", "build")
        == """\
app check master

publish waits for build through others:

publish waits strictly for unit
  written at app/master/.zuul.yaml:9:9
  in job 'publish' at app/master/.zuul.yaml:6:3
  → mention of 'publish' at app/master/.zuul.yaml:22:33
  → project 'app' at app/master/.zuul.yaml:19:3
unit waits strictly for build
  written at app/master/.zuul.yaml:3:36
  in job 'unit' at app/master/.zuul.yaml:3:3
  → mention of 'unit' at app/master/.zuul.yaml:18:21
  → template 'usual' at app/master/.zuul.yaml:15:3
  → project 'app' at app/master/.zuul.yaml:19:3
"""
    )


def test_why_tells_that_there_is_nothing(root: Path):
    assert output(root, "--why", "build", "lint").endswith("build does not wait for lint.\n")


def test_why_tells_that_an_edge_dangles(root: Path):
    text = output(root, "--why", "publish", "sign")
    assert "publish waits softly for sign, which is not here: the edge has no effect\n" in text


def test_dot(root: Path):
    assert (
        output(root, "--format", "dot", "--job", "system")
        == """\
digraph {
  label="app check master";
  rankdir=LR;
  node [shape=box];
  "build";
  "system";
  "build" -> "system";
}
"""
    )


def test_mermaid(root: Path):
    assert (
        output(root, "--format", "mermaid", "--job", "publish")
        == """\
flowchart LR
  accTitle: app check master
  j0["build"]
  j1["unit"]
  j2["lint"]
  j3["publish"]
  j4("sign")
  j0 --> j1
  j1 --> j3
  j2 -.-> j3
  j4 -.-> j3
"""
    )


def test_json_has_places_and_chains(root: Path):
    graph = json.loads(output(root, "--format", "json"))
    assert (graph["project"], graph["pipeline"], graph["error"]) == ("app", "check", None)
    assert graph["waves"] == [["build", "lint"], ["unit", "system"], ["publish"]]
    [system] = [job for job in graph["jobs"] if job["name"] == "system"]
    assert system["parents"] == ["unit", "base"]
    assert system["semaphores"][0]["location"] == {
        "path": "app/master/.zuul.yaml",
        "line": 4,
        "column": 49,
    }


def test_json_of_all_pipelines_is_a_list(root: Path):
    graphs = json.loads(run(root, "--project", "app", "--format", "json").stdout)
    assert [graph["pipeline"] for graph in graphs] == ["check", "gate"]
    assert [bool(graph["error"]) for graph in graphs] == [False, True]


def test_jsonl_is_a_line_a_graph(root: Path):
    lines = run(root, "--all", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines][1] == {
        "project": "app",
        "pipeline": "gate",
        "branch": "master",
        "jobs": [],
        "error": "app/master/.zuul.yaml:3:36: the job 'unit' waits for 'build', "
        "which is not in the graph [GR608]",
    }


@pytest.mark.parametrize(
    ("job", "around"),
    [("system", ["build", "system"]), ("unit", ["build", "unit", "publish"]), ("lint", None)],
)
def test_jsonl_of_a_job_has_what_json_of_it_has(root: Path, job: str, around: list[str] | None):
    asked = ("--project", "app", "--pipeline", "check", "--job", job)
    lines = run(root, *asked, "--format", "jsonl").stdout.splitlines()
    [line] = [json.loads(each) for each in lines]
    graph = json.loads(run(root, *asked, "--format", "json").stdout)
    names = [each["name"] for each in line["jobs"]]
    assert names == [each["name"] for each in graph["jobs"]]
    assert names == (around or names)


def test_a_graph_that_cannot_be_built_is_exit_code_1(root: Path):
    result = run(root, "--project", "app", "--pipeline", "gate")
    assert result.exit_code == 1
    assert result.stdout.startswith("app gate master: no graph\n  app/master/.zuul.yaml:3:36: ")


def test_all_graphs_are_an_answer_whatever_is_in_them(root: Path):
    assert run(root, "--all").exit_code == 0


@pytest.fixture
def branched(root: Path) -> Path:
    """The tenant with a second project, and a second branch of the first one."""
    (root / "main.yaml").write_text(TENANT.replace("[app]", "[app, doc]"))
    for place in ("app/stable", "doc/master"):
        (root / place).mkdir(parents=True)
        (root / place / ".zuul.yaml").write_text("- project: {check: {jobs: [base]}}\n")
    return root


APP_CHECK, APP_GATE = "app check master", "app gate master"
APP_STABLE, DOC_CHECK = "app check stable", "doc check master"


@pytest.mark.parametrize(
    ("arguments", "graphs"),
    [
        ([], [APP_CHECK, APP_GATE, APP_STABLE, DOC_CHECK]),
        (["--pipeline", "gate"], [APP_GATE]),
        (["--pipeline", "check"], [APP_CHECK, APP_STABLE, DOC_CHECK]),
        (["--branch", "stable"], [APP_STABLE]),
        (["--branch", "master", "--pipeline", "check"], [APP_CHECK, DOC_CHECK]),
        (["--project", "app"], [APP_CHECK, APP_GATE, APP_STABLE]),
        (["--project", "doc", "--branch", "master"], [DOC_CHECK]),
        (["--pipeline", "check", "--job", "unit"], [APP_CHECK]),
    ],
)
def test_all_graphs_are_those_of_the_other_options(
    branched: Path, arguments: list[str], graphs: list[str]
):
    lines = run(branched, "--all", *arguments, "--format", "jsonl").stdout.splitlines()
    values = map(json.loads, lines)
    names = [" ".join((each["project"], each["pipeline"], each["branch"])) for each in values]
    assert names == graphs


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["--pipeline", "gat"],
            "no pipeline 'gat' is defined or used here; did you mean 'gate'?",
        ),
        (["--branch", "stabel"], "no project here has the branch 'stabel'; did you mean 'stable'?"),
        (["--project", "ap"], "no project 'ap' is in the tenant; did you mean 'app'?"),
        (["--project", "doc", "--pipeline", "gate"], "doc is not in the pipeline 'gate'"),
        (
            ["--pipeline", "gate", "--branch", "stable"],
            "no project is in the pipeline 'gate' on the branch 'stable'",
        ),
    ],
)
def test_all_graphs_of_what_is_not_there_are_a_mistake(
    branched: Path, arguments: list[str], message: str
):
    result = run(branched, "--all", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.endswith(f"Error: {message}\n")


def test_the_cached_graphs_are_of_all(branched: Path, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    where = ["--tenant-config", str(branched / "main.yaml"), "--root", str(branched)]
    asked = ["graph", *where, "--all", "--format", "jsonl"]
    first = CliRunner().invoke(main, asked).stdout
    some = CliRunner().invoke(main, [*asked, "--pipeline", "gate"]).stdout
    assert some.splitlines() == [line for line in first.splitlines() if '"gate"' in line]
    assert CliRunner().invoke(main, asked).stdout == first


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--project", "ap"], "no project 'ap' is in the tenant; did you mean 'app'?"),
        (["--pipeline", "check"], "say which --project is meant, or --all"),
        (
            ["--project", "app", "--pipeline", "chekc"],
            "app is not in the pipeline 'chekc' on 'master'; did you mean 'check'?",
        ),
        (
            ["--project", "app", "--branch", "stable/1"],
            "app is in no pipeline on the branch 'stable/1'",
        ),
        (
            ["--project", "app", "--pipeline", "check", "--job", "untit"],
            "no job 'untit' is in app check master; did you mean 'unit'?",
        ),
        (
            ["--project", "app", "--pipeline", "check", "--job", "old"],
            "'old' is not in app check master: no definition of 'old' is for the branch 'master'",
        ),
    ],
)
def test_a_question_that_makes_no_sense_is_exit_code_2(
    root: Path, arguments: list[str], message: str
):
    result = run(root, *arguments)
    assert result.exit_code == 2
    assert result.stderr.endswith(f"Error: {message}\n")


def test_findings_are_counted_or_listed(root: Path):
    (root / "app/master/.zuul.yaml").write_text(APP + "- jobs: {}\n")
    assert (
        run(root, "--all").stderr == "1 finding in the configuration; use --findings to list them\n"
    )
    assert run(root, "--all", "--findings").stderr == (
        "app/master/.zuul.yaml:25:3: unknown object 'jobs'; did you mean 'job'? [GR602]\n"
        "1 finding in 1 file\n"
    )


def test_a_job_may_be_named_like_an_option():
    root = CASES / "strange-names"
    text = run(root, "--project", "app", "--pipeline", "check", "--job=--format").stdout
    assert text.startswith('app check master: 2 jobs, 1 edge\n\n--format\n└─ -> ]"\n')
    why = run(root, "--project", "app", "--pipeline", "check", "--why", '-> ]"', "--format").stdout
    assert '\n-> ]" waits strictly for --format\n' in why


def test_one_repository_needs_no_tenant_file(root: Path):
    repository = str(root / "app/master")
    result = CliRunner().invoke(main, ["graph", "--root", repository, "--no-cache"])
    assert result.stdout.startswith("master check master: 5 jobs, 4 edges")


def test_a_rule_of_the_resolver_is_explained():
    result = CliRunner().invoke(main, ["explain", "zuul-no-graph"])
    assert result.stdout.startswith("GR608 zuul-no-graph (error)\n\nA job graph cannot be built")
