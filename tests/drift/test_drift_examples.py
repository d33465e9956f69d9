"""The examples of the rules of drift and policy: each is a whole little world."""

from __future__ import annotations

from pathlib import Path

import pytest

from groundrules.checker import check_data
from groundrules.checker.configurations import ConfigurationOptions
from groundrules.diagnostics import Rule
from groundrules.findings.selection import Selection
from groundrules.rules import RULES
from groundrules.rules.examples import files_of

TABLE = [
    pytest.param(each, id=each.name)
    for each in RULES.values()
    if each.id.startswith(("GR2", "GR3"))
]


def world(folder: Path, example: str) -> Path:
    for name, data in files_of(example).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def found(folder: Path) -> list[str]:
    """Return the rules that are broken, with the configuration required and causes only."""
    loaded = check_data(folder, options=ConfigurationOptions({}, ("ours",)))
    selected, _ = Selection().split(loaded.report.diagnostics)
    assert all(finding.rule.fixable for finding in selected if finding.fix)
    return [finding.rule.id for finding in selected]


@pytest.mark.parametrize("rule", TABLE)
def test_the_bad_example_breaks_this_rule_alone(rule: Rule, tmp_path: Path):
    assert set(found(world(tmp_path, rule.bad))) == {rule.id}


@pytest.mark.parametrize("rule", TABLE)
def test_the_good_example_breaks_none(rule: Rule, tmp_path: Path):
    assert found(world(tmp_path, rule.good)) == []
