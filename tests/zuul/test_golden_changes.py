"""The jobs of changes compared with those that Zuul itself chose, through ``jobs --batch``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bundles import rows, unpack
from click.testing import CliRunner
from random_changes import without_undefined_nodesets

from groundrules.cli import main

SHARED = Path(__file__).parents[3] / "shared" / "zuul"
needs_shared = pytest.mark.skipif(
    not (SHARED / "golden-files.json").is_file(),
    reason="other people's configuration is not in the repository",
)
KEYS = (*("id", "project", "pipeline", "branch", "files", "patch", "kind", "ref", "containing"),)


def answers(folder: Path, questions: list[dict[str, Any]]) -> dict[str, Any]:
    """Return our answer to each question: the jobs with their dependencies, or ``error``."""
    lines = "".join(
        json.dumps({key: question[key] for key in KEYS if key in question}) + "\n"
        for question in questions
    )
    where = ["--tenant-config", str(folder / "main.yaml"), "--root", str(folder), "--no-cache"]
    result = CliRunner().invoke(main, ["jobs", *where, "--batch", "-"], input=lines)
    assert result.exit_code == 0, result.stderr
    return {answer["id"]: shape(answer) for answer in map(json.loads, result.stdout.splitlines())}


def shape(answer: dict[str, Any]) -> object:
    """Return an answer as ``golden/`` writes it."""
    if answer["error"]:
        return "error"
    return [
        [job["name"], *sorted(("~" if to["soft"] else "") + to["name"] for to in waits)]
        for job in answer["jobs"]
        for waits in [job["dependencies"]]
    ]


def differing(expected: dict[str, Any], ours: dict[str, Any]) -> dict[str, Any]:
    assert expected
    return {
        identity: (zuul, ours.get(identity))
        for identity, zuul in expected.items()
        if ours.get(identity) != zuul
    }


@pytest.mark.parametrize("name", ["filecases", "filefuzz"])
def test_the_jobs_of_recorded_changes_are_those_that_zuul_chose(
    name: str, unpacked: Callable[[str], Path]
):
    questions = rows(f"{name}.changes.jsonl")
    expected = {
        question["id"]: "error" if question.get("error") else _sorted(question["jobs"])
        for question in questions
    }
    assert differing(expected, answers(unpacked(name), questions)) == {}


def test_the_jobs_of_random_changes_are_those_that_zuul_chose(tmp_path: Path):
    """The changes are of ``random_changes.py``, the answers of ``ask_zuul_changes.py``.

    Left out are two whose answer changes with each start of Zuul's scheduler.
    """
    questions = rows("filefuzz.random.jsonl")
    folder = without_undefined_nodesets(unpack("filefuzz", tmp_path))
    expected = {question["id"]: _sorted(question["jobs"]) for question in questions}
    assert differing(expected, answers(folder, questions)) == {}


def _sorted(jobs: Any) -> Any:
    return "error" if jobs == "error" else [[name, *sorted(waits)] for name, *waits in jobs]


@needs_shared
@pytest.mark.parametrize("tenant", ["openstack", "eco"])
def test_the_jobs_of_changes_of_a_real_tenant_are_those_that_zuul_chose(tenant: str):
    graphs = json.loads((SHARED / "golden-files.json").read_text("utf-8"))["graphs"]
    questions = [graph for graph in graphs if graph["tenant"] == tenant]
    expected = {
        graph["id"]: shape({"error": graph.get("error"), "jobs": graph.get("jobs", ())})
        for graph in questions
    }
    assert differing(expected, answers(SHARED / "configs" / tenant, questions)) == {}
