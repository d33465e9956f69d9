"""The formats of the report for programs, all of one case."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
from prometheus_client.parser import text_string_to_metric_families
from pytest_regressions.file_regression import FileRegressionFixture
from report_formats import in_all_formats

pytest.importorskip("ibis", reason="the extra groundrules[verify] is not installed")

HERE = Path(__file__).parent
CASE = HERE / "cases" / "every-outcome"


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the reports by format."""
    folder = tmp_path_factory.mktemp("case")
    shutil.copytree(HERE / "manual", folder, dirs_exist_ok=True)
    shutil.copytree(CASE, folder, dirs_exist_ok=True)
    reports = {}
    for form, said in in_all_formats(folder, "--facts", "logs").items():
        first, *lines, last = said.splitlines(keepends=True)
        assert first == f"$ groundrules verify --facts logs --format {form}\n"
        assert last == "exit code 1\n"
        reports[form] = "".join(lines)
    return reports


def test_json(reports: dict[str, str], file_regression: FileRegressionFixture):
    data = json.loads(reports["json"])
    assert data.pop("tool")["name"] == "groundrules"
    text = json.dumps(data, indent=1) + "\n"
    file_regression.check(text, encoding="utf-8", fullpath=CASE / "expected.json")


def test_junit(reports: dict[str, str], file_regression: FileRegressionFixture):
    text = reports["junit"]
    (suite,) = ElementTree.fromstring(text)  # noqa: S314 (our own)
    assert {name: suite.get(name) for name in ("tests", "failures", "errors", "skipped")} == {
        "tests": "5",
        "failures": "2",
        "errors": "0",
        "skipped": "3",
    }
    file_regression.check(text, encoding="utf-8", fullpath=CASE / "expected.xml")


def test_sarif(reports: dict[str, str]):
    (run,) = json.loads(reports["sarif"])["runs"]
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


def test_prometheus(reports: dict[str, str], file_regression: FileRegressionFixture):
    text = reports["prometheus"]
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
