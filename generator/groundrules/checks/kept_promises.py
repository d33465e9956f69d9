"""Promises that real nodes break."""

from __future__ import annotations

from collections.abc import Iterator

from groundrules.diagnostics import Checked, Diagnostic, Result, Rule, Skipped
from groundrules.rules.broken_promises import DIFFERENT, LESS, MORE
from groundrules.text import counted
from groundrules.verify.kernel_reserve import reserve_note
from groundrules.verify.measured_promise import BROKEN, MeasuredPromise, NodeOutcome
from groundrules.verify.promise_words import bound_words, kind_words, node_words, promise_words
from groundrules.verify.verification import NodeVerification

MOST_SKIPPED = 12
"""Inputs that could not be used, of which a report lists the reason."""
MOST_NODES = 3
"""Nodes that a message names, the latest first."""
_RULES: dict[NodeOutcome, tuple[Rule, str]] = {
    NodeOutcome.LESS: (LESS, "had less than is guaranteed"),
    NodeOutcome.MORE: (MORE, "had more than is guaranteed"),
    NodeOutcome.DIFFERENT: (DIFFERENT, "had another value than is guaranteed"),
}


def check_promises(verification: NodeVerification) -> Iterator[Result]:
    """Yield broken guarantees, all promises as checked, and what could not be compared."""
    for measured in verification.measured:
        yield Checked(
            measured.promise.location.path, promise_words(measured.promise), _unsure(measured)
        )
        if measured.is_broken:
            yield from _findings(measured)
    for uncertain in verification.uncertain:
        yield Skipped(promise_words(uncertain), uncertain.reason)
    for kind, nodes in verification.unknown.items():
        yield Skipped(counted(nodes, "node"), _why_unknown(kind_words(kind), bool(kind.label)))
    yield from _skipped(verification)


def _unsure(measured: MeasuredPromise) -> str:
    """Return why a promise is neither kept nor broken; empty if it is one of them."""
    if not measured.nodes:
        return f"no node has a value of {measured.promise.bound.fact} that can be compared"
    if measured.is_broken or measured.kept == measured.nodes:
        return ""
    standing = measured.promise.standing.value
    have = f"{measured.kept} of {counted(measured.nodes, 'node')} have it"
    return f"{have}, and the manual says {standing!r}, not 'guaranteed'"


def _findings(measured: MeasuredPromise) -> Iterator[Diagnostic]:
    promise = measured.promise
    for outcome in BROKEN:
        if measured.counts.get(outcome):
            rule, words = _RULES[outcome]
            name = promise_words(promise)
            yield Diagnostic(
                promise.location,
                _message(measured, outcome, words),
                rule,
                suggestion=_suggestion(measured, outcome),
                key=f"{name}: {outcome}",
                claim=name,
            )


def _message(measured: MeasuredPromise, outcome: NodeOutcome, words: str) -> str:
    promise = measured.promise
    broken = [node for node in measured.broken if node.outcome is outcome]
    nodes = [node_words(node) for node in broken]
    is_now = measured.since and any(node.time and node.time >= measured.since for node in broken)
    parts = (
        f"{promise.expectation}: {measured.counts[outcome]} of {counted(measured.nodes, 'node')} "
        f"of {kind_words(promise.kind)} {words}: {promise.bound.fact} is "
        f"{bound_words(promise.bound)}",
        ", ".join(nodes[:MOST_NODES]),
        f"broken since {measured.since:%Y-%m-%d}" if is_now else "",
    )
    return "; ".join(filter(None, parts))


def _suggestion(measured: MeasuredPromise, outcome: NodeOutcome) -> str:
    low = measured.promise.bound.at_least
    if outcome is not NodeOutcome.LESS or low is None:
        return ""
    values = [node.value for node in measured.broken if node.outcome is outcome]
    notes = [reserve_note(measured.promise.bound.fact, low, value) for value in values]
    return next(filter(None, notes), "")


def _why_unknown(words: str, has_label: bool) -> str:
    if has_label:
        return f"the manual does not document the label {words}"
    return f"{words}: no inventory names their label; --label gives it"


def _skipped(verification: NodeVerification) -> Iterator[Skipped]:
    shown = verification.skipped[:MOST_SKIPPED]
    yield from (Skipped(skipped.source, skipped.reason) for skipped in shown)
    if more := verification.skipped_count - len(shown):
        yield Skipped(counted(more, "further input"), "they could not be used either")
