"""Kinds of nodes, bounds and times in words, for messages and reports."""

from __future__ import annotations

import datetime

from groundrules.text import listed
from groundrules.verify.measured_promise import BrokenNode
from groundrules.verify.node_facts import FactValue, NodeKind
from groundrules.verify.node_promises import Bound, NodePromise, UncertainPromise


def kind_words(kind: NodeKind) -> str:
    """Return a kind of nodes in words.

    >>> kind_words(NodeKind("small", "rax", "DFW")), kind_words(NodeKind())
    ('small from rax DFW', 'no label')
    """
    origin = " ".join(filter(None, (kind.provider, kind.region)))
    return (kind.label or "no label") + (f" from {origin}" if origin else "")


def promise_words(promise: NodePromise | UncertainPromise) -> str:
    """Return the name of a promise to a kind of nodes, in which it differs from all others.

    >>> promise_words(UncertainPromise("memory", NodeKind("small", "rax"), ""))
    'memory: small from rax'
    """
    words = f"{promise.expectation}: {kind_words(promise.kind)}"
    if isinstance(promise, UncertainPromise):
        return words
    first = f" from {promise.first}" if promise.first else ""
    last = f" until {promise.last}" if promise.last else ""
    return f"{words},{first}{last}" if first or last else words


def bound_words(bound: Bound) -> str:
    """Return what is promised.

    >>> bound_words(Bound("ansible_memtotal_mb", 7600, 9000, unit="MB"))
    '7600 to 9000 MB'
    """
    unit = f" {bound.unit}" if bound.unit else ""
    low, high = bound.at_least, bound.at_most
    if low is not None and high is not None:
        if low == high:
            return f"{value_words(low)}{unit}"
        return f"{value_words(low)} to {value_words(high)}{unit}"
    if low is not None:
        return f"at least {value_words(low)}{unit}"
    if high is not None:
        return f"at most {value_words(high)}{unit}"
    return f"{listed(map(value_words, bound.values), 'or')}{unit}"


def value_words(value: FactValue) -> str:
    """Return a value as YAML has it.

    >>> value_words(True), value_words(7600.0), value_words(0.5), value_words("guest")
    ('true', '7600', '0.5', 'guest')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.6g}"
    return str(value)


def node_words(node: BrokenNode) -> str:
    """Return what a node had, when, and where it was read."""
    return f"{node.node} had {value_words(node.value)}{day_words(node.time)} ({node.source})"


def day_words(time: datetime.datetime | None) -> str:
    """Return ``on`` and a day; empty if the time is not known."""
    return f" on {time:%Y-%m-%d}" if time else ""
