"""What was held against real configurations, in a sentence: that all is well has to say of what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from groundrules.claims.verdicts import Verdict, Verdicts, VerdictState
from groundrules.text import counted, listed

LOOKED_AT = (VerdictState.VERIFIED, VerdictState.DRIFTED)


def compared(verdicts: Verdicts) -> str:
    """Return how much was compared and with what, and what was not; empty without any graph.

    A graph was compared where any of its jobs, dependencies and rules was; what is planned is
    counted apart, since nobody expects to find it.
    """
    if not verdicts.against:
        return ""
    seen = [each for each in verdicts.against if _is_compared(verdicts.on(each))]
    parts = [part for graph in seen for part in verdicts.on(graph) if _kind(part)]
    names = listed(dict.fromkeys(verdicts.against[each].configuration for each in seen))
    looked = _counted(each for each in parts if each.state in LOOKED_AT)
    graphs = counted(len(seen), "graph")
    said = [f"{graphs} with {looked} compared with {names}" if seen else "no graph was compared"]
    unseen = len(verdicts.against) - len(seen)
    missed = _counted((each for each in parts if each.state is VerdictState.NOT_CHECKED), unseen)
    planned = _counted(each for each in parts if each.state is VerdictState.PLANNED)
    said += [f"not checked: {missed}"] if missed else []
    said += [f"planned: {planned}"] if planned else []
    return "; ".join(said)


def _is_compared(parts: Iterable[Verdict]) -> bool:
    return any(_kind(each) and each.state in LOOKED_AT for each in parts)


def _kind(verdict: Verdict) -> str:
    if verdict.rule:
        return "rule"
    return "dependency" if verdict.dependency else "job" if verdict.job else ""


def _counted(parts: Iterable[Verdict], graphs: int = 0) -> str:
    """Return how many there are of each kind, those left out of which there is none."""
    numbers = Counter({"graph": graphs}) + Counter(map(_kind, parts))
    kinds = ("graph", "job", "dependency", "rule")
    return listed(counted(numbers[each], each) for each in kinds if numbers[each])
