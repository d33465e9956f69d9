"""Promises that time or another promise has made untrue."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from itertools import islice

from groundrules.checks.data.common_values import CommonValues
from groundrules.checks.data.conflicts import Conflicts, Promise
from groundrules.checks.data.targets import ScopeKey, Target, Targets, key_of
from groundrules.diagnostics import Related
from groundrules.records import Catalogue, LoadedData
from groundrules.records.expectation import (
    Exemption,
    Expectation,
    ExpectationAnswer,
    Measure,
    Scope,
    Standing,
)
from groundrules.records.fields import walk
from groundrules.records.platform import Label, has_come
from groundrules.rules import records as rules

MOST_DAYS = 10  # days on which promises are compared, today and later ones
Answer = tuple[Expectation, ExpectationAnswer]


def check(catalogue: Catalogue, loaded: LoadedData) -> None:
    """Note actions that are late, promises that exclude each other, and promises of gone labels."""
    _late(catalogue, loaded)
    _excluding(catalogue, loaded)
    _of_gone_labels(catalogue, loaded)


def _late(catalogue: Catalogue, loaded: LoadedData) -> None:
    for session in catalogue.sessions:
        for action in (action for topic in session.all_topics() for action in topic.actions):
            if action.is_late_on(catalogue.today):
                message = (
                    f"this action is open and was due on {action.due}; write a new date, "
                    "or change 'state' to done, dropped or unknown"
                )
                loaded.report.note(rules.LATE_ACTION, action.location("due"), message)


def _excluding(catalogue: Catalogue, loaded: LoadedData) -> None:
    """Report, once for two expectations, that no node of a label can keep them both."""
    conflicts = Conflicts()
    targets = Targets(list(catalogue.labels.values()))
    for fact, expectations in _by_fact(catalogue).items():
        days = _days(expectations, catalogue.today)
        for (platform, label), candidates in _alike(targets, expectations):
            for day in days:
                answers = [
                    (expectation, answer)
                    for expectation in candidates
                    if expectation.is_said_on(day)
                    and (answer := expectation.on(day, platform, label))
                ]
                for of_one_kind in _kinds_of_node(answers):
                    promises = _guarantees(fact, of_one_kind)
                    for first, second in conflicts.between(promises):
                        _note_excluding(first, second, label, loaded)
            if conflicts.are_too_many:
                _note_more(conflicts, loaded)
                return


def _by_fact(catalogue: Catalogue) -> dict[str, list[Expectation]]:
    """Return expectations by the fact they measure, where not all can be kept at once."""
    measured: dict[str, list[Expectation]] = {}
    for expectation in catalogue.expectations.values():
        for fact in dict.fromkeys(measure.fact for measure in _measures(expectation)):
            measured.setdefault(fact, []).append(expectation)
    return {fact: group for fact, group in measured.items() if _may_exclude(fact, group)}


def _may_exclude(fact: str, expectations: list[Expectation]) -> bool:
    common = CommonValues()
    measures = (measure for expectation in expectations for measure in _measures(expectation))
    return not all(common.add(measure) for measure in measures if measure.fact == fact)


def _measures(expectation: Expectation) -> Iterator[Measure]:
    exceptional = (exception.measure for exception in expectation.exceptions)
    yield from (measure for measure in (expectation.measure, *exceptional) if measure is not None)


def _alike(
    targets: Targets, expectations: list[Expectation]
) -> Iterator[tuple[Target, list[Expectation]]]:
    """Yield one label of all that get the same answers, with the expectations that apply to it."""
    limited: dict[ScopeKey, list[int]] = {}
    for position, expectation in enumerate(expectations):
        limited.setdefault(key_of(expectation.applies_to), []).append(position)
    everywhere = limited.pop(((), ()), [])
    for index, keys in _one_of_each_kind(targets, expectations):
        positions = [*everywhere, *(at for key in keys for at in limited.get(key, ()))]
        yield targets.all[index], [expectations[at] for at in sorted(positions)]


def _one_of_each_kind(
    targets: Targets, expectations: list[Expectation]
) -> Iterator[tuple[int, frozenset[ScopeKey]]]:
    """Yield the first label of each kind: that the same scopes cover and the same clouds supply."""
    scopes = {
        key_of(scope): scope
        for expectation in expectations
        for scope in (expectation.applies_to, *expectation.exceptions)
        if scope.platforms or scope.labels
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
            yield index, keys


def _kinds_of_node(answers: list[Answer]) -> Iterator[list[Answer]]:
    """Yield the answers for a label, then for its nodes from each provider that differs."""
    yield answers
    different = {id(provider) for _, answer in answers for provider, _ in answer.elsewhere}
    for identity in different:
        yield [(expectation, _from(identity, answer)) for expectation, answer in answers]


def _from(identity: int, answer: ExpectationAnswer) -> ExpectationAnswer:
    """Return the answer for the nodes of one provider; ``identity`` is its `id`."""
    return next((other for provider, other in answer.elsewhere if id(provider) == identity), answer)


def _guarantees(fact: str, answers: list[Answer]) -> list[Promise]:
    """Return what is guaranteed of one fact."""
    return [
        (expectation, answer.measure)
        for expectation, answer in answers
        if answer.standing is Standing.GUARANTEED
        if answer.measure and answer.measure.fact == fact
    ]


def _days(expectations: list[Expectation], today: datetime.date) -> list[datetime.date]:
    """Return today and the next days on which a promise changes.

    Promises that will exclude each other are reported when the date is written, so that no build
    fails on that day.
    """
    days = {today}
    for expectation in expectations:
        days |= {day for day in (expectation.since, expectation.withdrawn) if day}
        for exception in expectation.exceptions:
            days |= {day for day in (exception.since,) if day}
            if exception.until and exception.until < datetime.date.max:
                days.add(exception.until + datetime.timedelta(days=1))
    return sorted(day for day in days if day >= today)[:MOST_DAYS]


def _note_more(conflicts: Conflicts, loaded: LoadedData) -> None:
    if conflicts.last:
        loaded.report.note(
            rules.EXCLUDING_PROMISES,
            conflicts.last[1].location(),
            "more promises that exclude each other are not shown; correct these first",
        )


def _note_excluding(
    first: Promise, second: Promise, label: Label | None, loaded: LoadedData
) -> None:
    name = label.name if label else ""
    loaded.report.note(
        rules.EXCLUDING_PROMISES,
        second[1].location(),
        f"no {second[1].fact} of label {name!r} can keep both this and {first[0].id!r}; "
        "correct one of them, or add an exception for the label",
        [Related(first[1].location(), "the other promise")],
    )


def _of_gone_labels(catalogue: Catalogue, loaded: LoadedData) -> None:
    """Note a removed label that an expectation still names; patterns may cover old ones."""
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
                    loaded.report.note(
                        rules.GONE_LABEL,
                        scope.location("labels", index),
                        f"label {name!r} was removed on {gone}; "
                        f"remove it here{until if isinstance(scope, Exemption) else ''}",
                        [Related(dated.location("removed"), "documented as removed")],
                    )
