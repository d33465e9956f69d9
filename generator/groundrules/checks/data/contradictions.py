"""Contradictions between values of a record."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from groundrules.diagnostics import Diagnostic
from groundrules.records import Catalogue, DataContent
from groundrules.records.expectation import Exemption, Measure
from groundrules.records.fields import Record, walk
from groundrules.records.graph import Durations, Graph, IndependentJobs, Selector
from groundrules.records.manual import NamedConfiguration
from groundrules.records.platform import Label
from groundrules.records.session import Outcome, SessionTopic
from groundrules.records.shape import name_of
from groundrules.rules import records as rules
from groundrules.systems import OTHER

Contradiction = tuple[str | None, str]  # the key where it is reported, and the message

MOST_INDEPENDENT = 50
"""The pages of the jobs of a group list each other, so its cost is quadratic."""


def check(catalogue: Catalogue, _: DataContent) -> Iterator[Diagnostic]:
    """Yield measures, exceptions, durations and rules that cannot be meant."""
    for root in catalogue.records():
        for record in walk(root):
            if record.whole and (contradiction := _contradiction(record)):
                key, message = contradiction
                yield Diagnostic(record.location(key), message, rules.CONTRADICTION)
        if isinstance(root, Graph) and root.whole:
            yield from _rules(root)


def _contradiction(record: Record) -> Contradiction | None:
    match record:
        case Measure():
            return measure_contradiction(record)
        case Exemption(platforms=(), labels=(), providers=(), regions=()):
            return None, "this exception has no scope; name its platforms, labels or providers"
        case Exemption(standing=None, statement=None, measure=None):
            return None, "this exception changes nothing; add 'standing', 'statement' or 'measure'"
        case Durations(typical=typical, maximum=maximum):
            return _above(typical, maximum, "typical", "maximum")
        case SessionTopic(outcome=Outcome.DECIDED, decisions=()):
            return "outcome", "the outcome is 'decided' and no decision is written; add 'decisions'"
        case IndependentJobs(jobs=jobs) if len(set(jobs)) < max(2, len(jobs)):
            return "jobs", "independent jobs are different ones; name at least two, each once"
        case IndependentJobs(jobs=jobs) if len(jobs) > MOST_INDEPENDENT:
            return "jobs", f"a group has {MOST_INDEPENDENT} jobs at most; split it"
        case Selector(name=None, tag=None, parent=None, files=None):
            return None, "this selects every job; add a name, tag, parent or file"
        case Label(replaced_by=str(name)) if name == record.name:
            return "replaced_by", f"label {name!r} is its own successor; name another label"
        case NamedConfiguration(system=system) if system == OTHER:
            return _read_from(record)
        case (
            NamedConfiguration(git=str(), folder=str())
            | NamedConfiguration(git=str(), tenant=str())
        ):
            return "git", "'git' cannot be combined with 'path' or 'tenant'; keep one of them"
        case NamedConfiguration(git=None, ref=str()):
            return "ref", "'ref' needs 'git'; add the repository, or remove 'ref'"
        case NamedConfiguration(tenant=None, tenant_name=str()):
            return "tenant_name", "'tenant_name' needs 'tenant'; add the path of the tenant file"
    return None


def _read_from(kept: NamedConfiguration) -> Contradiction | None:
    """Return the first key that says where a configuration is that nothing can read."""
    keys = ("path", "git", "ref", "tenant", "tenant_name", "connections")
    for key in (key for key in keys if getattr(kept, name_of(NamedConfiguration, key))):
        what = "nothing reads a configuration of system 'other'"
        return key, f"{what}; remove {key!r}, or name the system"
    return None


def measure_contradiction(measure: Measure) -> Contradiction | None:
    """Return why no value can keep a measure, or why it is not known which can."""
    least, most = measure.at_least, measure.at_most
    given = [least is not None or most is not None, measure.equals is not None, measure.one_of]
    if not any(given):
        return None, "this measure has no limit; add at_least, at_most, equals or one_of"
    if sum(map(bool, given)) > 1:
        return None, "bounds, equals and one_of exclude each other; keep one of them"
    return _above(least, most, "at_least", "at_most")


def _above(low: Any, high: Any, low_key: str, high_key: str) -> Contradiction | None:
    if low is None or high is None or low <= high:
        return None
    low, high = _shown(low), _shown(high)
    return low_key, f"{low_key!r} ({low}) is above {high_key!r} ({high}); correct one of them"


def _shown(value: Any) -> str:
    if isinstance(value, datetime.timedelta):
        return f"{value.total_seconds() / 60:g} min"
    return str(value)


def _rules(graph: Graph) -> Iterator[Diagnostic]:
    for rule in graph.rules:
        if not any(rule.every.selects(job) for job in graph.jobs):
            message = f"rule {rule.id!r} selects no job of this graph; correct its 'every'"
            yield Diagnostic(rule.every.location(), message, rules.RULE_WITHOUT_JOB)
