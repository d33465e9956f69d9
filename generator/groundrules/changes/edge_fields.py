"""Dependencies, rules and renamed jobs of documented graphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from operator import methodcaller

from msgspec import Struct

from groundrules.changes.change_kinds import ChangeKind, Effect
from groundrules.changes.field_difference import FieldDifference, RecordPair, inner, matched
from groundrules.changes.shown_values import shortened
from groundrules.graphs.elements import Status
from groundrules.records.graph import DocumentedWait, Graph, GraphRule, Selector
from groundrules.text import listed, verbatim

SOFTNESS = {
    True: "only where that job runs (soft)",
    False: "always (hard)",
}


def edge_differences(pair: RecordPair, name: str) -> Iterator[FieldDifference]:
    """Yield dependencies that were added, removed or changed."""
    before, after = pair.values(name)
    new_names = renamed_jobs(*pair.holders[-1]) if pair.holders else {}
    old_names = {new: old for old, new in new_names.items()}

    def key(wait: DocumentedWait) -> str:
        """Return one name for both revisions."""
        return min(wait.job, new_names.get(wait.job) or old_names.get(wait.job) or wait.job)

    for job, old, new in matched(before, after, key):
        path = f"waits_for[{job}]"
        if old is None or new is None:
            yield _edge(path, old, new)
        else:
            name_job = methodcaller("replace", "{job}", verbatim(new.job))
            yield from inner(pair.inside(old, new), path, name_job)


def _edge(
    path: str, before: DocumentedWait | None, after: DocumentedWait | None
) -> FieldDifference:
    wait = after or before
    assert wait is not None  # noqa: S101 - one of both revisions has it
    planned = ", as a plan" if wait.status is Status.PLANNED else ""
    why = shortened(wait.why) if wait.why else "the reason is not known"
    job, kind = verbatim(wait.job), ChangeKind.EDGE_ADDED
    if wait.gone:
        return _gone_edge(path, before, after, why)
    sentence = f"It waits for {job} now, {SOFTNESS[wait.soft]}{planned}: {why}"
    if after is None:
        kind, soft = ChangeKind.EDGE_REMOVED, " (soft)" if wait.soft else ""
        sentence = f"It no longer waits for {job}{soft}{planned}; the reason was: {why}"
    return FieldDifference(kind, Effect.DIFFERENT, sentence, path, before, after, wait.location())


def _gone_edge(
    path: str, before: DocumentedWait | None, after: DocumentedWait | None, why: str
) -> FieldDifference:
    """Return a dependency of the past, which is new in the history or no longer in it."""
    wait = after or before
    assert wait is not None  # noqa: S101 - one of both revisions has it
    dependency = f"The dependency on {verbatim(wait.job)}{' (soft)' if wait.soft else ''}"
    kind = ChangeKind.REMOVED
    sentence = f"{dependency}, gone on {wait.gone}, is no longer recorded; the reason was: {why}"
    if after:
        kind, sentence = ChangeKind.ADDED, f"{dependency} is recorded, gone on {wait.gone}: {why}"
    return FieldDifference(kind, Effect.DETAIL, sentence, path, before, after, wait.location())


def soft_difference(pair: RecordPair, name: str) -> Iterator[FieldDifference]:
    """Yield a dependency that was hardened or softened."""
    before, after = pair.values(name)
    if before != after:
        kind = ChangeKind.EDGE_SOFTENED if after else ChangeKind.EDGE_HARDENED
        sentence = f"It waits for {{job}} {SOFTNESS[after]}; before, {SOFTNESS[before]}."
        yield FieldDifference(kind, Effect.DIFFERENT, sentence, name, before, after)


class StatusForm(Struct, frozen=True):
    """Whether a dependency or rule, called ``noun``, is enforced or planned."""

    noun: str

    def __call__(self, pair: RecordPair, name: str) -> Iterator[FieldDifference]:
        """Yield a plan that is enforced now, or the reverse."""
        before, after = pair.values(name)
        if before != after:
            is_enforced = after is Status.ENFORCED
            kind = ChangeKind.EDGE_ENFORCED if is_enforced else ChangeKind.EDGE_PLANNED
            sentence = f"{self.noun} is {after} now; it was {before}."
            yield FieldDifference(kind, Effect.DIFFERENT, sentence, name, before, after)


def rule_differences(pair: RecordPair, name: str) -> Iterator[FieldDifference]:
    """Yield rules of a graph that were added, removed or changed."""
    for key, old, new in matched(*pair.values(name), lambda rule: rule.id):
        path = f"{name}[{key}]"
        if old is None or new is None:
            yield _rule(path, old, new)
        else:
            yield from inner(pair.inside(old, new), path, partial(_in_rule, verbatim(key)))


def _in_rule(rule: str, sentence: str) -> str:
    return f"In the rule {rule}: {sentence}"


def _rule(path: str, before: GraphRule | None, after: GraphRule | None) -> FieldDifference:
    rule = after or before
    assert rule is not None  # noqa: S101 - one of both revisions has it
    words = f"{verbatim(rule.id)}: {rule_words(rule)}. {shortened(rule.why)}"
    kind, sentence = ChangeKind.RULE_REMOVED, f"A rule was removed: {words}"
    if after:
        kind, sentence = ChangeKind.RULE_ADDED, f"A new rule {words}"
    return FieldDifference(kind, Effect.DIFFERENT, sentence, path, before, after, rule.location())


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
