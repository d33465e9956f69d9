"""What came of promises on nodes, and what else their facts say, as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from groundrules.diagnostics import Diagnostic
from groundrules.report.context import ReportContext
from groundrules.report.terminal import text as findings_text
from groundrules.text import counted, escaped_lines, section
from groundrules.verify.fact_trends import (
    FEWEST_NODES,
    FactTrends,
    NodeGap,
    ProviderShare,
    SlowDrift,
    SuggestedBound,
)
from groundrules.verify.measured_promise import BROKEN, MeasuredPromise, NodeOutcome
from groundrules.verify.node_facts import NodeKind
from groundrules.verify.promise_words import bound_words, kind_words, promise_words, value_words
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
        f"{_state(measured)} {promise_words(measured.promise)}: {_counts(measured)}"
        for measured in verification.measured
    ]
    blank = [""] if lines else []
    if trends := [*trend_lines(verification.trends or FactTrends())]:
        lines += [*blank, *trends]
    totals = escaped_lines([_totals(verification)])
    return escaped_lines([*lines, *blank]) + findings_text(diagnostics, context) + totals


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


def trend_lines(trends: FactTrends) -> Iterator[str]:
    """Yield a line for each breaking provider, drift, gap and suggestion, with headings."""
    parts = (
        ("Broken by:", map(_breaking, trends.breaking)),
        ("Drifts:", map(_drift, trends.drifts)),
        ("Two kinds of node:", map(_gap, trends.gaps)),
        ("Not promised, and what nine of ten nodes had:", map(_bound, trends.suggested)),
    )
    for heading, lines in parts:
        yield from section(heading, lines)[1:]


def _breaking(share: ProviderShare) -> str:
    kind = kind_words(NodeKind(share.label, share.provider, share.region))
    since = f", since {share.since:%Y-%m-%d}" if share.since else ""
    nodes = f"{share.broken} of {counted(share.nodes, 'node')}"
    return f"{share.expectation}: {kind}, {nodes}{since}"


def _drift(drift: SlowDrift) -> str:
    per_day = value_words(float(f"{abs(drift.per_day):.3g}"))
    return (
        f"{drift.fact}: {kind_words(drift.kind)} {'falls' if drift.per_day < 0 else 'rises'} by "
        f"{per_day} a day, from {value_words(drift.start)} on {drift.first} to "
        f"{value_words(drift.end)} on {drift.last}"
    )


def _gap(gap: NodeGap) -> str:
    below, above = counted(gap.below, "node"), counted(gap.above, "node")
    return (
        f"{gap.fact}: {kind_words(gap.kind)}, {below} with at most {value_words(gap.lower)} and "
        f"{above} with at least {value_words(gap.upper)}"
    )


def _bound(bound: SuggestedBound) -> str:
    what = f"{bound.fact}: {kind_words(bound.kind)}"
    if bound.at_least is None or bound.at_most is None:
        return f"{what}, not known from {counted(bound.nodes, 'node')}; {FEWEST_NODES} are needed"
    low, high = value_words(bound.at_least), value_words(bound.at_most)
    numbers = low if low == high else f"{low} to {high}"
    return f"{what}, {numbers} ({counted(bound.nodes, 'node')})"
