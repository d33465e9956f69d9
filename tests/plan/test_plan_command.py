"""``groundrules plan``: whole answers, and what it says of requests that it cannot answer."""

import json
import re
import sys
from pathlib import Path

import pytest
from click import BadParameter
from click.testing import CliRunner

from groundrules.cli import main
from groundrules.cli.named_values import DURATION

HERE = Path(__file__).parent
COMMANDS = {
    "documented": ["deploy"],
    "real": ["deploy", "--pipeline", "deploy", "--real"],
    "what-if": [
        *("deploy", "--semaphore", "limit=2", "--merge", "gitea,balancer"),
        *("--duration", "balancer=1 min", "--without-edge", "zuul", "boot"),
    ],
    "never-ends": ["deploy", "--semaphore", "limit=2", "--nodes", "1"],
    "json": ["check", "--format", "json"],
    "day": [
        *("deploy", "--timer", "hourly=0 * * * *", "--rate", "deploy=1", "--serial", "deploy"),
        *("--duration", "balancer=1 min", "--seed", "7"),
    ],
    "two-graphs": ["deploy", "check"],
}


def plan(*args, root):
    return CliRunner().invoke(main, ["plan", "--root", str(root), *args])


@pytest.mark.parametrize("name", COMMANDS)
def test_a_plan_of_a_manual(name, folder, file_regression):
    result = plan(*COMMANDS[name], root=folder / "manual")
    assert result.exit_code == (1 if name == "never-ends" else 0), result.output
    file_regression.check(result.output, fullpath=HERE / "expected" / f"{name}.txt")


PLANNED = "    waits_for: [{job: boot, status: planned, why: The bridge has the checkouts.}]"


@pytest.mark.parametrize(
    ("job", "pipelines"), [("gitea", ["deploy", "hourly"]), ("zuul", ["deploy"])]
)
def test_a_plan_says_where_planned_dependencies_count(folder, job, pipelines):
    data = folder / "manual/data/graphs/deploy.yaml"
    before, name, after = data.read_text("utf-8").partition(f"  - name: {job}\n")
    after = after.replace(PLANNED.replace("status: planned, ", ""), PLANNED, 1)
    data.write_text(before + name + after, "utf-8")
    for pipeline in ("deploy", "hourly"):
        result = plan("deploy", "--pipeline", pipeline, root=folder / "manual")
        says = "Planned dependencies count as if they were enforced." in result.output
        assert says == (pipeline in pipelines), result.output


def test_a_plan_of_a_repository_alone(folder, file_regression):
    builds = folder / "builds.json"
    builds.write_text(json.dumps([build("boot", 1, 300), build("gitea", 2, 600)]))
    args = ("--project", "team/config", "--pipeline", "deploy", "--builds", str(builds))
    result = plan(*args, root=folder / "repository")
    assert result.exit_code == 0, result.output
    file_regression.check(result.output, fullpath=HERE / "expected" / "alone.txt")


def build(job, number, seconds):
    return {
        "uuid": str(number),
        "job_name": job,
        "result": "SUCCESS",
        "duration": float(seconds),
        "pipeline": "deploy",
        "ref": {"project": "team/config"},
    }


JOBS = """\
- job: {name: a, nodeset: {nodes: [{name: n, label: small}]}}
- project: {check: {jobs: [a, elsewhere]}}
"""
BOTH = ["--duration", "a=10m", "--duration", "elsewhere=10m"]
UNSIZED = "The number of nodes of 1 job is not known and counts as 1: elsewhere.\n"


@pytest.mark.parametrize(
    ("args", "table"),
    [
        (["--duration", "a=10m"], ["10 min or more", "10 min or more", "not known"]),
        (["--nodes", "1"], ["not known", "not known", "not known"]),
        ([*BOTH, "--nodes", "1"], ["20 min", "10 min", "20 min"]),
        ([*BOTH], ["20 min", "10 min", "10 min"]),
    ],
)
def test_what_is_not_known_of_jobs_is_not_zero(folder, args, table):
    (folder / "repository/.zuul.yaml").write_text(JOBS)
    output = plan(*args, root=folder / "repository").output
    assert (UNSIZED in output) == ("--nodes" in args)
    lines = output.partition("saved\n")[2].splitlines()[1:4]
    assert [re.split("  +", line)[1:] for line in lines] == [["not known", time] for time in table]


def test_what_is_known_is_compared(folder):
    output = plan("check", "--duration", "docs=3 min", root=folder / "manual").output
    assert "As Zuul starts the jobs  2 min  3 min    1 min longer\n" in output


def test_a_plan_says_where_another_system_starts_the_jobs(folder):
    note = "Another system than Zuul starts these jobs; the plan shows how Zuul would start them.\n"
    assert note not in plan("check", root=folder / "manual").output
    manual = folder / "manual/data/manual.yaml"
    ours = manual.read_text("utf-8").replace("path: ../repository", "system: other")
    manual.write_text(ours, "utf-8")
    assert note in plan("check", root=folder / "manual").output


def test_the_same_day_has_the_same_seed(folder):
    args = ("deploy", "--rate", "deploy=1", "--duration", "balancer=1 min")
    answers = [plan(*args, "--seed", seed, root=folder / "manual").output for seed in "112"]
    assert answers[0] == answers[1] != answers[2]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("5m", 300),
        ("5 min", 300),
        ("90s", 90),
        ("1h", 3600),
        ("1h30m", 5400),
        ("1h 30m", 5400),
        ("1 h 30 min", 5400),
        ("1h2m3s", 3723),
    ],
)
def test_a_duration_can_be_written_without_spaces(text: str, seconds: int):
    assert DURATION.convert(f"web={text}", None, None) == ("web", seconds)


@pytest.mark.parametrize("text", ["5", "5x", "5ms", "5 minutes", "1m1h", "m", "", "-5m"])
def test_a_duration_without_a_known_unit_is_refused(text: str):
    with pytest.raises(BadParameter) as caught:
        DURATION.convert(f"web={text}", None, None)
    assert caught.value.message == (
        f"'web={text}' is not JOB=DURATION, such as 'web=1h30m' or 'web=1 h 30 min'"
    )


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ([], "say which graph to plan; graphs: check, deploy"),
        (["deplyo"], "unknown graph 'deplyo'; did you mean 'deploy'?"),
        (
            ["deploy", "--pipeline", "hourley"],
            "graph 'deploy' has no pipeline 'hourley'; did you mean 'hourly'?",
        ),
        (
            ["deploy", "--duration", "gita=1 min"],
            "deploy, deploy, documented: unknown job 'gita'; did you mean 'gitea'?",
        ),
        (
            ["deploy", "--duration", "gitea=-5 min"],
            "Invalid value for '--duration': 'gitea=-5 min' is not JOB=DURATION, such as "
            "'web=1h30m' or 'web=1 h 30 min'",
        ),
        (
            ["deploy", "--duration", "gitea=1000000 min"],
            "Invalid value for '--duration': 'gitea=1000000 min' is not JOB=DURATION, such as "
            "'web=1h30m' or 'web=1 h 30 min'",
        ),
        (
            ["deploy", "--semaphore", "limit=0"],
            "Invalid value for '--semaphore': 'limit=0' is not NAME=N with a number from 1 to "
            "999999",
        ),
        (
            ["deploy", "--semaphore", "limit=1", "--semaphore", "limit=2"],
            "deploy, deploy, documented: the limit of the semaphore 'limit' is given twice",
        ),
        (
            ["deploy", "--with-edge", "zuul", "gitea", "--without-edge", "zuul", "gitea"],
            "deploy, deploy, documented: 'zuul' cannot both wait for 'gitea' and not",
        ),
        (
            ["deploy", "--with-edge", "boot", "zuul"],
            "deploy, deploy, documented: the jobs wait for each other: boot → zuul → boot",
        ),
        (
            ["deploy", "--merge", "gitea,zuul", "--split", "zuul=2"],
            "deploy, deploy, documented: 'zuul' cannot be both split and merged",
        ),
        (
            ["deploy", "--merge", "gitea,zuul", "--merge", "zuul,boot"],
            "deploy, deploy, documented: 'zuul' is in two merges",
        ),
        (["deploy", "--rate", "chek=3"], "unknown pipeline 'chek'; pipelines: deploy, hourly"),
        (
            ["deploy", "--rate", "deploy=-3"],
            "Invalid value for '--rate': 'deploy=-3' is not PIPELINE=N with a number up to 3600",
        ),
        (
            ["deploy", "--rate", "deploy=3600"],
            "the day has more than 200000 jobs; use lower rates",
        ),
        (
            ["deploy", "--timer", "hourly=0 * *"],
            "'0 * *' has 3 fields; a timer has 5 to 7",
        ),
    ],
)
def test_a_request_that_cannot_be_answered(args, message, folder):
    result = plan(*args, root=folder / "manual")
    assert (result.exit_code, result.output.splitlines()[-1]) == (2, f"Error: {message}")


@pytest.mark.parametrize(
    ("library", "args"),
    [("ortools", ["--exact", "5"]), ("apscheduler", ["--timer", "hourly=0 * * * *"])],
)
def test_without_the_extra_a_sentence_says_what_to_install(library, args, folder, monkeypatch):
    for name in [name for name in sys.modules if name.partition(".")[0] == library]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)  # what imports find where it is missing
    result = plan("deploy", *args, root=folder / "manual")
    message = f"Error: {library} is not installed; install groundrules[plan]"
    assert (result.exit_code, result.output.splitlines()[-1]) == (2, message)


def test_without_the_extra_all_else_works(folder, monkeypatch):
    for library in ("ortools", "apscheduler"):
        monkeypatch.setitem(sys.modules, library, None)
    result = plan(
        "deploy", "--rate", "deploy=1", "--duration", "balancer=1 min", root=folder / "manual"
    )
    assert result.exit_code == 0, result.output


def test_build_records_that_are_none(folder):
    page = folder / "page.html"
    page.write_text("<html>")
    result = plan("deploy", "--builds", str(page), root=folder / "manual")
    assert result.output.splitlines()[-1] == (
        f"Error: {page}: not a list of builds as Zuul returns it: JSON is malformed: invalid "
        "character (byte 0)"
    )


def test_data_with_mistakes_is_not_planned(folder):
    record = folder / "manual/data/graphs/check.yaml"
    record.write_text(record.read_text().replace("1 min", "one minute"))
    result = plan("check", root=folder / "manual")
    assert (result.exit_code, result.output) == (
        1,
        "groundrules: the data has mistakes; correct them first\n"
        "data/graphs/check.yaml:8:38: expected a duration such as 9 min or 1 h 30 min, not "
        "'one minute' [GR107]\n1 finding in 1 file\n",
    )


def test_a_graph_of_an_unknown_configuration_is_planned_as_it_is_documented(folder):
    graph = folder / "manual/data/graphs/deploy.yaml"
    text, known = graph.read_text("utf-8"), plan("deploy", root=folder / "manual")
    elsewhere = "configuration: theirs  # groundrules: ignore[GR111] it is in their manual\n"
    graph.write_text(text.replace("configuration: ours\n", elsewhere), "utf-8")
    result = plan("deploy", root=folder / "manual")
    assert (result.exit_code, result.output) == (0, known.output)
    result = plan("deploy", "--real", root=folder / "manual")
    assert result.exit_code == 2
    assert result.output.endswith(
        "Error: configuration 'theirs': manual.yaml has no configuration of this name\n"
    )


def test_a_graph_that_zuul_refuses_is_not_planned(folder):
    config = folder / "repository/.zuul.yaml"
    config.write_text(config.read_text().replace("- boot\n", "- boot: {dependencies: zuul}\n"))
    result = plan("--project", "team/config", "--pipeline", "deploy", root=folder / "repository")
    assert (result.exit_code, result.output.splitlines()[0]) == (
        1,
        "groundrules: there is no graph team/config deploy master",
    )


RULED = """\
id: rules
title: Rules
configuration: ours
project: team/config
pipelines: [deploy]
jobs:
  - {name: setup, duration: {typical: 1 min}}
  - name: bridge
    duration: {typical: 2 min}
    waits_for:
      - {job: setup, why: It makes the users.}
  - {name: web, duration: {typical: 4 min}}
rules:
  - id: all-after-bridge
    every: {name: '*'}
    waits_for: bridge
    why: Ansible runs from the bridge.
"""


def test_a_rule_over_all_jobs_exempts_those_that_its_job_waits_for(folder):
    (folder / "manual/data/graphs/rules.yaml").write_text(RULED)
    result = plan("rules", root=folder / "manual")
    assert result.exit_code == 0, result.output
    assert "Critical path: setup (1 min) → bridge (2 min) → web (4 min)" in result.output


def test_names_of_strangers_cannot_steer_a_terminal(tmp_path):
    (tmp_path / ".zuul.yaml").write_text(
        "- pipeline: {name: check, manager: independent}\n"
        '- job: {name: "a\\e[31m\\nb", parent: null, run: a.yaml}\n'
        '- project: {name: team/app, check: {jobs: ["a\\e[31m\\nb"]}}\n'
    )
    for option in ([], ["--rate", "check=1"]):
        result = plan("--project", "team/app", *option, root=tmp_path)
        assert result.exit_code == 0, result.output
        assert r"  1  a\x1b[31m\nb" in result.output.splitlines()
        assert "\x1b" not in result.output
