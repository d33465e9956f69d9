"""`judged`: facts joined with promises, and what each value is to its promise."""

from __future__ import annotations

import ibis
from ibis.expr.types import BooleanColumn, StringColumn, Table

from groundrules.verify.converted_values import converted
from groundrules.verify.measured_promise import NodeOutcome
from groundrules.verify.node_facts import KIND
from groundrules.verify.promise_table import PromiseTables
from groundrules.verify.value_types import ValueType


def judged(facts: Table, tables: PromiseTables) -> Table:
    """Return the rows of facts that are promised, with ``promise``, ``type`` and ``outcome``.

    ``facts`` needs the columns of a kind of node, ``fact``, ``day``, ``number`` and ``text``;
    others are kept.
    """
    promises = tables.promises
    rows = facts.join(promises, [*_of_kind(facts, promises), facts.fact == promises.fact])
    rows = converted(rows.filter(_in_period(rows)))
    rows = rows.mutate(type=_type(rows))
    values = tables.values
    rows = rows.left_join(
        values,
        [
            rows.promise == values.value_promise,
            rows.type == values.value_type,
            rows.number.fill_null(0.0) == values.value_number,
            rows.text.fill_null("") == values.value_text,
        ],
    )
    return rows.mutate(outcome=_outcome(rows))


def nodes_of_kind(nodes: Table, tables: PromiseTables) -> Table:
    """Return the rows of nodes to which promises are made, with ``promise``.

    If a promise is limited in time, nodes whose day is not known may be concerned; they are
    among them.
    """
    promises = tables.promises.drop("fact")
    rows = nodes.join(promises, _of_kind(nodes, promises))
    return rows.filter(_in_period(rows) | rows.day.isnull())


def _of_kind(rows: Table, promises: Table) -> list[BooleanColumn]:
    return [rows[name] == promises[name] for name in KIND]


def _in_period(rows: Table) -> BooleanColumn:
    return rows.is_unlimited | rows.day.between(rows.first_day, rows.last_day).fill_null(False)


def _type(rows: Table) -> StringColumn:
    """Return the type of a value; NULL if it cannot be compared with anything."""
    return ibis.cases(
        (rows.number.notnull() & rows.text.notnull(), ValueType.TRUTH.value),
        (rows.number.notnull(), ValueType.NUMBER.value),
        (rows.text.notnull(), ValueType.TEXT.value),
    )


def _outcome(rows: Table) -> StringColumn:
    is_number = rows.type.fill_null("") == ValueType.NUMBER.value
    is_comparable = rows.type.notnull() & rows.value_types.contains(rows.type)
    return ibis.cases(
        (rows.is_range & ~is_number, NodeOutcome.NOT_MEASURED.value),
        (rows.has_lowest & (rows.number < rows.lowest), NodeOutcome.LESS.value),
        (rows.has_highest & (rows.number > rows.highest), NodeOutcome.MORE.value),
        (rows.is_range | rows.value_promise.notnull(), NodeOutcome.KEPT.value),
        (is_comparable, NodeOutcome.DIFFERENT.value),
        else_=NodeOutcome.NOT_MEASURED.value,
    )
