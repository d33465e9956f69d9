"""Expectations that contradict the date or each other."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from itertools import islice

from groundrules.checks.data.conflicts import Conflicts, Promise
from groundrules.checks.data.suspects import Suspects, measures
from groundrules.checks.data.targets import ScopeKey, Target, Targets, key_of
from groundrules.diagnostics import Diagnostic, Related
from groundrules.records import Catalogue, DataContent
from groundrules.records.expectation import (
    Exemption,
    Expectation,
    Scope,
)
from groundrules.records.fields import walk
from groundrules.records.platform import Label, Platform, has_come
from groundrules.rules import records as rules

MOST_DAYS = 10  # days on which expectations are compared, from today on


def check(catalogue: Catalogue, _: DataContent) -> Iterator[Diagnostic]:
    """Yield late actions, promises that exclude each other, and promises of gone labels."""
    yield from _late(catalogue)
    yield from _excluding(catalogue)
    yield from _of_gone_labels(catalogue)


def _late(catalogue: Catalogue) -> Iterator[Diagnostic]:
    for session in catalogue.sessions:
        for action in (action for topic in session.all_topics() for action in topic.actions):
            if action.is_late_on(catalogue.today):
                message = (
                    f"this action is open and was due on {action.due}; write a new date, "
                    "or change 'state' to done, dropped or unknown"
                )
                yield Diagnostic(action.location("due"), message, rules.LATE_ACTION)


def _excluding(catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Yield, once for two expectations, that no node of a label can keep them both."""
    conflicts = Conflicts()
    targets = Targets(catalogue)
    for fact, expectations in _by_fact(catalogue).items():
        days = _days(expectations, catalogue.today)
        suspects = Suspects(fact, expectations)
        for target, keys in _one_of_each_kind(targets, expectations) if suspects else ():
            for promises in suspects.promises(days, target, keys):
                for first, second in conflicts.between(promises):
                    yield _excludes(first, second, *target)
            if conflicts.are_too_many:
                yield from _more(conflicts)
                return


def _by_fact(catalogue: Catalogue) -> dict[str, list[Expectation]]:
    """Return expectations by the fact that they measure."""
    by_fact: dict[str, list[Expectation]] = {}
    for expectation in catalogue.expectations.values():
        for fact in dict.fromkeys(measure.fact for _, measure in measures(expectation)):
            by_fact.setdefault(fact, []).append(expectation)
    return by_fact


def _one_of_each_kind(
    targets: Targets, expectations: list[Expectation]
) -> Iterator[tuple[Target, frozenset[ScopeKey]]]:
    """Yield the first label of each kind, with the same scopes and providers."""
    scopes = {
        key_of(scope): scope
        for expectation in expectations
        for scope in (expectation.applies_to, *expectation.exceptions)
        if scope.is_limited
    }
    covering: dict[int, list[ScopeKey]] = {}
    for key, scope in scopes.items():
        for index in targets.covered(scope):
            covering.setdefault(index, []).append(key)
    is_partial = any(
        exception.is_partial for expectation in expectations for exception in expectation.exceptions
    )
    if is_partial:
        indexes: Iterable[int] = range(len(targets.all))
    else:
        others = (index for index in range(len(targets.all)) if index not in covering)
        indexes = sorted([*covering, *islice(others, 1)])
    seen: set[tuple[object, ...]] = set()
    for index in indexes:
        platform, label = targets.all[index]
        suppliers = platform.suppliers(label) if is_partial else ()
        keys = frozenset(covering.get(index, ()))
        kind = (keys, *map(id, suppliers))
        if kind not in seen:
            seen.add(kind)
            yield targets.all[index], keys


def _days(expectations: list[Expectation], today: datetime.date) -> list[datetime.date]:
    """Return today and the next days on which an expectation changes.

    Future contradictions are reported when the date is written, so that no build fails on that
    day.
    """
    days = {today}.union(*(expectation.turns() for expectation in expectations))
    return sorted(day for day in days if day >= today)[:MOST_DAYS]


def _more(conflicts: Conflicts) -> Iterator[Diagnostic]:
    if conflicts.last:
        message = "more promises that exclude each other are not shown; correct these first"
        yield Diagnostic(conflicts.last[1].location(), message, rules.EXCLUDING_PROMISES)


def _excludes(
    first: Promise, second: Promise, platform: Platform, label: Label | None
) -> Diagnostic:
    kind, name = ("label", label.name) if label else ("platform", platform.id)
    return Diagnostic(
        second[1].location(),
        f"no {second[1].fact} of {kind} {name!r} can keep both this and {first[0].id!r}; "
        f"correct one of them, or add an exception for the {kind}",
        rules.EXCLUDING_PROMISES,
        (Related(first[1].location(), "the other promise"),),
    )


def _of_gone_labels(catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Yield a removed label that an expectation still names; patterns may cover old ones."""
    for expectation in catalogue.expectations.values():
        if has_come(expectation.withdrawn, catalogue.today):
            continue
        for scope in (part for part in walk(expectation) if isinstance(part, Scope)):
            if getattr(scope, "until", None):
                continue
            for index, name in enumerate(scope.labels):
                platform, label = catalogue.labels.get(name, (None, None))
                gone = platform.dated(label).removed if platform and label else None
                if platform and label and has_come(gone, catalogue.today):
                    dated = label if label.removed else platform
                    until = ", or write in 'until' when it was true"
                    yield Diagnostic(
                        scope.location("labels", index),
                        f"label {name!r} was removed on {gone}; "
                        f"remove it here{until if isinstance(scope, Exemption) else ''}",
                        rules.GONE_LABEL,
                        (Related(dated.location("removed"), "documented as removed"),),
                    )
