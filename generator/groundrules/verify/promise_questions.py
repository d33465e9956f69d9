"""What is asked of the facts of many builds, as expressions of Ibis.

Every engine gets the same expressions and gives the same answers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import ibis
from ibis.expr.types import Table

from groundrules.grouping import grouped
from groundrules.verify.fact_rows import NODE_ROW
from groundrules.verify.facts_engine import EngineFacts
from groundrules.verify.judged_facts import judged, nodes_of_kind
from groundrules.verify.measured_promise import BROKEN, MeasuredPromise, NodeOutcome
from groundrules.verify.node_facts import KIND
from groundrules.verify.node_promises import NodePromise
from groundrules.verify.promise_answers import Row, column_of, measured_promise
from groundrules.verify.promise_table import PromiseTables, promise_tables
from groundrules.verify.value_counts import bins, quantiles, value_counts
from groundrules.verify.value_types import ValueType

MOST_BROKEN = 5
"""How many of the nodes that broke a promise are listed: with less, with more and so on."""

_VALUE = [*KIND, "fact", "day", "number", "text"]
_JUDGED = ["promise", "day", "type", "outcome", "number", "nodes", "earliest", "latest"]


def measured(facts: EngineFacts, promises: Sequence[NodePromise]) -> Iterator[MeasuredPromise]:
    """Yield what came of comparing promises with the nodes, in the order of the promises."""
    tables = promise_tables(promises)
    values = counted_values(facts, [promise.bound.fact for promise in promises])
    rows = judged(values.filter(values.fact != NODE_ROW), tables).select(_JUDGED)
    # several questions are asked of these rows; Ibis would compile the comparison for each of them
    compared = facts.kept(rows.filter(rows.outcome != NodeOutcome.NOT_MEASURED.value))
    numbers = value_counts(compared.filter(compared.type == ValueType.NUMBER.value), ["promise"])
    outcomes = _rows(_outcomes(compared))
    answers: dict[int, Row] = defaultdict(dict)
    since, ranks = _since(compared), quantiles(numbers, ["promise"])
    for row in (*outcomes, *_rows(_nodes(values, tables)), *_rows(since), *_rows(ranks)):
        answers[row["promise"]] |= row
    counts = _by_promise(_rows(bins(numbers, ["promise"])))
    broken = _by_promise(_latest_broken(facts.table, tables, outcomes))
    for index, promise in enumerate(promises):
        yield measured_promise(
            promise, answers[index], counts.get(index, ()), broken.get(index, ())
        )


def counted_values(facts: EngineFacts, names: Sequence[str]) -> Table:
    """Return how many nodes of a kind and day had each value of some facts, kept by the engine.

    All questions but one are asked of this table, which is much smaller than that of the facts.
    """
    wanted = facts.table.filter(facts.table.fact.isin(sorted({NODE_ROW, *names})))
    counts = wanted.group_by(_VALUE).agg(
        nodes=wanted.count(), earliest=wanted.time.min(), latest=wanted.time.max()
    )
    return facts.kept(counts)


def _nodes(values: Table, tables: PromiseTables) -> Table:
    rows = nodes_of_kind(values.filter(values.fact == NODE_ROW), tables)
    return rows.group_by("promise").agg(nodes=rows.nodes.sum())


def _outcomes(compared: Table) -> Table:
    counts = {
        column_of(outcome): compared.nodes.sum(where=compared.outcome == outcome.value)
        for outcome in NodeOutcome
    }
    return compared.group_by("promise").agg(
        **counts, earliest=compared.earliest.min(), latest=compared.latest.max()
    )


def _since(compared: Table) -> Table:
    """Return when each promise was first broken after the last day on which all nodes kept it."""
    is_broken = compared.outcome.isin([outcome.value for outcome in BROKEN])
    days = (
        compared.filter(compared.day.notnull())
        .group_by(["promise", "day"])
        .agg(broken=compared.earliest.min(where=is_broken))
    )
    kept = ibis.ifelse(days.broken.isnull(), days.day, ibis.null("date"))
    days = days.mutate(kept=kept.max().over(ibis.window(group_by="promise")))
    is_after = days.kept.isnull() | (days.day > days.kept)
    return days.group_by("promise").agg(since=days.broken.min(where=is_after))


def _latest_broken(facts: Table, tables: PromiseTables, outcomes: list[Row]) -> list[Row]:
    """Return rows of facts; all facts are read again only if a promise was broken."""
    broken = [row["promise"] for row in outcomes if any(row[column_of(one)] for one in BROKEN)]
    if not broken:
        return []
    promises = tables.promises.filter(tables.promises.promise.isin(broken))
    rows = judged(facts, PromiseTables(promises, tables.values))
    rows = rows.filter(rows.outcome.isin([outcome.value for outcome in BROKEN]))
    order = [ibis.desc(rows.time, nulls_first=False), rows.source, rows.node]
    place = ibis.row_number().over(
        ibis.window(group_by=[rows.promise, rows.outcome], order_by=order)
    )
    rows = rows.mutate(place=place)
    columns = ["promise", "place", "source", "node", "time", "outcome", "number", "text"]
    newest = ["promise", ibis.desc("time", nulls_first=False), "source", "node"]
    return _rows(rows.filter(rows.place < MOST_BROKEN).select(columns).order_by(newest))


def _rows(table: Table) -> list[Row]:
    rows: list[Row] = table.to_pyarrow().to_pylist()
    return rows


def _by_promise(rows: list[Row]) -> dict[int, list[Row]]:
    return grouped((row["promise"], row) for row in rows)
