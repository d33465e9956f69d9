"""What the programs of regular expressions take: only a number of instructions is kept."""

from __future__ import annotations

import gc

import pytest
import re2

from groundrules.ci.zuul.reading import expressions, programs
from groundrules.ci.zuul.reading.expressions import Expression
from groundrules.ci.zuul.reading.programs import Programs

MOST = 100_000


def alive() -> int:
    """Return the instructions of all programs in this process."""
    gc.collect()
    return sum(one.programsize for one in gc.get_objects() if isinstance(one, re2._Regexp))


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Programs:
    kept = Programs(MOST)
    monkeypatch.setattr(expressions, "PROGRAMS", kept)
    return kept


@pytest.mark.parametrize("pattern", [".{999}", r"\pL{20}", "([a-z0-9]{1,30}/){30}", "(?!x).{400}"])
def test_expressions_in_use_do_not_keep_all_their_programs(kept: Programs, pattern: str):
    before = alive()
    held = [Expression(f"{pattern}{at}") for at in range(100)]
    assert not any(one.matches("p.yaml") or one.matches_all("p.yaml") for one in held)
    assert all(one.is_run for one in held)
    assert kept.size <= MOST
    assert alive() - before <= MOST


def test_a_program_is_compiled_again_after_it_was_dropped(kept: Programs):
    first = Expression("a.{900}b$")
    held = [Expression(f".{{999}}{at}") for at in range(20)]
    assert first.matches(f"a{'x' * 900}b")
    assert first.matches_all(f"a{'x' * 900}b")
    assert all(one.matches(f"{'x' * 999}{at}") for at, one in enumerate(held))


def test_the_programs_used_last_are_kept(kept: Programs, monkeypatch: pytest.MonkeyPatch):
    compiled: list[str] = []
    compile_one = programs._compiled
    monkeypatch.setattr(
        programs, "_compiled", lambda text: compiled.append(text) or compile_one(text)
    )
    for text in ("^used$", "^unused$", *(f".{{999}}{at}" for at in range(20))):
        kept.of(text)
        kept.of("^used$")
    kept.of("^unused$")
    assert (compiled.count("^used$"), compiled.count("^unused$")) == (1, 2)


def test_a_program_larger_than_the_limit_is_not_kept():
    kept = Programs(100)
    assert kept.of(".{999}").match("x" * 999)
    assert kept.size == 0


def test_the_small_expressions_of_a_large_tenant_are_all_kept():
    kept = Programs()
    first = kept.of("^path/0/.*$")
    for at in range(10_000):
        kept.of(f"^path/{at}/.*$")
    assert kept.of("^path/0/.*$") is first
