"""Bounds for facts of which nothing is promised."""

from __future__ import annotations

from counted_nodes import counted

from groundrules.diagnostics import Location
from groundrules.records.expectation import Standing
from groundrules.verify.fact_trends import SuggestedBound
from groundrules.verify.node_facts import NodeKind
from groundrules.verify.node_promises import Bound, NodePromise
from groundrules.verify.suggested_bounds import suggested_bounds

RAX = NodeKind("small", "rax", "DFW")


def promise(fact: str, kind: NodeKind = RAX) -> NodePromise:
    bound = Bound(fact, at_least=1)
    return NodePromise(
        "memory", kind, bound, Standing.GUARANTEED, None, None, Location("a.yaml", 1, 1)
    )


def test_nine_of_ten_nodes_are_within_the_bound():
    numbers = counted([(at % 7, at, 1) for at in range(1, 101)])
    assert list(suggested_bounds(numbers, [])) == [SuggestedBound(RAX, "memory", 100, 5, 95)]


def test_nothing_is_known_from_fewer_than_thirty_nodes():
    (few,) = suggested_bounds(counted([(0, 5, 29)]), [])
    (enough,) = suggested_bounds(counted([(0, 5, 30)]), [])
    assert few == SuggestedBound(RAX, "memory", 29, None, None)
    assert enough == SuggestedBound(RAX, "memory", 30, 5, 5)


def test_what_is_promised_needs_no_suggestion():
    numbers = counted([(0, 5, 30)]).union(counted([(0, 8, 30)], fact="processors"))
    (one,) = suggested_bounds(numbers, [promise("memory"), promise("processors", NodeKind("x"))])
    assert one.fact == "processors"


def test_nothing_is_suggested_without_nodes():
    assert list(suggested_bounds(counted([]), [])) == []
