"""A baseline has only the differences in it: new drift is reported."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from drifting import GRAPH, JOBS, WAITS, check, project, world

KNOWN = ("--baseline", "known.json")
DRIFT = (*KNOWN, "--select", "GR2,GR3")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def after(root: Path, known: str, now: str, graph: str = GRAPH) -> list[str]:
    """Return the rules reported for one repository with another's findings in the baseline."""
    world(root, known, graph)
    check(*DRIFT, "--update-baseline")
    world(root, now, graph)
    report = json.loads(check(*DRIFT, "--format", "json").stdout)
    return [finding["rule"] for finding in report["findings"]]


LOST = project(deploy=WAITS, hourly="web")


def test_an_edge_that_another_pipeline_loses_is_new(root: Path):
    assert after(root, LOST, project(deploy="web", hourly="web")) == ["GR204"]


def test_an_edge_that_is_lost_in_another_way_is_new(root: Path):
    around = "{web: {dependencies: [other]}}, {other: {dependencies: [base]}}"
    assert "GR204" in after(root, LOST, project(deploy=WAITS, hourly=around))


def test_a_pipeline_that_runs_nothing_any_more_is_new(root: Path):
    graph = GRAPH.replace("[deploy, hourly]", "[deploy, deplpy]")
    known = after(root, project(deploy=WAITS), "- project: {check: {jobs: [base]}}\n", graph)
    assert known == ["GR202"]


def test_a_job_that_leaves_another_pipeline_is_new(root: Path):
    both = project(deploy=WAITS, hourly=WAITS)
    one, none = both.replace(f"deploy: {{jobs: [base, {WAITS},", "deploy: {jobs: [base,"), ""
    none = one.replace(f"hourly: {{jobs: [base, {WAITS},", "hourly: {jobs: [base,")
    assert "GR202" in after(root, one, none)


def test_a_semaphore_that_another_pipeline_takes_is_new(root: Path):
    holds = "{web: {dependencies: [base], semaphores: [turn]}}"
    known, now = project(deploy=WAITS, hourly=holds), project(deploy=holds, hourly=holds)
    assert after(root, known, now) == ["GR206"]


def test_softness_in_another_pipeline_is_new(root: Path):
    soft = "{web: {dependencies: [{name: base, soft: true}]}}"
    known, now = project(deploy=WAITS, hourly=soft), project(deploy=soft, hourly=soft)
    assert after(root, known, now) == ["GR205"]


def test_an_undocumented_edge_is_new_in_another_pipeline(root: Path):
    extra = "{web: {dependencies: [base, backup]}}"
    known, now = project(deploy=WAITS, hourly=extra), project(deploy=extra, hourly=extra)
    assert after(root, known, now) == ["GR203"]


@pytest.mark.parametrize(
    "now",
    [
        pytest.param(f"# a line more\n\n{LOST}", id="lines moved"),
        pytest.param(
            LOST.replace("    hourly", "    check: {jobs: [other]}\n    hourly"), id="more"
        ),
        pytest.param(
            "- project:\n    hourly: {jobs: [base, web, backup]}\n    deploy: {jobs: "
            f"[backup, {WAITS}, base]}}\n",
            id="another order",
        ),
    ],
)
def test_what_is_known_stays_known(root: Path, now: str):
    assert after(root, LOST, now) == []


def test_known_drift_stays_known_when_the_record_moves(root: Path):
    world(root, LOST)
    check(*DRIFT, "--update-baseline")
    moved = GRAPH.replace("[deploy, hourly]", "[hourly, deploy]").replace("jobs:\n", "\n\njobs:\n")
    world(root, LOST, moved)
    (root / "data/graphs/deploy.yaml").rename(root / "data/graphs/moved.yaml")
    assert check(*DRIFT).output.startswith("No findings")


def test_an_inherited_wait_stays_known_when_another_job_inherits_it(root: Path):
    wait = "- job: {name: mine, parent: null, dependencies: [{name: gone, soft: true}]}\n"
    gone = "- job: {name: gone, parent: null}\n"
    run = "- project: {check: {jobs: [mine]}}\n"
    options = (*KNOWN, "--select", "GR401")
    world(root, wait + gone + run)
    assert "the soft dependency of 'mine' on 'gone'" in check("--select", "GR401").output
    check(*options, "--update-baseline")
    world(
        root,
        "- job: {name: a-child, parent: mine}\n" + wait + gone + run.replace("[", "[a-child, "),
    )
    assert "the soft dependency of 'a-child' (and 1 more)" in check("--select", "GR401").output
    assert check(*options).output.startswith("No findings")


def test_a_wait_in_another_pipeline_is_new(root: Path):
    gone = "- job: {name: gone, parent: null}\n"
    soft = "{web: {dependencies: [base, {name: gone, soft: true}]}}"
    options = (*KNOWN, "--select", "GR401")
    world(root, gone + project(deploy=WAITS, hourly=soft))
    check(*options, "--update-baseline")
    world(root, gone + project(deploy=soft, hourly=WAITS))
    assert check(*options).exit_code == 1


def test_an_undocumented_label_stays_known_when_another_file_asks_for_it(root: Path):
    asks = "- job: {name: NAME, parent: null, nodeset: {nodes: [{name: n, label: odd}]}}\n"
    run = "- project: {check: {jobs: [NAME]}}\n"
    platform = root / "data/platforms/vm.yaml"
    platform.parent.mkdir(parents=True)
    platform.write_text(
        "id: vm\ntitle: VM\nsummary: One.\nlabels: [{name: small, operating_system: Debian}]\n"
    )
    options = (*KNOWN, "--select", "GR501")
    world(root, JOBS)
    (root / ".zuul.yaml").unlink()
    (root / "zuul.d").mkdir()
    (root / "zuul.d/web.yaml").write_text((asks + run).replace("NAME", "web"))
    assert check("--select", "GR501").output.startswith("zuul.d/web.yaml:1:")
    check(*options, "--update-baseline")
    (root / "zuul.d/app.yaml").write_text((asks + run).replace("NAME", "app"))
    assert check("--select", "GR501").output.startswith("zuul.d/app.yaml:1:")
    assert check(*options).output.startswith("No findings")


def test_readers_of_sarif_see_new_drift_too(root: Path):
    def marks(ours: str) -> set[str]:
        world(root, ours)
        log = json.loads(check("--select", "GR204", "--format", "sarif").stdout)
        return {each["partialFingerprints"]["groundrules/v1"] for each in log["runs"][0]["results"]}

    one, both = marks(LOST), marks(project(deploy="web", hourly="web"))
    assert one
    assert both
    assert one.isdisjoint(both)
    assert marks(f"# a line more\n{LOST}") == one
