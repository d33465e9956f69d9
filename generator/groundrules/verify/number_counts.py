"""`number_counts`: how often nodes had a number, which distributions and trends are read from."""

from __future__ import annotations

from typing import Any

from ibis.expr.types import Table

from groundrules.verify.facts_engine import EngineFacts
from groundrules.verify.node_facts import NodeKind

SERIES = ("label", "provider", "region", "fact")
"""What one distribution, or one series over days, is of: a fact of a kind of node."""


def number_counts(facts: EngineFacts) -> Table:
    """Return how many ``nodes`` of a kind and day had each number of each fact.

    The engine keeps the table, as several questions are asked of it.
    """
    table = facts.table
    numbers = table.filter(table.number.notnull() & table.text.isnull())
    counts = numbers.group_by([*SERIES, "day", "number"]).agg(nodes=numbers.count())
    return facts.kept(counts)


def kind_of(row: dict[str, Any]) -> NodeKind:
    """Return the kind of node that a row is about."""
    return NodeKind(row["label"], row["provider"], row["region"])
