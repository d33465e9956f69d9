"""The examples of the rules about broken promises: each is a manual and the logs of a build."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_runs import CommandRuns
from groundrules.diagnostics import Rule
from groundrules.rules import RULES
from groundrules.rules.examples import files_of

pytest.importorskip("ibis", reason="the extra groundrules[verify] is not installed")

TABLE = [pytest.param(rule, id=rule.name) for rule in RULES.values() if rule.id.startswith("GR7")]


def findings(folder: Path, example: str, runs: CommandRuns) -> list[str]:
    for name, data in files_of(example).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    said = runs.output(folder, "verify", "--facts", "logs", "--format", "json")
    report = json.loads(said[said.index("{") : said.rindex("}") + 1])
    assert [promise["nodes"] for promise in report["promises"]] == [1]
    return [finding["rule"] for finding in report["findings"]]


@pytest.mark.parametrize("rule", TABLE)
def test_the_bad_example_breaks_this_rule_alone(
    rule: Rule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    assert findings(tmp_path, rule.bad, CommandRuns(monkeypatch)) == [rule.id]


@pytest.mark.parametrize("rule", TABLE)
def test_the_good_example_breaks_none(rule: Rule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    assert findings(tmp_path, rule.good, CommandRuns(monkeypatch)) == []


@pytest.mark.parametrize("rule", TABLE)
def test_a_rule_explains_itself(rule: Rule):
    assert rule.summary.endswith(".")
    assert len(rule.explanation) > len(rule.summary)
