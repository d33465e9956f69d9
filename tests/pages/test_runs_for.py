"""For which changed files a job runs: in words on its page, and as data for the script."""

from __future__ import annotations

import json
from typing import Any

import pytest

from groundrules.claims.verdicts import Verdicts
from groundrules.graphs.change_rules import ChangeRules, JobRules
from groundrules.graphs.elements import FilePattern
from groundrules.pages.runs_for import LARGEST, RunsFor
from groundrules.records.graph import Graph
from groundrules.systems import OTHER

DOCS, TESTS = FilePattern("^docs/"), FilePattern("^tests/", negate=True)


def graph(*jobs: dict[str, Any]) -> Graph:
    return Graph.model_validate(
        {
            "id": "own",
            "title": "Our jobs",
            "configuration": "ours",
            "project": "team/app",
            "pipelines": ["check", "gate"],
            "jobs": list(jobs) or [{"name": "unit"}],
        }
    )


def words(*rules: JobRules, gate: JobRules | None = None, record: Graph | None = None) -> list[str]:
    """Return what the page of the first job says of real rules."""
    in_gate = (gate, *rules[1:]) if gate else rules
    changes = {"check": ChangeRules(jobs=rules), "gate": ChangeRules(jobs=in_gate)}
    record = record or graph()
    runs_for = RunsFor(record, Verdicts(changes={"own": changes} if rules else {}))
    return [*map(str, runs_for.words(record.jobs[0]))]


@pytest.mark.parametrize(
    ("rules", "text"),
    [
        ({}, "every change"),
        ({"files": ()}, "no changed file"),
        (
            {"files": (DOCS, TESTS)},
            "a change of a file that matches :literal:`^docs/` or not :literal:`^tests/`",
        ),
        (
            {"irrelevant_files": (DOCS,)},
            "every change, unless each of its files matches :literal:`^docs/`",
        ),
        (
            {"files": (TESTS,), "irrelevant_files": (DOCS,)},
            "a change of a file that matches not :literal:`^tests/`, unless each changed file "
            "matches :literal:`^docs/`",
        ),
        (
            {"files": (DOCS,), "own_files": ("run.yaml",)},
            "a change of a file that matches :literal:`^docs/`; also for ``run.yaml``",
        ),
        (
            {"elsewhere": ("tox",)},
            "every change; what ``tox`` in another repository adds is not known",
        ),
    ],
)
def test_the_rules_of_the_configuration_in_words(rules, text):
    assert words(JobRules(job="unit", **rules)) == [text]


def test_a_job_that_another_one_forces():
    rules = JobRules(job="unit", files=(DOCS,)), JobRules(job="deploy", forces=("unit",))
    assert words(*rules) == [
        "a change of a file that matches :literal:`^docs/`; also where ``deploy`` runs, which "
        "waits for it"
    ]


def test_pipelines_that_differ():
    gate = JobRules(job="unit", files=(DOCS,))
    assert words(JobRules(job="unit"), gate=gate) == [
        "check: every change",
        "gate: a change of a file that matches :literal:`^docs/`",
    ]


def test_many_expressions_are_counted():
    files = tuple(FilePattern(f"a{number}") for number in range(14))
    [text] = words(JobRules(job="unit", files=files))
    assert text.endswith("``a11`` or 2 more")


def test_without_a_configuration_the_documented_files_count():
    record = graph({"name": "unit", "files": ["^src/", "^lib/"]})
    documented = "a change of :literal:`^src/` or :literal:`^lib/`, as documented"
    assert words(record=record) == [documented]


def test_nothing_is_said_where_nothing_is_known():
    assert words() == []
    assert words(JobRules(job="unit", is_known=False)) == []


def data(record: Graph, verdicts: Verdicts = Verdicts(), system: str = "zuul") -> Any:
    text = RunsFor(record, verdicts, system).data
    return json.loads(text) if text else None


def no_data(record: Graph, verdicts: Verdicts = Verdicts(), system: str = "zuul") -> str:
    return RunsFor(record, verdicts, system).unknown


def test_without_data_the_page_says_why():
    rules = ChangeRules(jobs=(JobRules(job="unit"),))
    of_check = Verdicts(changes={"own": {"check": rules}})
    long = ChangeRules(jobs=(JobRules(job="a" * LARGEST),))
    too_long = Verdicts(changes={"own": {"check": long, "gate": long}})
    assert [no_data(graph()), no_data(graph(), of_check), no_data(graph(), too_long)] == [
        "Which jobs a changed file starts is not known: the configuration was not read.",
        "Which jobs a changed file starts is not known: a pipeline has no graph.",
        "Which jobs a changed file starts is not shown: the expressions are too long.",
    ]


def test_a_pipeline_that_no_change_starts_is_not_asked_for_files():
    jobs = (JobRules(job="unit", files=(DOCS,)),)
    timed, usual = ChangeRules(jobs=jobs, only_start="a timer"), ChangeRules(jobs=jobs)
    both = Verdicts(changes={"own": {"check": usual, "gate": timed}})
    assert [group["pipelines"] for group in data(graph(), both)["groups"]] == [["check"]]
    assert [*map(str, RunsFor(graph(), both).words(graph().jobs[0]))] == [
        "check: a change of a file that matches :literal:`^docs/`",
        "gate: no change: only a timer starts the pipeline",
    ]
    never = Verdicts(changes={"own": {"check": timed, "gate": timed}})
    assert data(graph(), never) is None
    assert no_data(graph(), never) == (
        "No changed file starts a job: only timers or tags start the pipelines."
    )


def test_no_configuration_that_is_kept_by_hand_says_it():
    assert no_data(graph(), system=OTHER) == (
        "Which jobs a changed file starts is not known: the configuration is kept by hand."
    )


def test_with_data_the_page_has_no_reason():
    rules = ChangeRules(jobs=(JobRules(job="unit"),))
    assert no_data(graph(), Verdicts(changes={"own": {"check": rules, "gate": rules}})) == ""
    assert no_data(graph({"name": "unit", "files": ["^src/"]})) == ""


def test_the_data_of_documented_files():
    waits = [{"job": "unit", "why": "It builds."}, {"job": "lint", "why": "Style.", "soft": True}]
    record = graph(
        {"name": "lint", "files": ["^src/"]},
        {"name": "unit", "files": ["^src/", "(?i)readme"]},
        {"name": "deploy", "files": ["^deploy/"], "waits_for": waits},
    )
    read = data(record)
    assert read["isReal"] is False
    assert read["patterns"] == [
        [r"^(?:^src\u{2f})", False],
        [None, False],
        [r"^(?:^deploy\u{2f})", False],
    ]
    [group] = read["groups"]
    assert group["pipelines"] == ["check", "gate"]
    jobs = [(job["name"], job["files"], job["forces"]) for job in group["jobs"]]
    assert jobs == [("lint", [0], []), ("unit", [0, 1], []), ("deploy", [2], [1])]


def test_there_is_no_field_where_the_files_of_one_job_are_not_known():
    assert data(graph({"name": "lint", "files": ["^src/"]}, {"name": "unit"})) is None


def test_there_is_no_field_where_the_graph_of_one_pipeline_is_not_known():
    rules = {"check": ChangeRules(jobs=(JobRules(job="unit"),))}
    record = graph({"name": "unit", "files": ["^src/"]})
    assert data(record, Verdicts(changes={"own": rules})) is None


def test_files_of_another_system_are_not_expressions():
    assert data(graph({"name": "unit", "files": ["src/**"]}), system="other") is None


def test_there_is_no_field_of_more_data_than_a_page_should_have():
    files = [f"^{'a' * 100}{number}$" for number in range(4000)]
    assert data(graph({"name": "unit", "files": files})) is None
