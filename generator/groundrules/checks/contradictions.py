"""Values of one record that cannot both be true."""

from __future__ import annotations

from groundrules import rules
from groundrules.records import Loaded
from groundrules.records.expectation import Exemption, Measure
from groundrules.records.fields import Record, walk
from groundrules.records.graph import Durations, Graph, Selector
from groundrules.records.platform import Label


def check(loaded: Loaded) -> None:
    """Note measures, exceptions, durations and rules that cannot be meant."""
    assert loaded.catalogue is not None  # noqa: S101 - the caller has looked
    for root in loaded.catalogue.records():
        for record in walk(root):
            if message := _contradiction(record):
                loaded.report.note(rules.CONTRADICTION, record.location(), message)
        if isinstance(root, Graph):
            _rules(loaded, root)


def _contradiction(record: Record) -> str | None:
    match record:
        case Measure():
            return _measure(record)
        case Exemption(platforms=(), labels=()):
            return "this exception excepts nothing; name its platforms or labels"
        case Exemption(standing=None, statement=None, measure=None):
            return "this exception says nothing else; give it a standing, statement or measure"
        case Durations(typical=typical, maximum=maximum) if typical and maximum:
            return _above(typical, maximum, "typical", "maximum")
        case Selector(name=None, tag=None, parent=None, files=None):
            return "this selects every job; give a name, tag, parent or file"
        case Label(replaced_by=str(name)) if name == record.name:
            return f"the label {name!r} cannot be replaced by itself"
        case Label(default=True, removed=removed) if removed:
            return f"{record.name!r} is removed and cannot be a default label"
    return None


def _measure(measure: Measure) -> str | None:
    least, most = measure.at_least, measure.at_most
    bounded = least is not None or most is not None
    exact = measure.equals is not None or bool(measure.one_of)
    if not bounded and not exact:
        return "this measures nothing; add at_least, at_most, equals or one_of"
    if (bounded and exact) or (measure.equals is not None and measure.one_of):
        return "bounds, equals and one_of exclude each other; keep one of them"
    return None if least is None or most is None else _above(least, most, "at_least", "at_most")


def _above(low: object, high: object, low_key: str, high_key: str) -> str | None:
    if low > high:  # type: ignore[operator]
        return f"{low_key!r} ({low}) is above {high_key!r} ({high}); swap them"
    return None


def _rules(loaded: Loaded, graph: Graph) -> None:
    for rule in graph.rules:
        if not any(rule.every.selects(job) for job in graph.jobs):
            loaded.report.note(
                rules.RULE_WITHOUT_JOB,
                rule.every.location(),
                f"the rule {rule.id!r} selects no job of this graph",
            )
