"""The examples of the rules about real configurations: each is a whole little world."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from groundrules.ci.zuul.layout.gathering import gather_tenant
from groundrules.ci.zuul.resolver import resolve
from groundrules.ci.zuul.single_repository import SingleRepository
from groundrules.diagnostics import Report, Rule
from groundrules.rules import RULES
from groundrules.rules.examples import files_of

TRAPS = ("GR4", "GR5")
Look = Callable[[Path], Report]
TABLE = [pytest.param(rule, id=rule.name) for rule in RULES.values() if rule.id[:3] in TRAPS]


def world(folder: Path, example: str) -> Path:
    for name, data in files_of(example).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


@pytest.mark.parametrize("rule", TABLE)
def test_the_bad_example_breaks_this_rule_alone(rule: Rule, tmp_path: Path, look: Look):
    found = look(world(tmp_path, rule.bad)).diagnostics
    assert [each.rule.id for each in found] == [rule.id], found


@pytest.mark.parametrize("rule", TABLE)
def test_the_good_example_breaks_none(rule: Rule, tmp_path: Path, look: Look):
    assert look(world(tmp_path, rule.good)).diagnostics == []


@pytest.mark.parametrize("rule", TABLE)
def test_nothing_else_is_wrong_with_the_good_example(rule: Rule, tmp_path: Path):
    root = world(tmp_path, rule.good)
    tenant = root / "main.yaml"
    if tenant.exists():
        resolver = resolve(gather_tenant(tenant, root))
    else:
        resolver = SingleRepository.at(root).read().resolver
    assert resolver.report.diagnostics == []


@pytest.mark.parametrize("rule", TABLE)
def test_a_rule_explains_itself(rule: Rule):
    assert rule.summary.endswith(".")
    assert len(rule.explanation) > len(rule.summary)
    assert RULES[rule.id] is rule
