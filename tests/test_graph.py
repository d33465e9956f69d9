"""`JobGraph`: order, reduction, cycles and neighbourhood."""

from __future__ import annotations

import ast
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundrules.graphs import job_graph as graph_module
from groundrules.graphs.elements import Edge, Job
from groundrules.graphs.job_graph import CycleError, JobGraph
from groundrules.report.graph_dot import graph_dot
from groundrules.report.graph_text import graph_text
from steps import growth


def graph(text: str, *others: str) -> JobGraph:
    """Return the graph of ``a<b`` (a waits for b) and ``a~b`` (softly); ``others`` are jobs."""
    edges, names = [], dict.fromkeys(others)
    for word in text.split():
        soft = "~" in word
        job, dependency = word.replace("~", "<").split("<")
        edges.append(Edge(job=job, dependency=dependency.strip("?"), soft=soft))
        names[job] = None
        if not dependency.endswith("?"):
            names[dependency] = None
    return JobGraph(tuple(Job(name=name) for name in names), tuple(edges))


def pairs(edges: tuple[Edge, ...]) -> list[str]:
    return [f"{edge.job}{'~' if edge.soft else '<'}{edge.dependency}" for edge in edges]


def test_a_graph_without_jobs_has_nothing():
    empty = JobGraph()
    assert (empty.waves(), empty.cycles(), empty.reduced()) == ((), (), empty)


@pytest.mark.parametrize("text", [graph_text, graph_dot])
def test_a_name_cannot_write_to_the_terminal_or_begin_a_line(text: Callable[..., str]):
    shown = text(JobGraph((Job(name="a\n::error::\x1b[2J\u202e"),)), "app check main")
    assert "a\\n::error::\\x1b[2J\\u202e" in shown
    assert all(line.isprintable() for line in shown.splitlines())


def test_waves_follow_the_longest_way():
    assert graph("c<b b<a c<a", "x").waves() == (("x", "a"), ("b",), ("c",))


def test_an_edge_to_a_job_that_is_not_there_dangles():
    dangling = graph("b<a b~gone?")
    assert pairs(dangling.effective) == ["b<a"]
    assert pairs(dangling.dangling) == ["b~gone"]
    assert dangling.dependencies("b") == ("a",)


def test_hard_and_soft_to_one_job_are_two_edges_and_one_dependency():
    both = graph("b<a b~a")
    assert both.dependencies("b") == ("a",)
    assert both.waves() == (("a",), ("b",))
    assert pairs(both.reduced().edges) == ["b<a", "b~a"]


def test_reduction_drops_what_a_longer_way_implies_and_keeps_dangling_edges():
    assert pairs(graph("c<a c<b b<a c~gone?").reduced().edges) == ["c<b", "b<a", "c~gone"]


def test_ancestors_and_descendants_are_transitive():
    chain = graph("c<b b<a d<c")
    assert chain.ancestors("c") == {"a", "b"}
    assert chain.descendants("b") == {"c", "d"}
    assert chain.dependents("b") == ("c",)


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("c<b b<a", ("c", "b", "a")),
        ("d<c c<b b<a d~b", ("d", "b", "a")),
        ("c<a", ("c", "a")),
        ("a<c", ()),
        ("c<b?", ()),
        ("x<a", ()),
        ("a<b b<c c<b", ()),
    ],
)
def test_the_shortest_way_is_along_effective_edges(text: str, way: tuple[str, ...]):
    assert graph(text, "a").way(*"ca" if "d" not in text else "da") == way


def test_a_way_back_to_its_start_goes_round():
    assert graph("a<b b<c c<a").way("a", "a") == ("a", "b", "c", "a")


def test_neighbourhood_leaves_out_what_has_nothing_to_do_with_a_job():
    near = graph("c<b b<a d<a x<a").around("b")
    assert [job.name for job in near.jobs] == ["c", "b", "a"]
    assert pairs(near.edges) == ["c<b", "b<a"]


@pytest.mark.parametrize(
    ("text", "cycles"),
    [
        ("b<a", ()),
        ("a<a", (("a",),)),
        ("c<b b<a a<c", (("a", "c", "b"),)),
        ("a<b b<a b<c c<b", (("a", "b"), ("b", "c"))),
        ("a<b b<a b<c c<a", (("a", "b"), ("a", "b", "c"))),
        ("b~a a~b", (("a", "b"),)),
        ("a<b b<a d<c c<d e<d", (("a", "b"), ("c", "d"))),
    ],
)
def test_each_cycle_is_reported_once_from_its_smallest_job(text: str, cycles: tuple[object, ...]):
    assert graph(text).cycles() == cycles


def test_the_order_of_a_cycle_is_refused_by_naming_it():
    with pytest.raises(CycleError) as caught:
        graph("b<a a<c c<b x<b").waves()
    assert str(caught.value) == "the jobs wait for each other: a → c → b → a"


def test_exponentially_many_cycles_end_at_the_limit():
    names = [f"j{number:02}" for number in range(40)]
    everyone = " ".join(f"{a}<{b}" for a in names for b in names)
    assert len(graph(everyone).cycles(limit=50)) == 50


def test_two_jobs_of_one_name_are_refused():
    with pytest.raises(ValueError, match=r"^more than one job of the name a$"):
        JobGraph((Job(name="a"), Job(name="a")))


def test_a_chain_of_ten_thousand_jobs_needs_no_recursion():
    chain = graph(" ".join(f"j{n + 1}<j{n}" for n in range(10_000)))
    assert len(chain.waves()) == 10_001
    assert len(chain.way("j10000", "j0")) == 10_001
    assert chain.cycles() == ()


def test_reduction_costs_in_proportion_to_the_edges():
    def of(size: int) -> Callable[[], JobGraph]:
        pairs_of = {(n, m) for n in range(size) for m in (n - 1, n // 2, n // 3) if 0 <= m < n}
        return as_graph(sorted(pairs_of)).reduced

    assert len(of(5000)().edges) == 4999
    assert growth(of, size=500) < 2.1


EDGES = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=24)


def as_graph(edges: list[tuple[int, int]]) -> JobGraph:
    return graph(" ".join(f"{a}<{b}" for a, b in edges))


@given(EDGES)
def test_every_cycle_is_a_closed_way_and_none_means_an_order(edges: list[tuple[int, int]]):
    drawn = as_graph(edges)
    cycles = drawn.cycles(limit=10_000)
    assert len(set(cycles)) == len(cycles)
    for cycle in cycles:
        assert cycle[0] == min(cycle)
        assert len(set(cycle)) == len(cycle)
        assert all(b in drawn.dependencies(a) for a, b in pairwise((*cycle, cycle[0])))
    on_cycles = {job for cycle in cycles for job in cycle}
    assert on_cycles == {job.name for job in drawn.jobs if job.name in drawn.ancestors(job.name)}


@given(EDGES)
def test_reduction_keeps_who_comes_after_whom(edges: list[tuple[int, int]]):
    drawn = as_graph([(max(edge), min(edge)) for edge in edges if edge[0] != edge[1]])
    reduced = drawn.reduced()
    for job in drawn.jobs:
        assert reduced.ancestors(job.name) == drawn.ancestors(job.name)
        for each in reduced.dependencies(job.name):
            others = set(reduced.dependencies(job.name)) - {each}
            assert not any(each in reduced.ancestors(other) for other in others)


def test_the_graph_knows_nothing_of_a_ci_system():
    text = Path(graph_module.__file__).read_text("utf-8")
    imported = {
        node.module for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ImportFrom)
    }
    own = {module for module in imported if module and module.startswith("groundrules")}
    assert own == {
        "groundrules.graphs.cycles",
        "groundrules.graphs.elements",
        "groundrules.grouping",
    }
