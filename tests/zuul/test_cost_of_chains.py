"""What a long chain of jobs, and a folder of many files, cost: steps, never time."""

from __future__ import annotations

from collections.abc import Callable

from groundrules.ci.zuul.sources.config_files import choose
from groundrules.graphs.reachability import ends_first
from steps import growth


def test_files_are_chosen_in_proportion():
    def of(size: int) -> Callable[[], object]:
        sizes = {f"zuul.d/f{at}.yaml": 1 for at in range(size)} | {".zuul.yaml": 1}
        return lambda: choose(sizes)

    assert growth(of, size=200) < 2.2


def test_the_files_of_other_roots_are_shut_out():
    sizes = {"zuul.yaml": 1, "zuul.d/a.yaml": 1, ".zuul.yaml": 1, ".zuul.d/b.yaml": 1}
    chosen = choose(sizes)
    assert chosen.paths == ("zuul.yaml",)
    assert chosen.shut_out == ("zuul.d/a.yaml", ".zuul.yaml", ".zuul.d/b.yaml")


def test_a_chain_is_ordered_in_proportion():
    def of(size: int) -> Callable[[], object]:
        return lambda: ends_first({f"job-{at}": {f"job-{at - 1}"} for at in range(1, size)})

    assert growth(of, size=200) < 2.2
    assert ends_first({"a": {"b"}, "b": {"a"}}) is None
    assert ends_first({"a": {"a"}}) is None
