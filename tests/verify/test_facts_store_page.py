"""The page about stores is true: its columns, and its questions in SQL."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import duckdb
import pytest

from groundrules.verify import node_gaps, slow_drifts
from groundrules.verify.fact_trends import FEWEST_NODES
from groundrules.verify.facts_engine import SCHEMA
from groundrules.verify.facts_store import FactsStore
from groundrules.verify.node_facts import NodeFacts, NodeKind

pytestmark = pytest.mark.repository
PAGE = Path(__file__).parents[2] / "source/reference/facts-store.rst"
TEXT = PAGE.read_text("utf-8")
QUERIES = [
    re.sub(r"^ {3}", "", block, flags=re.MULTILINE)
    for block in re.findall(r"code-block:: sql\n\n((?: {3}.*\n|\n)+)", TEXT)
]
NOON = datetime.datetime(2026, 11, 30, 12, tzinfo=datetime.UTC)


def test_the_columns_are_those_of_a_store():
    types = {"text": "string", "timestamp": "timestamp(6)", "double": "float64", "date": "date"}
    rows = re.findall(r"\* - ``(\w+)``\n +- (\w+)\n", TEXT)
    assert {name: types[kind] for name, kind in rows} == {
        name: str(kind) for name, kind in SCHEMA.items()
    }


def test_the_questions_have_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    kind = NodeKind("small", "rax", "DFW")
    memory = [{"ansible_memtotal_mb": size} for size in (7900, 7964, 7970)]
    facts = [*memory, {"ansible_kernel": "6.12"}]
    FactsStore(Path("facts")).collect(
        NodeFacts(f"{number}.yaml", "node", kind, NOON, values)
        for number, values in enumerate(facts)
    )
    assert [duckdb.execute(query).fetchall() for query in QUERIES] == [
        [("small", "rax", "DFW", 3, 7900, 7964, 7970)],
        [(NOON.date(), 4, 1)],
    ]


def test_the_limits_of_trends_are_those_of_the_program():
    words = " ".join(TEXT.split())
    days, nodes = slow_drifts.FEWEST_DAYS, slow_drifts.FEWEST_NODES_OF_DAY
    for said in (
        f"at least {days} days with {nodes} nodes each",
        f"{round(slow_drifts.CHANCE * 100)} of 100 stores",
        f"More than {node_gaps.SMALLEST_SHARE} % of the nodes, and at least {node_gaps.FEWEST},",
        f"at least {round(node_gaps.PART_OF_VALUE * 100)} % of the number above",
        f"fewer than {FEWEST_NODES} nodes",
    ):
        assert said in words
    assert (slow_drifts.LARGEST_STEP, slow_drifts.STEP_DAYS) == (0.5, 5)
    assert (slow_drifts.LONGEST.days, node_gaps.PART_OF_RANGE) == (365, 0.5)
