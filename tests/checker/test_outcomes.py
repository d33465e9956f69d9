"""What JUnit and JSON say of each thing that was checked: nothing that differs has passed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from drifting import GRAPH, WAITS, check, project, world
from lxml import etree

EDGE, FIRST = "deploy: web waits for base", "deploy: rule first"
CLAIMS = [
    *("deploy", "deploy: backup", "deploy: backup waits for web", "deploy: base", FIRST),
    *("deploy: web", EDGE),
]
PLAN = {"deploy: backup waits for web": "skipped: planned"}
PASSED = dict.fromkeys(CLAIMS, "passed") | PLAN
FOLLOWS = "skipped: GR301 follows from GR204"
LOST = project(deploy=WAITS, hourly="web")


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def outcomes(*options: str) -> dict[str, str]:
    """Return what became of each claim, which JUnit and JSON have to agree on."""
    cases = json.loads(check("--format", "json", *options).stdout)["checked"]
    output = {each["key"]: said(each["outcome"], each["reason"]) for each in cases if each["key"]}
    suite = etree.fromstring(check("--format", "junit", *options).stdout.encode())[0]
    assert output == {
        each.get("name"): junit(each) for each in suite if each.get("name", "").startswith("deploy")
    }
    assert list(output) == sorted(CLAIMS)
    return output


def said(outcome: str, reason: str) -> str:
    return f"{outcome}: {reason}" if reason else outcome


def junit(case: etree._Element) -> str:
    if len(case) == 0:
        return "passed"
    tag = {"failure": "failed", "skipped": "skipped"}[case[0].tag]
    return said(tag, case[0].get("message", "") if tag == "skipped" else "")


def test_what_is_as_documented_has_passed(root: Path):
    world(root, project(deploy=WAITS, hourly=WAITS))
    assert outcomes() == PASSED


def test_what_differs_has_failed_wherever_its_finding_stands(root: Path):
    """The rule's finding follows from the edge's, the semaphore's is about a part."""
    world(root, project(deploy="{web: {dependencies: [base], semaphores: [turn]}}", hourly="web"))
    failed = {EDGE: "failed", FIRST: FOLLOWS, "deploy: web": "failed"}
    graph = {"deploy": "skipped: drifted: 3 of its jobs, dependencies and rules differ"}
    assert outcomes() == PASSED | failed | graph


def test_an_undocumented_part_contradicts_the_job_or_the_graph(root: Path):
    graph = GRAPH.replace("jobs:\n", "coverage: complete\njobs:\n", 1)
    waits = "{web: {dependencies: [base, backup]}}, other"
    world(root, project(deploy=waits, hourly=waits), graph)
    assert outcomes() == PASSED | {"deploy": "failed", "deploy: web": "failed"}


GRAPH_HIDDEN = {"deploy": "skipped: drifted: 2 of its jobs, dependencies and rules differ"}


def test_what_is_not_selected_is_skipped(root: Path):
    world(root, LOST)
    assert outcomes("--select", "GR1") == PASSED | GRAPH_HIDDEN | {
        EDGE: "skipped: GR204 not selected",
        FIRST: "skipped: GR301 not selected",
    }


def test_what_the_baseline_holds_is_skipped(root: Path):
    world(root, LOST)
    hidden = {EDGE: "skipped: GR204 in the baseline", FIRST: FOLLOWS}
    assert outcomes("--baseline", "b.json", "--update-baseline") == PASSED | GRAPH_HIDDEN | hidden
    assert outcomes("--baseline", "b.json") == PASSED | GRAPH_HIDDEN | hidden


def test_what_is_ignored_is_skipped_with_its_reason(root: Path):
    edge = "  waits_for: [{job: base, why: Users first.}]"
    comment = "  # groundrules: ignore[GR204] hourly comes next week\n"
    world(root, LOST, GRAPH.replace(edge, comment + edge))
    assert outcomes() == PASSED | GRAPH_HIDDEN | {
        EDGE: "skipped: GR204 ignored: hourly comes next week",
        FIRST: FOLLOWS,
    }


def test_a_file_with_a_hidden_finding_has_not_passed(root: Path):
    soft = "{web: {dependencies: [base, {name: other, soft: true}]}}"
    world(root, project(deploy=soft, hourly=soft))
    output = json.loads(check("--format", "json", "--select", "GR1").stdout)
    [file] = [each for each in output["checked"] if each["path"] == ".zuul.yaml"]
    assert (file["outcome"], file["reason"]) == ("skipped", "GR401 not selected")


def test_nothing_that_was_not_checked_has_passed(root: Path):
    world(root, LOST)
    manual = root / "data/manual.yaml"
    manual.write_text(manual.read_text().replace("path: .", "path: gone"))
    output = json.loads(check("--format", "json").stdout)
    claims = {each["key"]: each["outcome"] for each in output["checked"] if each["key"]}
    assert claims == dict.fromkeys(sorted(set(CLAIMS) - {"deploy"}), "skipped")
    assert [each["what"] for each in output["skipped"]] == ["graph deploy"]


def test_a_job_with_a_new_name_has_no_edge_that_passes(root: Path):
    world(root, project(deploy=WAITS, hourly=WAITS).replace("base", "basis"))
    path = root / ".zuul.yaml"
    path.write_text(path.read_text().replace("name: base,", "name: basis,"))
    output = outcomes()
    assert output["deploy: base"] == "failed"
    assert output[EDGE].startswith("skipped: drifted: job 'base' has a new name there")
    assert output[FIRST].startswith("skipped: drifted: ")
