"""Values of one record that cannot both be true."""

from __future__ import annotations

import datetime
from typing import Any

from groundrules.records import Catalogue, LoadedData
from groundrules.records.expectation import Exemption, Measure
from groundrules.records.fields import Record, walk
from groundrules.records.graph import Durations, Graph, Selector
from groundrules.records.manual import NamedConfiguration
from groundrules.records.platform import Label
from groundrules.rules import records as rules

Contradiction = tuple[str | None, str]  # the key it is told at, and the message


def check(catalogue: Catalogue, loaded: LoadedData) -> None:
    """Note measures, exceptions, durations and rules that cannot be meant."""
    for root in catalogue.records():
        for record in walk(root):
            if record.whole and (found := _contradiction(record)):
                key, message = found
                loaded.report.note(rules.CONTRADICTION, record.location(key), message)
        if isinstance(root, Graph) and root.whole:
            _rules(loaded, root)


def _contradiction(record: Record) -> Contradiction | None:
    match record:
        case Measure():
            return _measure(record)
        case Exemption(platforms=(), labels=()):
            return None, "this exception excepts nothing; name its platforms or labels"
        case Exemption(standing=None, statement=None, measure=None):
            return None, "this exception says nothing else; give a standing, statement or measure"
        case Durations(typical=typical, maximum=maximum):
            return _above(typical, maximum, "typical", "maximum")
        case Selector(name=None, tag=None, parent=None, files=None):
            return None, "this selects every job; give a name, tag, parent or file"
        case Label(replaced_by=str(name)) if name == record.name:
            return "replaced_by", f"the label {name!r} cannot be replaced by itself"
        case (
            NamedConfiguration(git=str(), folder=str())
            | NamedConfiguration(git=str(), tenant=str())
        ):
            return "git", "a git repository has no path or tenant file here; keep one of them"
        case NamedConfiguration(git=None, ref=str()):
            return "ref", "only a git repository has refs; say with 'git' where it is"
        case NamedConfiguration(tenant=None, tenant_name=str()):
            return "tenant_name", "only a tenant file has tenants; add its path as 'tenant'"
        case Label(default=True, removed=removed) if removed:
            return "default", f"{record.name!r} is removed and cannot be a default label"
    return None


def _measure(measure: Measure) -> Contradiction | None:
    least, most = measure.at_least, measure.at_most
    given = [least is not None or most is not None, measure.equals is not None, measure.one_of]
    if not any(given):
        return None, "this measures nothing; add at_least, at_most, equals or one_of"
    if sum(map(bool, given)) > 1:
        return None, "bounds, equals and one_of exclude each other; keep one of them"
    return _above(least, most, "at_least", "at_most")


def _above(low: Any, high: Any, low_key: str, high_key: str) -> Contradiction | None:
    if low is None or high is None or low <= high:
        return None
    low, high = _said(low), _said(high)
    return low_key, f"{low_key!r} ({low}) is above {high_key!r} ({high}); correct one of them"


def _said(value: Any) -> str:
    if isinstance(value, datetime.timedelta):
        return f"{value.total_seconds() / 60:g} min"
    return str(value)


def _rules(loaded: LoadedData, graph: Graph) -> None:
    for rule in graph.rules:
        if not any(rule.every.selects(job) for job in graph.jobs):
            loaded.report.note(
                rules.RULE_WITHOUT_JOB,
                rule.every.location(),
                f"the rule {rule.id!r} selects no job of this graph",
            )
