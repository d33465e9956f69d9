"""Labels that behave like two kinds of node, and those that do not."""

from __future__ import annotations

import pytest
from counted_nodes import Count, counted

from groundrules.verify.fact_trends import NodeGap
from groundrules.verify.node_facts import NodeKind
from groundrules.verify.node_gaps import node_gaps

RAX = NodeKind("small", "rax", "DFW")


def gaps(counts: list[Count]) -> list[tuple[float, float, int, int]]:
    found = list(node_gaps(counted(counts)))
    assert all((gap.kind, gap.fact) == (RAX, "memory") for gap in found)
    return [(gap.lower, gap.upper, gap.below, gap.above) for gap in found]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([(0, 8000, 50), (0, 16000, 50)], (8000, 16000, 50, 50)),
        ([(0, 7990, 40), (0, 8010, 40), (0, 8600, 20)], (8010, 8600, 80, 20)),
        ([(0, 2, 90), (0, 4, 10)], (2, 4, 90, 10)),
        ([(0, -4, 50), (0, 4, 50)], (-4, 4, 50, 50)),
        ([(None, 8000, 50), (None, 16000, 50)], (8000, 16000, 50, 50)),
        # the second kind is there from the tenth day on, beside the first
        ([(day, 8000, 10) for day in range(20)] + [(12, 16000, 15), (19, 16000, 15)],
         (8000, 16000, 200, 30)),
        # one node with far more is an outlier, and does not hide the gap
        ([(0, 8000, 50), (0, 16000, 50), (0, 64000, 1)], (8000, 16000, 50, 51)),
    ],
)  # fmt: skip
def test_two_kinds(counts: list[Count], expected: tuple[float, float, int, int]):
    assert gaps(counts) == [expected]


@pytest.mark.parametrize(
    "counts",
    [
        pytest.param([], id="no nodes"),
        pytest.param([(0, 8000, 100)], id="one number"),
        pytest.param([(0, 8000 + at, 1) for at in range(100)], id="evenly spread"),
        pytest.param([(0, 7976, 50), (0, 7977, 50)], id="nearly the same number"),
        pytest.param([(0, 8000, 9), (0, 16000, 50)], id="too few on one side"),
        pytest.param([(0, 8000, 950), (0, 16000, 50)], id="one of twenty"),
        pytest.param([(0, 8000, 1000), (0, 64000, 1)], id="an outlier"),
        pytest.param([(0, 1000 * at, 20) for at in range(1, 6)], id="five kinds"),
        pytest.param([(0, 8000, 50), (1, 8000, 50), (2, 16000, 50)], id="one follows the other"),
    ],
)
def test_one_kind(counts: list[Count]):
    assert gaps(counts) == []


def test_facts_and_labels_are_looked_at_apart():
    tables = [
        counted([(0, 1, 50), (0, 2, 50)], "big", "processors"),
        counted([(0, 8000, 100)], "big"),
        counted([(0, 16000, 100)], "small"),
    ]
    assert list(node_gaps(tables[0].union(tables[1]).union(tables[2]))) == [
        NodeGap(NodeKind("big", "rax", "DFW"), "processors", 1, 2, 50, 50)
    ]
