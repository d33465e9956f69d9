"""Whole projects held against configurations: our own, an illustration, a real tenant."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

from groundrules.checker import check_data, verdicts
from groundrules.checker.configurations import ConfigurationOptions
from groundrules.claims.verdicts import VerdictState

ROOT = Path(__file__).parents[2]
OTC = ROOT / "tests/projects/opentelekomcloud"
ECO = ROOT / "../shared/zuul/configs/eco/main.yaml"
real_tenant = pytest.mark.skipif(not ECO.exists(), reason="../shared/zuul/configs is not here")


@pytest.mark.repository
def test_this_project_is_as_documented():
    loaded = check_data(ROOT, options=ConfigurationOptions(required=("groundrules",)))
    assert [str(each) for each in loaded.report.diagnostics] == []
    assert verdicts(loaded, ROOT).of("groundrules-ci").state is VerdictState.VERIFIED


@pytest.mark.repository
def test_the_illustration_is_clean(command: Callable[..., str]):
    output = command(ROOT, "--config", "opendev-cd=examples/opendev-cd", "--require", "opendev-cd")
    assert re.sub(r"\d+", "N", output) == (
        "No findings in N files.\n"
        "not checked: use of N documented labels that no known job requests: opendev-cd is one "
        "repository of several\n"
        "N graphs with N jobs and N dependencies compared with groundrules and opendev-cd; "
        "planned: N dependencies and N rules.\n"
        "exit code N\n"
    )
    assert output.endswith("exit code 0\n")


@pytest.mark.repository
def test_planned_dependencies_stay_planned_beside_the_illustration():
    given = {"opendev-cd": ROOT / "examples/opendev-cd"}
    loaded = check_data(ROOT, options=ConfigurationOptions(given, ("opendev-cd",)))
    assert "graph opendev-deploy" not in {each.what for each in loaded.report.skipped}
    counts = verdicts(loaded, ROOT, given).counts("opendev-deploy")
    assert counts == {VerdictState.VERIFIED: 7, VerdictState.PLANNED: 15}


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
