"""What the facts of many builds say besides how promises are kept, as lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from groundrules.text import counted
from groundrules.verify.fact_trends import (
    FEWEST_NODES,
    FactTrends,
    NodeGap,
    ProviderShare,
    SlowDrift,
    SuggestedBound,
)
from groundrules.verify.node_facts import NodeKind
from groundrules.verify.promise_words import kind_words, value_words


def trend_lines(trends: FactTrends) -> Iterator[str]:
    """Yield a line for each breaking provider, drift, gap and suggestion, with headings."""
    yield from _part("Broken by", map(_breaking, trends.breaking))
    yield from _part("Drifts", map(_drift, trends.drifts))
    yield from _part("Two kinds of node", map(_gap, trends.gaps))
    yield from _part("Not promised, and what nine of ten nodes had", map(_bound, trends.suggested))


def _part(heading: str, lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        if number == 0:
            yield f"{heading}:"
        yield f"  {line}"


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
