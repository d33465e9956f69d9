"""A sentence about how much was compared with real configurations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from groundrules.claims.verdicts import COMPARED, Verdict, Verdicts, VerdictState
from groundrules.text import counted, listed


def compared(verdicts: Verdicts) -> str:
    """Return how much was compared with which configurations, and what was not; or nothing.

    A graph was compared if any of its jobs, dependencies and rules was.  Plans are counted
    apart, since no configuration has them yet, and so are graphs that are kept by hand.
    """
    if not verdicts.against:
        return ""
    graphs = [graph for graph in verdicts.against if verdicts.is_compared(graph)]
    states = [verdicts.of(graph).state for graph in verdicts.against]
    kept = states.count(VerdictState.KEPT_BY_HAND)
    parts = [part for graph in graphs for part in verdicts.on(graph) if _kind(part)]
    names = listed(dict.fromkeys(verdicts.against[graph].configuration for graph in graphs))
    sentences = ["no graph was compared"]
    if graphs:
        numbers = _counted(part for part in parts if part.state in COMPARED)
        sentences = [f"{counted(len(graphs), 'graph')} with {numbers} compared with {names}"]
    others = len(verdicts.against) - len(graphs) - kept
    unchecked = (part for part in parts if part.state is VerdictState.NOT_CHECKED)
    if missed := _counted(unchecked, others):
        sentences.append(f"not checked: {missed}")
    if planned := _counted(part for part in parts if part.state is VerdictState.PLANNED):
        sentences.append(f"planned: {planned}")
    if kept:
        sentences.append(f"kept by hand: {counted(kept, 'graph')}")
    return "; ".join(sentences)


def _kind(verdict: Verdict) -> str:
    if verdict.rule:
        return "rule"
    return "dependency" if verdict.dependency else "job" if verdict.job else ""


def _counted(parts: Iterable[Verdict], graphs: int = 0) -> str:
    """Return the number of each kind, without zeros."""
    numbers = Counter({"graph": graphs}) + Counter(map(_kind, parts))
    kinds = ("graph", "job", "dependency", "rule")
    return listed(counted(numbers[kind], kind) for kind in kinds if numbers[kind])
