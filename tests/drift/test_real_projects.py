"""Whole projects held against configurations: our own, an illustration, a real tenant."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

from groundrules.checker import check_data
from groundrules.checker.configurations import ConfigurationOptions
from groundrules.claims.verdicts import VerdictState
from loaded_verdicts import verdicts

ROOT = Path(__file__).parents[2]
OTC = ROOT / "tests/projects/opentelekomcloud"
ECO = ROOT / "../shared/zuul/configs/eco/main.yaml"
ILLUSTRATION = "opendev-cd=examples/project-config"
OPENSTACK = ROOT / "../shared/zuul/configs/openstack/main.yaml"
DEPLOYMENT = (
    "opendev-deploy",
    *(f"opendev-zone-{zone}" for zone in ("gating-dev", "opendev-org", "zuul-ci-org")),
)
real_tenant = pytest.mark.skipif(not ECO.exists(), reason="../shared/zuul/configs is not here")
real_deployment = pytest.mark.skipif(
    not OPENSTACK.exists(), reason="openstack/project-config is not in ../shared/zuul/configs"
)


@pytest.mark.repository
def test_this_project_is_as_documented():
    loaded = check_data(ROOT, options=ConfigurationOptions(required=("groundrules",)))
    assert [str(each) for each in loaded.report.diagnostics] == []
    assert verdicts(loaded, ROOT).of("groundrules-ci").state is VerdictState.VERIFIED


@pytest.mark.repository
def test_the_illustration_is_clean(command: Callable[..., str]):
    output = command(ROOT, "--config", ILLUSTRATION, "--require", "opendev-cd")
    assert re.sub(r"\d+", "N", output) == (
        "No findings in N files.\n"
        "not checked: files and other branches of opendev/zone-gating.dev, "
        "opendev/zone-opendev.org and opendev/zone-zuul-ci.org: only this repository was read\n"
        "not checked: use of N documented labels that no known job requests: opendev-cd is one "
        "repository of several\n"
        "N graphs with N jobs and N dependencies compared with groundrules and opendev-cd.\n"
        "exit code N\n"
    )
    assert output.endswith("exit code 0\n")


@pytest.mark.repository
@pytest.mark.parametrize(
    "configuration",
    [
        "examples/project-config",
        pytest.param("../shared/zuul/configs/openstack/main.yaml", marks=real_deployment),
    ],
    ids=["illustration", "real"],
)
def test_the_graphs_of_the_deployment_are_verified(configuration: str):
    """The illustration has the dependencies of the real configuration, which may be missing."""
    given = {"opendev-cd": ROOT / configuration}
    found = verdicts(check_data(ROOT), ROOT, given)
    assert {graph: found.counts(graph) for graph in DEPLOYMENT} == {
        "opendev-deploy": {VerdictState.VERIFIED: 14},
        "opendev-zone-gating-dev": {VerdictState.VERIFIED: 3},
        "opendev-zone-opendev-org": {VerdictState.VERIFIED: 3},
        "opendev-zone-zuul-ci-org": {VerdictState.VERIFIED: 3},
    }
    assert {found.of(graph).state for graph in DEPLOYMENT} == {VerdictState.VERIFIED}


@pytest.mark.repository
def test_an_edge_that_the_deployment_no_longer_has_is_reported(tmp_path: Path):
    folder = shutil.copytree(ROOT / "examples/project-config", tmp_path / "project-config")
    projects = folder / "zuul.d/projects.yaml"
    soft = "              - name: infra-prod-manage-projects\n                soft: true\n"
    text = projects.read_text("utf-8")
    assert soft in text
    projects.write_text(text.replace(soft, ""), "utf-8")
    found = verdicts(check_data(ROOT), ROOT, {"opendev-cd": folder})
    edge = found.of("opendev-deploy", "infra-prod-service-zuul", "infra-prod-manage-projects")
    assert edge.state is VerdictState.DRIFTED
    assert edge.why == (
        "'infra-prod-service-zuul' does not wait for 'infra-prod-manage-projects' in pipeline "
        "'deploy': no dependency is declared",
    )


@real_tenant
def test_a_real_tenant_has_drifted_as_its_history_says(
    command: Callable[..., str], file_regression: FileRegressionFixture
):
    output = command(OTC, "--config", f"eco={ECO}", "--require", "eco")
    output = re.sub(r"\S*zuul/configs/eco/", "eco/", output)
    file_regression.check(output, encoding="utf-8", fullpath=OTC / "expected.txt")


@real_tenant
def test_every_soft_dependency_on_nothing_is_found_in_every_pipeline():
    """The numbers are those of a count by hand at the commit of 20 August 2026."""
    loaded = check_data(OTC, options=ConfigurationOptions({"eco": ECO}))
    lost = [each for each in loaded.report.diagnostics if each.rule.id == "GR204"]
    pairs = Counter(
        (re.findall("'([^']*)'", each.message)[1], pipeline)
        for each in lost
        for pipeline in ("deploy", "periodic", "periodic-hourly")
        if f"'{pipeline}'" in each.message
    )
    assert pairs == {
        ("infra-prod-base", "deploy"): 9,
        ("infra-prod-base", "periodic"): 6,
        ("infra-prod-base", "periodic-hourly"): 1,
        ("infra-prod-bootstrap-bridge", "deploy"): 1,
        ("infra-prod-bootstrap-bridge", "periodic"): 1,
    }
