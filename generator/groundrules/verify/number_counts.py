"""`number_counts`: how often nodes had a number, which distributions and trends are read from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import ibis
from ibis.expr.types import Table

from groundrules.verify.converted_values import converted
from groundrules.verify.facts_engine import EngineFacts
from groundrules.verify.node_facts import KIND, NodeKind
from groundrules.verify.node_promises import NodePromise
from groundrules.verify.value_types import ValueType, types_of

NUMBER = ValueType.NUMBER.value

SERIES = (*KIND, "fact")
"""What one distribution, or one series over days, is of: a fact of a kind of node."""


def number_counts(facts: EngineFacts, promises: Iterable[NodePromise]) -> Table:
    """Return how many ``nodes`` of a kind and day had each number of each fact.

    Texts count as numbers if a promise asks for numbers.  The engine keeps the table, as several
    questions are asked of it.
    """
    asked = {one.bound.fact for one in promises if types_of(one.bound.values) == [NUMBER]}
    is_asked = facts.table.fact.isin(sorted(asked)) if asked else False
    table = converted(facts.table.mutate(value_types=ibis.ifelse(is_asked, NUMBER, "")))
    numbers = table.filter(table.number.notnull() & table.text.isnull())
    counts = numbers.group_by([*SERIES, "day", "number"]).agg(nodes=numbers.count())
    return facts.kept(counts)


def kind_of(row: dict[str, Any]) -> NodeKind:
    """Return the kind of node that a row is about."""
    return NodeKind(*(row[name] for name in KIND))
