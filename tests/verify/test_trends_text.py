"""Trends of facts as lines of text."""

from __future__ import annotations

import datetime

from groundrules.report.verify_text import trend_lines
from groundrules.verify.fact_trends import (
    FactTrends,
    NodeGap,
    ProviderShare,
    SlowDrift,
    SuggestedBound,
)
from groundrules.verify.node_facts import NodeKind

RAX = NodeKind("a", "rax", "DFW")
FIRST, LAST = datetime.date(2026, 10, 1), datetime.date(2026, 11, 29)
SINCE = datetime.datetime(2026, 11, 15, 2, tzinfo=datetime.UTC)


def drift(per_day: float, start: float, end: float) -> SlowDrift:
    return SlowDrift(RAX, "memory", FIRST, LAST, 60, start, end, per_day, 1e-9)


def test_nothing_is_said_where_nothing_was_found():
    assert list(trend_lines(FactTrends())) == []


def test_each_part_has_a_heading():
    trends = FactTrends(
        breaking=(
            ProviderShare("mtu", "a", "rax", "DFW", 831, 201, SINCE),
            ProviderShare("memory", "big", "ovh", "", 1, 1, None),
        ),
        drifts=(drift(-1.00049, 7960, 7901), drift(0.5, 1, 30.5)),
        gaps=(NodeGap(RAX, "memory", 7972, 8588, 653, 142),),
        suggested=(
            SuggestedBound(RAX, "load", 840, 0.25, 2),
            SuggestedBound(RAX, "swap", 840, 0, 0),
            SuggestedBound(RAX, "disk", 29, None, None),
        ),
    )
    assert list(trend_lines(trends)) == [
        "Broken by:",
        "  mtu: a from rax DFW, 201 of 831 nodes, since 2026-11-15",
        "  memory: big from ovh, 1 of 1 node",
        "Drifts:",
        "  memory: a from rax DFW falls by 1 a day, from 7960 on 2026-10-01 to 7901 on 2026-11-29",
        "  memory: a from rax DFW rises by 0.5 a day, from 1 on 2026-10-01 to 30.5 on 2026-11-29",
        "Two kinds of node:",
        "  memory: a from rax DFW, 653 nodes with at most 7972 and 142 nodes with at least 8588",
        "Not promised, and what nine of ten nodes had:",
        "  load: a from rax DFW, 0.25 to 2 (840 nodes)",
        "  swap: a from rax DFW, 0 (840 nodes)",
        "  disk: a from rax DFW, not known from 29 nodes; 30 are needed",
    ]
