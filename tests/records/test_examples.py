"""The examples of every rule, each laid over a small project that is in order."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

import groundrules.rules
from groundrules.diagnostics import Report, Rule
from groundrules.rules import RULES
from groundrules.rules.examples import files_of

BASE = Path(__file__).parent / "base"
WRITTEN = [
    rule
    for module in iter_modules(groundrules.rules.__path__, "groundrules.rules.")
    for value in vars(import_module(module.name)).values()
    for rule in (value if isinstance(value, tuple) else (value,))
    if isinstance(rule, Rule)
]
"""The rules as their modules have them, before a table could lose one of two with one id."""
TABLE = [
    pytest.param(rule, id=rule.name)
    for rule in RULES.values()
    if not rule.id.startswith(
        ("GR2", "GR3", "GR4", "GR5", "GR6", "GR7")
    )  # whole worlds: tests of their own
]


def project(folder: Path, example: str) -> Path:
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    for name, data in files_of(example).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def test_the_base_is_in_order(findings: Callable[[Path], str]):
    assert findings(BASE) == ""


@pytest.mark.parametrize("rule", TABLE)
def test_the_bad_example_breaks_this_rule_alone(
    rule: Rule, tmp_path: Path, check: Callable[[Path], Report]
):
    found = check(project(tmp_path, rule.bad)).diagnostics
    assert {each.rule.id for each in found} == {rule.id}, found
    assert rule.fixable or not any(each.fix for each in found)


@pytest.mark.parametrize("rule", TABLE)
def test_the_good_example_breaks_none(rule: Rule, tmp_path: Path, findings: Callable[[Path], str]):
    assert findings(project(tmp_path, rule.good)) == ""


@pytest.mark.parametrize("rule", TABLE)
def test_a_rule_explains_itself(rule: Rule):
    assert rule.summary.endswith(".")
    assert len(rule.explanation) > len(rule.summary) / 2
    assert rule.bad != rule.good


def test_ids_and_names_are_used_once():
    assert list(RULES) == sorted(RULES)
    ids = [rule.id for rule in WRITTEN]
    names = [rule.name for rule in WRITTEN]
    assert len({*ids}) == len(ids)
    assert len({*names}) == len(names)
    assert {*RULES} <= {*ids}


def test_an_example_may_hold_several_files_and_any_byte():
    example = "# data/a.yaml\nid: a\n# a comment\n# data/b/c.yaml\nCaf\\xe9\n"
    assert files_of(example) == {
        "data/a.yaml": b"id: a\n# a comment\n",
        "data/b/c.yaml": b"Caf\xe9\n",
    }
