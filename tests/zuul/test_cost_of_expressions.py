"""What many expressions cost: each is compiled once while in use, on any number of branches."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from groundrules.ci.zuul.layout import variants
from groundrules.ci.zuul.reading import expressions
from groundrules.ci.zuul.reading.expressions import Expression, expression
from groundrules.cli import main

TENANT = """\
- tenant:
    name: t
    source:
      git: {config-projects: [config], untrusted-projects: [app]}
"""
CONFIG = """\
- pipeline: {name: check, manager: independent}
- job: {name: base, parent: null, run: base.yaml}
"""


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the expressions that are compiled from now on, with a cache that is always full."""
    texts: list[str] = []
    compile_one = expressions._re2

    def counted(pattern: str) -> tuple[expressions.Matches, expressions.Matches]:
        texts.append(pattern)
        return compile_one(pattern)

    def forgotten(pattern: str, negate: bool) -> Expression:
        expression.cache_clear()
        return expression(pattern, negate)

    expression.cache_clear()
    monkeypatch.setattr(expressions, "_re2", counted)
    monkeypatch.setattr(variants, "expression", forgotten)
    return texts


def root(folder: Path, branches: int, texts: list[str]) -> Path:
    mentions = "".join(f"      - base: {{branches: ['{text}']}}\n" for text in texts)
    (folder / "config/master").mkdir(parents=True)
    (folder / "config/master/zuul.yaml").write_text(CONFIG)
    (folder / "main.yaml").write_text(TENANT)
    for at in range(branches):
        (folder / f"app/branch-{at}").mkdir(parents=True)
        text = f"- project:\n    check:\n      jobs:\n{mentions}"
        (folder / f"app/branch-{at}/zuul.yaml").write_text(text)
    return folder


@pytest.mark.parametrize("branches", [1, 2, 8])
def test_expressions_are_compiled_once_for_all_branches(
    tmp_path: Path, compiled: list[str], branches: int
):
    texts = [f"^of-{branches}/{at}/.*$" for at in range(10)]  # not in use in another test
    folder = root(tmp_path, branches, texts)
    where = ("--tenant-config", str(folder / "main.yaml"), "--root", str(folder), "--no-cache")
    result = CliRunner().invoke(main, ["graph", *where, "--all"])
    assert result.exit_code == 0
    # at most once to validate them, which does not keep them, and once for the layout
    assert {compiled.count(text) for text in texts} <= {1, 2}


def test_an_expression_in_use_is_shared_though_the_cache_has_forgotten_it(compiled: list[str]):
    held = expression("^a$")
    expression.cache_clear()
    assert expression("^a$") is held
    assert expression("^a$", True) is not held
    assert compiled == ["^a$"] * 2


def test_an_expression_that_is_not_in_use_is_not_kept(compiled: list[str]):
    expression("^a$")
    expression.cache_clear()
    expression("^a$")
    assert compiled == ["^a$"] * 2
