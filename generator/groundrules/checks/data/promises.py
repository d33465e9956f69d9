"""Promises that time or another promise has made untrue."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import combinations, product

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
from groundrules.records.session import ActionState
from groundrules.rules import records as rules

MOST_DAYS = 10  # days on which promises are compared, today and later ones
LOWEST, HIGHEST = float("-inf"), float("inf")
Promise = tuple[Expectation, Measure]
Answer = tuple[Expectation, ExpectationAnswer]


def check(catalogue: Catalogue, loaded: LoadedData) -> None:
    """Note actions that are late, promises that exclude each other, and promises of gone labels."""
    _late(catalogue, loaded)
    _excluding(catalogue, loaded)
    _of_gone_labels(catalogue, loaded)


def _late(catalogue: Catalogue, loaded: LoadedData) -> None:
    for session in catalogue.sessions:
        for action in (action for topic in session.all_topics() for action in topic.actions):
            if action.state is ActionState.OPEN and action.due and action.due < catalogue.today:
                message = (
                    f"this action is open and was due on {action.due}; write a new date, "
                    "or change 'state' to done, dropped or unknown"
                )
                loaded.report.note(rules.LATE_ACTION, action.location("due"), message)


def _excluding(catalogue: Catalogue, loaded: LoadedData) -> None:
    """Report, once for two expectations, that no node of a label can keep them both."""
    reported: set[tuple[str, str]] = set()
    expectations = [
        expectation for expectation in catalogue.expectations.values() if _is_measured(expectation)
    ]
    days = _days(expectations, catalogue.today)
    for (platform, label), day in product(catalogue.labels.values(), days):
        answers = [
            (expectation, answer)
            for expectation in expectations
            if expectation.is_said_on(day) and (answer := expectation.on(day, platform, label))
        ]
        for first, second in (
            pair for of_one_kind in _kinds_of_node(answers) for pair in _pairs(of_one_kind)
        ):
            ids = (first[0].id, second[0].id)
            if ids not in reported and _exclude(first[1], second[1]):
                reported.add(ids)
                _note_excluding(first, second, label, loaded)


def _kinds_of_node(answers: list[Answer]) -> Iterator[list[Answer]]:
    """Yield the answers for a label, then for its nodes from each provider that differs."""
    yield answers
    different = {id(provider) for _, answer in answers for provider, _ in answer.elsewhere}
    for identity in different:
        yield [(expectation, _from(identity, answer)) for expectation, answer in answers]


def _from(identity: int, answer: ExpectationAnswer) -> ExpectationAnswer:
    """Return the answer for the nodes of one provider; ``identity`` is its `id`."""
    return next((other for provider, other in answer.elsewhere if id(provider) == identity), answer)


def _pairs(answers: list[Answer]) -> Iterator[tuple[Promise, Promise]]:
    """Yield each two guarantees of one fact."""
    promised: dict[str, list[Promise]] = {}
    for expectation, answer in answers:
        if answer.measure and answer.standing is Standing.GUARANTEED:
            promised.setdefault(answer.measure.fact, []).append((expectation, answer.measure))
    for promises in promised.values():
        yield from combinations(promises, 2)


def _is_measured(expectation: Expectation) -> bool:
    return bool(
        expectation.measure or any(exception.measure for exception in expectation.exceptions)
    )


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


def _note_excluding(first: Promise, second: Promise, label: Label, loaded: LoadedData) -> None:
    loaded.report.note(
        rules.EXCLUDING_PROMISES,
        second[1].location(),
        f"no {second[1].fact} of label {label.name!r} can keep both this and {first[0].id!r}; "
        "correct one of them, or add an exception for the label",
        [Related(first[1].location(), "the other promise")],
    )


def _exclude(first: Measure, second: Measure) -> bool:
    """Return whether no value keeps both measures."""
    if not first.whole or not second.whole:
        return False
    one, other = _values(first), _values(second)
    if one is not None and other is not None:
        return not set(one) & set(other)
    if one is None and other is None:
        return max(_low(first), _low(second)) > min(_high(first), _high(second))
    exact, bounds = (one, second) if one is not None else (other, first)
    return not any(_low(bounds) <= number <= _high(bounds) for number in _numbers(exact or ()))


def _values(measure: Measure) -> tuple[object, ...] | None:
    if measure.equals is not None:
        return (measure.equals,)
    return measure.one_of or None


def _numbers(values: tuple[object, ...]) -> list[float]:
    return [
        value for value in values if isinstance(value, (int, float)) and not isinstance(value, bool)
    ]


def _low(measure: Measure) -> float:
    return LOWEST if measure.at_least is None else measure.at_least


def _high(measure: Measure) -> float:
    return HIGHEST if measure.at_most is None else measure.at_most


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
