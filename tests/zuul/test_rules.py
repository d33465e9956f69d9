"""Every rule of the resolver is broken by its bad example and kept by its good one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from groundrules.ci.zuul.layout.gathering import gather_tenant
from groundrules.ci.zuul.resolver import resolve
from groundrules.ci.zuul.single_repository import SingleRepository
from groundrules.diagnostics import Rule
from groundrules.rules.zuul import RULES


def broken(rule: Rule, text: str, folder: Path) -> set[str]:
    """Return the rules that an example breaks; one with a ``main.yaml`` is a tenant."""
    for name, content in re.findall(r"^# (\S+\.yaml)\n((?:(?!# \S+\.yaml\n).*\n)*)", text, re.M):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)
    if (folder / "main.yaml").exists():
        resolver = resolve(gather_tenant(folder / "main.yaml", folder))
    else:
        resolver = SingleRepository.at(folder).read("app").resolver
        errors = [each.error for each in resolver.graphs() if each.error]
        resolver.report.add(errors)
    return {each.rule.id for each in resolver.report.diagnostics}


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_examples(rule: Rule, tmp_path: Path):
    for name in ("bad", "good"):
        (tmp_path / name).mkdir()
    assert rule.id in broken(rule, rule.bad, tmp_path / "bad")
    assert broken(rule, rule.good, tmp_path / "good") == set()


def test_names_are_unique_and_every_rule_says_why():
    assert len({rule.name for rule in RULES.values()}) == len(RULES)
    assert all(
        rule.explanation.endswith(".") and rule.summary.endswith(".") for rule in RULES.values()
    )
