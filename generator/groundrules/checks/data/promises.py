"""Promises that time or another promise has made untrue."""

from __future__ import annotations

import datetime
from itertools import combinations

from groundrules.diagnostics import Related
from groundrules.records import Catalogue, LoadedData
from groundrules.records.expectation import Expectation, Measure, Scope, Standing
from groundrules.records.fields import walk
from groundrules.records.platform import Label
from groundrules.records.session import ActionState
from groundrules.rules import records as rules

LOWEST, HIGHEST = float("-inf"), float("inf")
Promise = tuple[Expectation, Measure]


def check(catalogue: Catalogue, loaded: LoadedData) -> None:
    """Note actions that are late, promises that exclude each other, and promises of gone labels."""
    today = datetime.datetime.now(datetime.UTC).date()
    _late(catalogue, loaded, today)
    _excluding(catalogue, loaded)
    _of_gone_labels(catalogue, loaded, today)


def _late(catalogue: Catalogue, loaded: LoadedData, today: datetime.date) -> None:
    for session in catalogue.sessions:
        for action in (each for topic in session.all_topics() for each in topic.actions):
            if action.state is ActionState.OPEN and action.due and action.due < today:
                message = f"this action was due on {action.due}; say what became of it in 'state'"
                loaded.report.note(rules.LATE_ACTION, action.location("due"), message)


def _excluding(catalogue: Catalogue, loaded: LoadedData) -> None:
    """Note, once for two expectations, that no node of a label can keep them both."""
    told: set[tuple[str, str]] = set()
    for platform, label in catalogue.labels.values():
        promised: dict[str, list[Promise]] = {}
        for expectation in catalogue.expectations.values():
            answer = None if expectation.withdrawn else expectation.on(platform, label)
            if answer and answer.measure and answer.standing is Standing.GUARANTEED:
                promises = promised.setdefault(answer.measure.fact, [])
                promises.append((expectation, answer.measure))
        for first, second in (pair for each in promised.values() for pair in combinations(each, 2)):
            ids = (first[0].id, second[0].id)
            if ids not in told and _exclude(first[1], second[1]):
                told.add(ids)
                _note_excluding(first, second, label, loaded)


def _note_excluding(first: Promise, second: Promise, label: Label, loaded: LoadedData) -> None:
    loaded.report.note(
        rules.EXCLUDING_PROMISES,
        second[1].location(),
        f"on the label {label.name!r} no {second[1].fact} keeps both this and "
        f"{first[0].id!r}; correct one of them, or except the label",
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
    return not any(_low(bounds) <= each <= _high(bounds) for each in _numbers(exact or ()))


def _values(measure: Measure) -> tuple[object, ...] | None:
    if measure.equals is not None:
        return (measure.equals,)
    return measure.one_of or None


def _numbers(values: tuple[object, ...]) -> list[float]:
    return [
        each for each in values if isinstance(each, (int, float)) and not isinstance(each, bool)
    ]


def _low(measure: Measure) -> float:
    return LOWEST if measure.at_least is None else measure.at_least


def _high(measure: Measure) -> float:
    return HIGHEST if measure.at_most is None else measure.at_most


def _of_gone_labels(catalogue: Catalogue, loaded: LoadedData, today: datetime.date) -> None:
    """Note a removed label that an expectation still names; patterns may cover old ones."""
    for expectation in catalogue.expectations.values():
        if expectation.withdrawn:
            continue
        for scope in (each for each in walk(expectation) if isinstance(each, Scope)):
            if getattr(scope, "until", None):
                continue
            for index, name in enumerate(scope.labels):
                platform, label = catalogue.labels.get(name, (None, None))
                gone = platform.lived(label).removed if platform and label else None
                if platform and label and gone and gone <= today:
                    said = label if label.removed else platform
                    loaded.report.note(
                        rules.GONE_LABEL,
                        scope.location("labels", index),
                        f"the label {name!r} is removed since {gone}, so nothing can be "
                        "said of its nodes; take it out, or say 'until' when it was true",
                        [Related(said.location("removed"), "documented as removed")],
                    )
