"""What came of promises on nodes, as text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from groundrules.diagnostics import Diagnostic
from groundrules.report.context import ReportContext
from groundrules.report.terminal import text as findings_text
from groundrules.report.trends_text import trend_lines
from groundrules.text import counted, escaped
from groundrules.verify.fact_trends import FactTrends
from groundrules.verify.measured_promise import BROKEN, MeasuredPromise, NodeOutcome
from groundrules.verify.promise_words import bound_words, promise_words, value_words
from groundrules.verify.verification import NodeVerification

_VERBS = {
    NodeOutcome.LESS: "less",
    NodeOutcome.MORE: "more",
    NodeOutcome.DIFFERENT: "another value",
}


def text(
    verification: NodeVerification, diagnostics: Sequence[Diagnostic], context: ReportContext
) -> str:
    """Return a line for each promise, then the findings and what could not be compared."""
    lines = [
        escaped(f"{_state(measured)} {promise_words(measured.promise)}: {_counts(measured)}")
        for measured in verification.measured
    ]
    totals = [escaped(_totals(verification))]
    blank = [""] if lines else []
    trends = [escaped(line) for line in trend_lines(verification.trends or FactTrends())]
    if trends:
        lines += [*blank, *trends]
    parts = (*lines, *blank, findings_text(diagnostics, context).removesuffix("\n"), *totals)
    return "".join(f"{part}\n" for part in parts)


def _state(measured: MeasuredPromise) -> str:
    if not measured.nodes:
        return "unknown "
    if measured.is_broken:
        return "broken  "
    return "kept    " if measured.kept == measured.nodes else "observed"


def _counts(measured: MeasuredPromise) -> str:
    bound = measured.promise.bound
    without = measured.counts.get(NodeOutcome.NOT_MEASURED, 0)
    not_measured = f"{counted(without, 'node')} without a comparable {bound.fact}"
    if not measured.nodes:
        return not_measured
    is_bare = bound.values and not any(isinstance(each, str) for each in bound.values)
    fact = f"{bound.fact} " if is_bare and not bound.unit else ""
    have = f"{measured.kept} of {counted(measured.nodes, 'node')} with {fact}{bound_words(bound)}"
    others = [
        f"{measured.counts[outcome]} with {_VERBS[outcome]}"
        for outcome in BROKEN
        if measured.counts.get(outcome)
    ]
    return ", ".join((have, *others, *filter(None, (_range(measured),)))) + (
        f"; {not_measured}" if without else ""
    )


def _range(measured: MeasuredPromise) -> str:
    """Return the numbers that nodes had, if some did not keep the promise."""
    numbers = measured.distribution
    if numbers is None or measured.kept == measured.nodes:
        return ""
    low, high = value_words(numbers.minimum), value_words(numbers.maximum)
    return f"from {low} to {high}" if low != high else f"all {low}"


def _totals(verification: NodeVerification) -> str:
    """Return the numbers of promises by what came of them, and of nodes."""
    states = [_state(measured).strip() for measured in verification.measured]
    words = [
        f"{states.count(state)} {state}"
        for state in ("kept", "broken", "observed", "unknown")
        if states.count(state)
    ]
    nodes = counted(sum(verification.nodes.values()), "node")
    skipped = counted(verification.skipped_count, "input")
    return f"{counted(len(states), 'promise')} on {nodes}: {', '.join(words) or 'none'}; " + (
        f"{skipped} skipped."
    )
