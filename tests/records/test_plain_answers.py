"""The fast checks of expectations give the answers of slow ones that compare everything.

The slow ones ask each expectation about each node on each day, and look for a value that keeps two
measures among the few that can matter.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from itertools import combinations, combinations_with_replacement
from typing import Any

from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from groundrules.checks.data import exceptions, promises
from groundrules.records import Catalogue, DataContent
from groundrules.records.expectation import Exemption, Expectation, Measure, Standing, Topic
from groundrules.records.fields import Context, Origin
from groundrules.records.manual import Manual
from groundrules.records.names import KnownNames
from groundrules.records.platform import Label, Platform, Provider
from groundrules.rules.records import EXCLUDING_PROMISES

TODAY = datetime.date(2026, 5, 10)
DAYS = [TODAY + datetime.timedelta(days=number) for number in range(-2, 4)]
ALL_DAYS = [TODAY + datetime.timedelta(days=number) for number in range(-3, 5)]
"""The same and the days around them: nothing changes on others."""

VALUES = [0, 1, 1.5, 2, True, False, "a", "1"]
PLAIN = {"title": "T", "statement": "S.", "standing": "guaranteed"}
MANUAL = Manual.model_construct(title="T", publisher="P", summary="S.")
Node = tuple[Platform, Label | None, Provider | None]


def merged(*parts: dict[str, Any]) -> dict[str, Any]:
    return {key: value for part in parts for key, value in part.items()}


def one_of(*values: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.sampled_from(values)


def dated(first: str, last: str) -> st.SearchStrategy[dict[str, Any]]:
    """Return no dates, or dates in their order."""
    pairs = combinations_with_replacement(DAYS, 2)
    both = [{first: start, last: end} for start, end in pairs]
    return one_of({}, *({key: day} for key in (first, last) for day in DAYS), *both)


MEASURES = st.builds(
    merged,
    one_of({"fact": "f"}, {"fact": "f"}, {"fact": "g"}),
    one_of(
        {"at_least": 1.5},
        {"at_least": 2},
        {"at_most": 1},
        {"at_most": 1.5},
        {"at_least": 0, "at_most": 1},
        *({"equals": value} for value in VALUES),
        {"one_of": [0, True, "a"]},
        {"one_of": [1, 1.5, "1"]},
        {"one_of": [False, 2]},
        {"one_of": []},
        {"at_least": 1, "equals": 2},
        {"at_least": 2, "at_most": 1},
    ),
)
SCOPES = one_of(
    {},
    {"platforms": ["p"]},
    {"platforms": ["q"]},
    {"platforms": ["*"]},
    {"labels": ["a"]},
    {"labels": ["a", "b"]},
    {"labels": ["*"]},
    {"labels": ["c"], "platforms": ["p"]},
)
STANDINGS = st.sampled_from(["guaranteed", "guaranteed", "varies"])
EXCEPTIONS = st.builds(
    merged,
    SCOPES,
    one_of({}, {}, {"providers": ["x"]}, {"providers": ["*"], "regions": ["r"]}),
    one_of({}, {"standing": "varies"}, {"standing": "guaranteed"})
    | st.fixed_dictionaries({"measure": MEASURES}),
    dated("since", "until"),
)
EXPECTATIONS = st.builds(
    merged,
    st.just(PLAIN),
    st.fixed_dictionaries({"standing": STANDINGS, "applies_to": SCOPES, "measure": MEASURES}),
    st.just({}) | st.fixed_dictionaries({"except": st.lists(EXCEPTIONS, min_size=1, max_size=4)}),
    one_of({}) | dated("since", "withdrawn"),
)
PROVIDERS = st.lists(
    st.builds(
        merged,
        st.just({"as_of": TODAY}),
        one_of(*({"name": name, "region": region} for name in "xy" for region in (None, "r", "s"))),
        one_of({"status": "active"}, {"status": "active"}, {"status": "removed"}),
        one_of({}, {"labels": ["a"]}, {"labels": ["b", "c"]}),
    ),
    max_size=3,
)
PLATFORMS = st.builds(
    lambda labels, *providers: [
        Platform.model_validate(
            {
                "id": name, "title": "T", "summary": "S.", "providers": list(own),
                "labels": [{"name": label, "operating_system": "X"} for label in labels[at]],
            }
        )
        for at, (name, own) in enumerate(zip("pq", providers, strict=True))
    ],
    st.sampled_from([("", "a"), ("a", "b"), ("ab", "c"), ("ac", ""), ("abc", "")]),
    PROVIDERS,
    PROVIDERS,
)  # fmt: skip


def catalogue(platforms: list[Platform], expectations: list[dict[str, Any]]) -> Catalogue:
    """Return a manual whose expectations have a file each, which a place can name."""
    topics = [
        Topic.model_validate(
            {"topic": "t", "title": "T", "expectations": [{"id": f"e{number}", **fields}]},
            context=Context(f"e{number}"),
        )
        for number, fields in enumerate(expectations)
    ]
    for topic in topics:
        for number, exception in enumerate(topic.expectations[0].exceptions):
            exception._origin = Origin(path=f"{topic.expectations[0].id}/{number}")
    return Catalogue(MANUAL, platforms=tuple(platforms), topics=tuple(topics), today=TODAY)


MANUALS = st.builds(catalogue, PLATFORMS, st.lists(EXPECTATIONS, min_size=1, max_size=4))


def nodes(platforms: tuple[Platform, ...]) -> Iterator[Node]:
    """Yield every node: of a label from anywhere, and from each of its providers."""
    for platform in platforms:
        for label in platform.labels or (None,):
            yield platform, label, None
            for provider in platform.providers:
                if label is None or provider.supplies(label.name):
                    yield platform, label, provider


def is_about(expectation: Expectation, platform: Platform, label: Label | None) -> bool:
    scope = expectation.applies_to
    return not (scope.platforms or scope.labels) or scope.covers(platform, label)


def taken(expectation: Expectation, day: datetime.date, node: Node) -> Exemption | None:
    """Return the first exception that applies to a node."""
    platform, label, provider = node
    return next(
        (
            exception
            for exception in expectation.exceptions
            if exception.holds_on(day)
            if exception.reaches(platform, label, provider)
        ),
        None,
    )


def promise(expectation: Expectation, day: datetime.date, node: Node) -> Measure | None:
    """Return the measure that is guaranteed for a node on a day."""
    if not (expectation.is_said_on(day) and is_about(expectation, node[0], node[1])):
        return None
    exception = taken(expectation, day, node)
    standing = (exception and exception.standing) or expectation.standing
    measure = (exception and exception.measure) or expectation.measure
    return measure if standing is Standing.GUARANTEED else None


def keeps(value: object, measure: Measure) -> bool:
    """Return whether a value keeps a measure; true is no number."""
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    listed = measure.one_of or () if measure.equals is None else (measure.equals,)
    if listed:
        return any(
            value == other and isinstance(value, bool) is isinstance(other, bool)
            for other in listed
        )
    least, most = measure.at_least, measure.at_most
    return is_number and (least is None or least <= value) and (most is None or value <= most)


def is_sound(measure: Measure) -> bool:
    """Return whether a measure has limits of one kind that some value keeps; else it is wrong."""
    bounds = measure.at_least is not None or measure.at_most is not None
    kinds = bounds + (measure.equals is not None) + bool(measure.one_of)
    return kinds == 1 and any(keeps(value, measure) for value in VALUES)


def exclude(first: Measure, second: Measure) -> bool:
    """Return whether no value keeps both; no other can, as VALUES has all numbers of limits."""
    return (
        first.fact == second.fact
        and is_sound(first)
        and is_sound(second)
        and not any(keeps(value, first) and keeps(value, second) for value in VALUES)
    )


def excluding(manual: Catalogue) -> set[tuple[str, str]]:
    """Return the pairs of expectations that some node cannot keep, on some day to come."""
    return {
        (first.id, second.id)
        for first, second in combinations(manual.expectations.values(), 2)
        for node in nodes(manual.platforms)
        if node[2] is None or node[2] in node[0].suppliers(node[1])
        for day in ALL_DAYS
        if day >= TODAY
        if (one := promise(first, day, node)) and (other := promise(second, day, node))
        if exclude(one, other)
    }


EXCEPTION_OF_A_PROVIDER = {"providers": ["x"], "measure": {"fact": "f", "at_least": 2}}
ONE_OF_TWO_SUPPLIED = catalogue(
    [
        Platform.model_validate(
            {
                "id": "p", "title": "T", "summary": "S.",
                "labels": [{"name": name, "operating_system": "X"} for name in "ab"],
                "providers": [{"name": "x", "status": "active", "as_of": TODAY, "labels": ["b"]}],
            }
        )
    ],
    [
        {**PLAIN, "measure": {"fact": "f", "at_most": 1}},
        {**PLAIN, "measure": {"fact": "f", "equals": 1}, "except": [EXCEPTION_OF_A_PROVIDER]},
    ],
)  # fmt: skip


@given(manual=MANUALS)
@example(manual=ONE_OF_TWO_SUPPLIED)
@settings(
    max_examples=300,
    phases=[Phase.explicit, Phase.generate],  # making an example smaller takes minutes
    suppress_health_check=[HealthCheck.too_slow],
)
def test_the_promises_that_exclude_each_other(manual: Catalogue):
    reported = [
        (diagnostic.related[0].location.path, diagnostic.location.path)
        for diagnostic in promises.check(manual, DataContent())
        if diagnostic.rule is EXCLUDING_PROMISES
    ]
    assert sorted(reported) == sorted(excluding(manual))


def applies(expectation: Expectation, exception: Exemption, manual: Catalogue) -> bool:
    """Return whether an exception is the one that counts for any node, on any day."""
    return any(
        taken(expectation, day, node) is exception
        for node in nodes(manual.platforms)
        if is_about(expectation, node[0], node[1])
        for day in ALL_DAYS
    )


def names_of(manual: Catalogue) -> KnownNames:
    providers = [provider for platform in manual.platforms for provider in platform.providers]
    return KnownNames(
        {
            "provider": {provider.name for provider in providers},
            "region": {provider.region for provider in providers if provider.region},
            "platform": {platform.id for platform in manual.platforms},
            "label": {label.name for platform in manual.platforms for label in platform.labels},
            **{
                f"label in {platform.id}": {label.name for label in platform.labels}
                for platform in manual.platforms
            },
        }
    )


def are_known(patterns: Iterable[str], names: Iterable[str]) -> bool:
    return all(any(fnmatchcase(name, pattern) for name in names) for pattern in patterns)


def is_reported_elsewhere(
    expectation: Expectation, exception: Exemption, manual: Catalogue
) -> bool:
    """Return whether it has no scope, changes nothing, or names what does not exist.

    So does the expectation, or a provider whose nodes the exception would be about.
    """
    providers = [provider for platform in manual.platforms for provider in platform.providers]
    platforms = [platform.id for platform in manual.platforms]
    labels = [label.name for platform in manual.platforms for label in platform.labels]
    has_scope = exception.platforms or exception.labels or exception.is_partial
    return (
        not (has_scope and exception.changes_anything)
        or not any(
            not (exception.platforms or exception.labels) or exception.covers(platform, label)
            for platform, label, _ in nodes(manual.platforms)
        )
        or not all(
            are_known(patterns, names)
            for patterns, names in (
                (exception.providers, [provider.name for provider in providers]),
                (exception.regions, [provider.region or "" for provider in providers]),
                (expectation.applies_to.platforms, platforms),
                (expectation.applies_to.labels, labels),
                (exception.platforms, platforms),
                (exception.labels, labels),
            )
        )
        or not all(
            are_known(provider.labels, [label.name for label in platform.labels])
            for platform in manual.platforms
            for provider in platform.providers
            if exception.names(provider)
        )
    )


@given(manual=MANUALS)
@settings(max_examples=300, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
def test_the_exceptions_that_never_apply(manual: Catalogue):
    reported = {
        diagnostic.location.path
        for diagnostic in exceptions.check(manual, DataContent(names=names_of(manual)))
    }
    every = [
        (expectation, exception)
        for expectation in manual.expectations.values()
        for exception in expectation.exceptions
    ]
    never = [pair for pair in every if not applies(*pair, manual)]
    assert reported <= {exception.path for _, exception in never}
    # several exceptions together may leave another one no day, which is not reported
    if not any(exception.since or exception.until for _, exception in every):
        assert reported >= {
            exception.path
            for expectation, exception in never
            if not is_reported_elsewhere(expectation, exception, manual)
        }
