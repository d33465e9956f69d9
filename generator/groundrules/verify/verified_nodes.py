"""`verification_of`: the nodes in a store, compared with the promises to them."""

from __future__ import annotations

from collections.abc import Sequence

import ibis

from groundrules.records import Catalogue
from groundrules.verify.breaking_providers import breaking_providers
from groundrules.verify.collecting_run import Collected
from groundrules.verify.fact_rows import NODE_ROW
from groundrules.verify.fact_trends import FactTrends
from groundrules.verify.facts_engine import EngineFacts, opened_facts
from groundrules.verify.facts_store import FactsStore
from groundrules.verify.measured_promise import MeasuredPromise
from groundrules.verify.node_facts import KIND, NodeKind
from groundrules.verify.node_gaps import node_gaps
from groundrules.verify.node_promises import NodePromise, UncertainPromise, promises_of
from groundrules.verify.number_counts import kind_of, number_counts
from groundrules.verify.promise_questions import measured
from groundrules.verify.slow_drifts import slow_drifts
from groundrules.verify.suggested_bounds import suggested_bounds
from groundrules.verify.verification import NodeVerification


def verification_of(
    catalogue: Catalogue,
    store: FactsStore | str,
    collected: Collected,
    engine: str = "",
    given: NodeKind = NodeKind(),
    *,
    has_trends: bool = False,
) -> NodeVerification:
    """Compare all nodes in a store; ``collected`` is what the last run added to it.

    ``engine`` is the master of a Spark cluster, which can read a store behind an URL; DuckDB by
    default.  ``given`` is what nodes are taken for whose label, provider or region is not known.
    With ``has_trends``, drifts, gaps and so on are asked too.  Raises `OSError` if the store
    cannot be read, and `EngineError`.
    """
    files = store if isinstance(store, str) else store.readable()
    with opened_facts(files, engine) as opened:
        facts = _completed(opened, given)
        nodes = nodes_by_kind(facts)
        said = [promise for kind in nodes for promise in promises_of(catalogue, kind)]
        promises = [promise for promise in said if isinstance(promise, NodePromise)]
        answers = [one for one in measured(facts, promises) if sum(one.counts.values())]
        trends = trends_of(facts, promises, answers) if has_trends else None
    return NodeVerification(
        measured=tuple(answers),
        uncertain=tuple(promise for promise in said if isinstance(promise, UncertainPromise)),
        nodes=nodes,
        unknown={
            kind: count for kind, count in nodes.items() if kind.label not in catalogue.labels
        },
        skipped=collected.skipped,
        skipped_count=collected.skipped_count,
        trends=trends,
    )


def _completed(facts: EngineFacts, given: NodeKind) -> EngineFacts:
    """Return facts with what was given for what is not known of their nodes."""
    known = {name: facts.table[name] for name in KIND if getattr(given, name)}
    columns = {
        name: ibis.ifelse(column == "", getattr(given, name), column)
        for name, column in known.items()
    }
    return EngineFacts(facts.table.mutate(**columns), facts.kept) if columns else facts


def trends_of(
    facts: EngineFacts, promises: Sequence[NodePromise], answers: Sequence[MeasuredPromise]
) -> FactTrends:
    """Return the trends; ``answers`` are what came of the promises."""
    numbers = number_counts(facts, promises)
    return FactTrends(
        breaking=tuple(breaking_providers(answers)),
        drifts=tuple(slow_drifts(numbers)),
        gaps=tuple(node_gaps(numbers)),
        suggested=tuple(suggested_bounds(numbers, promises)),
    )


def nodes_by_kind(facts: EngineFacts) -> dict[NodeKind, int]:
    """Return the number of nodes of each kind, sorted."""
    rows = facts.table.filter(facts.table.fact == NODE_ROW)
    counts = rows.group_by(KIND).agg(nodes=rows.count())
    every = {kind_of(row): row["nodes"] for row in counts.to_pyarrow().to_pylist()}
    return dict(sorted(every.items()))
