"""`Reach` holds the same sets as the graph, at a cost in proportion to its edges."""

from __future__ import annotations

from itertools import pairwise

from groundrules.graphs.job_graph import Edge, Job, JobGraph
from groundrules.graphs.reach import Reach
from steps import steps


def graph_of(*edges: tuple[str, str], jobs: str = "abcdef") -> JobGraph:
    return JobGraph(
        tuple(Job(name=name) for name in jobs),
        tuple(Edge(job=job, dependency=dependency) for job, dependency in edges),
    )


def chain(length: int) -> JobGraph:
    names = [f"job-{number:05}" for number in range(length)]
    return JobGraph(
        tuple(Job(name=name) for name in names),
        tuple(Edge(job=b, dependency=a) for a, b in pairwise(names)),
    )


DIAMOND = graph_of(("b", "a"), ("c", "a"), ("d", "b"), ("d", "c"), ("f", "e"))


def test_the_sets_are_those_of_the_graph():
    reach = Reach(DIAMOND)
    for job in DIAMOND.by_name:
        assert set(reach.first(reach.before[job], 9)) == DIAMOND.ancestors(job)
        assert set(reach.first(reach.after[job], 9)) == DIAMOND.descendants(job)


def test_jobs_without_order_are_neither_before_nor_after():
    reach = Reach(DIAMOND)
    assert reach.first(reach.unordered("b"), 9) == ["c", "e", "f"]
    assert reach.unordered("b").bit_count() == 3


def test_names_are_alphabetical_and_no_more_than_asked_for():
    reach = Reach(DIAMOND)
    assert reach.first(reach.before["d"], 2) == ["a", "b"]
    assert reach.first(reach.set_of(["e", "a", "e"]), 9) == ["a", "e"]


def test_the_cost_is_in_proportion_to_the_jobs():
    small, large = (steps(lambda graph=chain(length): Reach(graph)) for length in (500, 1000))
    assert large <= 2.1 * small
