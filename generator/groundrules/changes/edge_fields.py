"""Dependencies, rules and renamed jobs of documented graphs."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping
from operator import attrgetter, methodcaller

from groundrules.changes.change_kinds import ChangeKind, Effect
from groundrules.changes.field_difference import FieldDifference, PartList, RecordPair, Reword, Said
from groundrules.changes.field_forms import OtherValue
from groundrules.changes.shown_values import prose
from groundrules.graphs.elements import Status
from groundrules.records.graph import DocumentedWait, Graph, GraphRule, Selector
from groundrules.text import listed, verbatim

SOFTNESS = {
    True: "only where that job runs (soft)",
    False: "always (hard)",
}


def edge_differences(pair: RecordPair, name: str) -> Iterator[FieldDifference]:
    """Yield dependencies that were added, removed or changed."""
    new_names = renamed_jobs(*pair.holders[-1]) if pair.holders else {}
    old_names = {new: old for old, new in new_names.items()}

    def key(wait: DocumentedWait) -> str:
        """Return one name for both revisions."""
        return min(wait.job, new_names.get(wait.job) or old_names.get(wait.job) or wait.job)

    return PartList(key, _edge, _in_edge)(pair, name)


def _in_edge(edge: RecordPair) -> Reword:
    return methodcaller("replace", "{job}", verbatim(edge.after.job))


def _edge(edge: RecordPair) -> Said:
    wait: DocumentedWait = edge.only
    planned = ", as a plan" if wait.status is Status.PLANNED else ""
    why = prose(wait.why) if wait.why else "the reason is not known"
    job, soft = verbatim(wait.job), " (soft)" if wait.soft else ""
    if wait.gone:
        return _gone_edge(f"The dependency on {job}{soft}", wait.gone, why, edge.after is not None)
    if edge.after is None:
        sentence = f"It no longer waits for {job}{soft}{planned}; the reason was: {why}"
        return ChangeKind.EDGE_REMOVED, Effect.DIFFERENT, sentence
    sentence = f"It waits for {job} now, {SOFTNESS[wait.soft]}{planned}: {why}"
    return ChangeKind.EDGE_ADDED, Effect.DIFFERENT, sentence


def _gone_edge(dependency: str, gone: datetime.date, why: str, is_new: bool) -> Said:
    """Return a dependency of the past, which is new in the history or no longer in it."""
    if is_new:
        return ChangeKind.ADDED, Effect.DETAIL, f"{dependency} is recorded, gone on {gone}: {why}"
    sentence = f"{dependency}, gone on {gone}, is no longer recorded; the reason was: {why}"
    return ChangeKind.REMOVED, Effect.DETAIL, sentence


def softened(before: bool, after: bool) -> Said:
    """Return that a dependency was softened or hardened."""
    kind = ChangeKind.EDGE_SOFTENED if after else ChangeKind.EDGE_HARDENED
    sentence = f"It waits for {{job}} {SOFTNESS[after]}; before, {SOFTNESS[before]}."
    return kind, Effect.DIFFERENT, sentence


def status_of(noun: str) -> OtherValue:
    """Return the form of the status of a dependency or rule: a plan is enforced now, or not."""

    def say(before: Status, after: Status) -> Said:
        is_enforced = after is Status.ENFORCED
        kind = ChangeKind.EDGE_ENFORCED if is_enforced else ChangeKind.EDGE_PLANNED
        return kind, Effect.DIFFERENT, f"{noun} is {after} now; it was {before}."

    return OtherValue(say)


def _in_rule(rule: RecordPair) -> Reword:
    return f"In the rule {verbatim(rule.after.id)}: {{}}".format


def _rule(pair: RecordPair) -> Said:
    rule: GraphRule = pair.only
    words = f"{verbatim(rule.id)}: {rule_words(rule)}. {prose(rule.why)}"
    if pair.after is None:
        return ChangeKind.RULE_REMOVED, Effect.DIFFERENT, f"A rule was removed: {words}"
    return ChangeKind.RULE_ADDED, Effect.DIFFERENT, f"A new rule {words}"


RULES = PartList(attrgetter("id"), _rule, _in_rule)
"""The form of the rules of a graph."""


def rule_words(rule: GraphRule) -> str:
    """Return a rule as words."""
    directly = " directly" if rule.directly else ""
    planned = " (a plan)" if rule.status is Status.PLANNED else ""
    jobs = selector_words(rule.every)
    return f"{jobs} waits for {verbatim(rule.waits_for)}{directly}{planned}"


def selector_words(selector: Selector) -> str:
    """Return the jobs that a rule applies to.

    >>> selector_words(Selector(tag="web", name="deploy-*"))
    "every job called 'deploy-*' and with the tag 'web'"
    """
    phrases = (
        ("called", selector.name),
        ("with the tag", selector.tag),
        ("that inherits from", selector.parent),
        ("that runs for the file", selector.files),
    )
    words = [f"{phrase} {verbatim(value)}" for phrase, value in phrases if value]
    return f"every job {listed(words)}".rstrip()


def renamed_jobs(before: Graph | None, after: Graph | None) -> Mapping[str, str]:
    """Return the new names of jobs by their old ones, as ``formerly`` says in either revision."""
    if before is None or after is None:
        return {}
    old = {job.name: job for job in before.jobs}
    new = {job.name: job for job in after.jobs}
    gone = {name: job for name, job in old.items() if name not in new}
    come = {name: job for name, job in new.items() if name not in old}
    pairs = {(name, job.name) for job in come.values() for name in job.formerly if name in gone}
    pairs |= {(job.name, name) for job in gone.values() for name in job.formerly if name in come}
    olds, news = Counter(pair[0] for pair in pairs), Counter(pair[1] for pair in pairs)
    return {one: other for one, other in sorted(pairs) if olds[one] == 1 == news[other]}
