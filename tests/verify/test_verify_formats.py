"""The formats of the report for programs, all of one case."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from prometheus_client.parser import text_string_to_metric_families
from pytest_regressions.file_regression import FileRegressionFixture

from command_runs import CommandRuns

pytest.importorskip("ibis", reason="the extra groundrules[verify] is not installed")

HERE = Path(__file__).parent
CASE = HERE / "cases" / "every-outcome"


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return the report in a format."""
    shutil.copytree(HERE / "manual", tmp_path, dirs_exist_ok=True)
    shutil.copytree(CASE, tmp_path, dirs_exist_ok=True)
    runs = CommandRuns(monkeypatch)

    def said(form: str) -> str:
        output = runs.output(tmp_path, "verify", "--facts", "logs", "--format", form)
        lines = output.splitlines(keepends=True)
        assert lines[-1] == "exit code 1\n"
        return "".join(lines[1:-1])

    return said


def test_json(report: Any, file_regression: FileRegressionFixture):
    data = json.loads(report("json"))
    assert data.pop("tool")["name"] == "groundrules"
    text = json.dumps(data, indent=1) + "\n"
    file_regression.check(text, encoding="utf-8", fullpath=CASE / "expected.json")


def test_junit(report: Any, file_regression: FileRegressionFixture):
    text = report("junit")
    (suite,) = ElementTree.fromstring(text)  # noqa: S314 (our own)
    assert {name: suite.get(name) for name in ("tests", "failures", "errors", "skipped")} == {
        "tests": "5",
        "failures": "2",
        "errors": "0",
        "skipped": "3",
    }
    file_regression.check(text, encoding="utf-8", fullpath=CASE / "expected.xml")


def test_sarif(report: Any):
    (run,) = json.loads(report("sarif"))["runs"]
    assert [result["ruleId"] for result in run["results"]] == ["GR701", "GR702", "GR703"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "data/expectations/machine.yaml"
    assert place["region"]["startLine"] == 8
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert [note["message"]["text"] for note in notes] == [
        'not checked: 1 node: the manual does not document the label a "quoted" \\ label',
        "not checked: logs/1/zuul-info/host-info.e.yaml: it is empty",
    ]
    assert {rule["properties"]["tags"][0] for rule in run["tool"]["driver"]["rules"]} == {"nodes"}


def test_prometheus(report: Any, file_regression: FileRegressionFixture):
    text = report("prometheus")
    families = {family.name: family for family in text_string_to_metric_families(text)}
    broken = families["groundrules_promise_broken"].samples
    assert [(sample.labels["expectation"], sample.value) for sample in broken] == [
        ("memory", 1.0),
        ("release", 1.0),
    ]
    nodes = families["groundrules_nodes"].samples
    assert {sample.labels["label"]: sample.value for sample in nodes} == {
        "small": 3.0,
        'a "quoted" \\ label': 1.0,
    }
    names = [
        (sample.name, *sorted(sample.labels.items()))
        for f in families.values()
        for sample in f.samples
    ]
    assert len(names) == len(set(names))
    file_regression.check(text, encoding="utf-8", fullpath=CASE / "expected.prom")
