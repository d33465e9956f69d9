"""`trends_of`: the questions about trends, asked of one table of counts."""

from __future__ import annotations

from collections.abc import Sequence

from groundrules.verify.breaking_providers import breaking_providers
from groundrules.verify.fact_trends import FactTrends
from groundrules.verify.facts_engine import EngineFacts
from groundrules.verify.measured_promise import MeasuredPromise
from groundrules.verify.node_gaps import node_gaps
from groundrules.verify.node_promises import NodePromise
from groundrules.verify.number_counts import number_counts
from groundrules.verify.slow_drifts import slow_drifts
from groundrules.verify.suggested_bounds import suggested_bounds


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
