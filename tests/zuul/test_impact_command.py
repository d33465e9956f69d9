"""``groundrules impact`` from the outside: a folder of ``impact/`` is a configuration.

Its ``answers.txt`` has a question after each ``$``, then the whole answer.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from groundrules.ci.impact_question import ImpactQuestion
from groundrules.cli import main
from groundrules.cli.cached_answers import impact_answer

CASES = Path(__file__).parent / "impact"


def answer(folder: Path, *arguments: str) -> str:
    """Return the output; for a refusal, the message after the usage."""
    tenant = folder / "main.yaml"
    where = ["--tenant-config", str(tenant)] if tenant.exists() else []
    root = str(folder if where else folder / "repository")
    result = CliRunner().invoke(main, ["impact", "--root", root, "--no-cache", *where, *arguments])
    if result.exit_code == 2:
        return f"Error: {result.stderr.partition('Error: ')[2]}"
    assert result.exit_code == 0, result.output
    return result.stdout


def questions(folder: Path) -> list[str]:
    lines = (folder / "answers.txt").read_text("utf-8").splitlines()
    return [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir()))
def test_the_answers_are_those_of_the_case(case: str):
    folder = CASES / case
    asked = questions(folder)
    given = [f"$ {question}\n{answer(folder, *question.split())}" for question in asked]
    assert "\n".join(given) == (folder / "answers.txt").read_text("utf-8")


def plain(*arguments: str) -> Any:
    return json.loads(answer(CASES / "a-tenant", *arguments, "--format", "json"))


def test_the_answer_as_json():
    assert plain("job", "build-docs") == {
        "impacts": [
            {
                "configuration": None,
                "kind": "job",
                "name": "build-docs",
                "definitions": [{"what": "job 'build-docs'", "at": "docs/master/zuul.yaml:1:3"}],
                "nodesets": [],
                "jobs": [],
                "stanzas": [{"what": "project 'docs'", "at": "docs/master/zuul.yaml:4:14"}],
                "projects": [
                    {
                        "name": "docs",
                        "uses": [
                            {
                                "job": "build-docs",
                                "graphs": [{"pipeline": "check", "branch": "master"}],
                                "chain": [
                                    {"what": "job 'build-docs'", "at": "docs/master/zuul.yaml:1:3"},
                                    {
                                        "what": "mention of 'build-docs'",
                                        "at": "docs/master/zuul.yaml:4:14",
                                    },
                                    {"what": "project 'docs'", "at": "docs/master/zuul.yaml:2:3"},
                                ],
                            }
                        ],
                    }
                ],
                "without": {
                    "note": None,
                    "graphs": [
                        {
                            "project": "docs",
                            "pipeline": "check",
                            "branch": "master",
                            "built": True,
                            "error": None,
                            "jobs": ["build-docs"],
                        }
                    ],
                    "reported": [
                        "docs/master/zuul.yaml:4:14: no job 'build-docs' is defined [GR606]"
                    ],
                },
                "inform": ["docs"],
                "unknown": [],
            }
        ],
        "records": None,
        "unread": [],
    }


def test_the_chains_as_a_graph():
    assert (
        answer(CASES / "a-tenant", "job", "build-docs", "--format", "dot")
        == """\
digraph {
  rankdir=LR;
  node [shape=box];
  n0 [label="job 'build-docs'\\\\ndocs/master/zuul.yaml:1:3"];
  n1 [label="mention of 'build-docs'\\\\ndocs/master/zuul.yaml:4:14"];
  n2 [label="project 'docs'\\\\ndocs/master/zuul.yaml:2:3"];
  n0 -> n1;
  n1 -> n2;
}
""".replace("\\\\n", "\\n")
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Error: say what is meant, such as 'job NAME', or --file PATH\n"),
        (["job"], "Error: say what is meant, such as 'job NAME', or --file PATH\n"),
        (
            ["job", "unit", "--file", "x"],
            "Error: --file and a NAME exclude each other; leave out one of them\n",
        ),
    ],
)
def test_a_question_without_a_subject_is_refused(arguments: list[str], message: str):
    assert answer(CASES / "a-tenant", *arguments) == message


def manual(folder: Path) -> Path:
    """Return a manual with one configuration, a label and an expectation about it."""
    files = {
        "data/manual.yaml": "title: M\npublisher: P\nsummary: S\n"
        "configurations:\n  - {id: ci, title: The jobs, path: ci}\n",
        "ci/.zuul.yaml": (CASES / "one-repository/repository/.zuul.yaml").read_text("utf-8"),
        "data/graphs/ci.yaml": "id: ci\ntitle: Jobs\nconfiguration: ci\nproject: ci\n"
        "pipelines: [check]\njobs:\n  - {name: unit}\n",
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def test_in_a_manual_the_records_of_the_jobs_are_shown(tmp_path: Path):
    result = CliRunner().invoke(
        main, ["impact", "label", "ubuntu", "--root", str(manual(tmp_path)), "--no-cache"]
    )
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("label 'ubuntu' in ci\n")
    assert "1 record of the manual:\n  data/graphs/ci.yaml:7:12: job 'ci/unit'\n" in result.stdout


def test_in_a_manual_a_playbook_of_its_configuration_is_found(tmp_path: Path):
    root = manual(tmp_path)
    file = root / "ci/.zuul.yaml"
    file.write_text(file.read_text().replace("    parent: tox", "    run: playbooks/unit.yaml"))
    result = CliRunner().invoke(
        main, ["impact", "--file", "ci/playbooks/unit.yaml", "--root", str(root), "--no-cache"]
    )
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith(
        "playbook 'ci/playbooks/unit.yaml' in ci\n"
        "  a playbook, which jobs name by its path\n"
        "\n"
        "Used by 1 job:\n"
        "  unit\n"
        "    ci/.zuul.yaml:6:10: playbook 'playbooks/unit.yaml'\n"
        "    ci/.zuul.yaml:4:3: job 'unit'\n"
    )
    assert "1 record of the manual:\n  data/graphs/ci.yaml:7:12: job 'ci/unit'\n" in result.stdout


def test_a_repeated_question_resolves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    tenant = CASES / "a-tenant"
    question = ImpactQuestion(
        root=tenant, tenant_file=tenant / "main.yaml", cache=tmp_path, kind="job", name="unit"
    )
    first = impact_answer("zuul", question, "text")
    monkeypatch.setattr("groundrules.ci.zuul.system.impact", None)
    assert impact_answer("zuul", question, "text") == first
