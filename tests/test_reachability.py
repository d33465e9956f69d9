"""Sets of jobs before and after each job are those of the graph, at linear cost."""

from __future__ import annotations

from itertools import pairwise

from groundrules.graphs.elements import Edge, Job
from groundrules.graphs.job_graph import JobGraph
from groundrules.graphs.reachability import NodeSets, backwards, ends_first, reached
from steps import steps

DIAMOND = JobGraph(
    tuple(Job(name=name) for name in "abcdef"),
    tuple(
        Edge(job=job, dependency=dependency) for job, dependency in ("ba", "ca", "db", "dc", "fe")
    ),
)
LINKS = {name: DIAMOND.dependencies(name) for name in DIAMOND.by_name}


def test_the_sets_are_those_of_the_graph():
    order = ends_first(LINKS)
    sets = NodeSets(sorted(LINKS))
    before, after = reached(sets, order, LINKS), reached(sets, order[::-1], backwards(LINKS))
    for job in LINKS:
        assert {*sets.nodes(before[job])} == DIAMOND.ancestors(job)
        assert {*sets.nodes(after[job])} == DIAMOND.descendants(job)


def test_nodes_of_a_set_come_in_their_order():
    sets = NodeSets("abcdef")
    assert [*sets.nodes(sets.of("ead"))] == ["a", "d", "e"]


def test_a_graph_with_a_cycle_has_no_order():
    assert ends_first({"a": ["b"], "b": ["a"]}) is None


def test_the_cost_is_in_proportion_to_the_jobs():
    def work(length: int) -> int:
        names = [f"job-{number}" for number in range(length)]
        links = {names[0]: [], **{job: [before] for before, job in pairwise(names)}}
        return steps(lambda: reached(NodeSets(names), names, links))

    assert work(1000) <= 2.1 * work(500)
