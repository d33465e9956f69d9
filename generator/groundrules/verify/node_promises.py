"""`NodePromise`: what the manual says of a fact, for a kind of node, from one day to another."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import groupby

from msgspec import Struct

from groundrules.diagnostics import Location
from groundrules.records import Catalogue
from groundrules.records.expectation import Expectation, Measure, Standing
from groundrules.records.fact_units import UnitError
from groundrules.records.platform import Label, Platform, Provider, has_come
from groundrules.verify.node_facts import FactValue, NodeKind

_DAY = datetime.timedelta(days=1)


class Bound(Struct, frozen=True):
    """The values of a fact that keep a promise: a range, or the listed ``values``.

    Numbers are in the unit of the fact, if it and that of the measure are known.
    """

    fact: str
    at_least: float | None = None
    at_most: float | None = None
    values: tuple[FactValue, ...] = ()
    unit: str = ""


class NodePromise(Struct, frozen=True):
    """The measure of an expectation for one kind of node.

    ``standing`` decides what a value outside the bound means: it breaks a guarantee, and is an
    observation otherwise.  It holds from ``first`` to ``last``, both included; ``None`` is
    unlimited.  ``location`` is that of the measure in the data.
    """

    expectation: str
    kind: NodeKind
    bound: Bound
    standing: Standing
    first: datetime.date | None
    last: datetime.date | None
    location: Location


class UncertainPromise(Struct, frozen=True):
    """An expectation of which nobody can say what it promises to a kind of node, and why."""

    expectation: str
    kind: NodeKind
    reason: str


def promises_of(catalogue: Catalogue, kind: NodeKind) -> Iterator[NodePromise | UncertainPromise]:
    """Yield what the manual promises to a kind of node, of a label that it documents.

    Nothing is yielded for a label that the manual does not know.
    """
    if kind.label not in catalogue.labels:
        return
    platform, label = catalogue.labels[kind.label]
    provider = platform.provider_called(kind.provider, kind.region)
    for expectation in catalogue.expectations.values():
        if not expectation.applies_to.covers(platform, label) or not expectation.measures:
            continue
        if provider is None and any(
            expectation.depends_on_provider(day, platform, label)
            for day in _first_days(expectation)
        ):
            yield UncertainPromise(expectation.id, kind, _unknown_provider(kind))
        else:
            try:
                yield from _periods(expectation, kind, platform, label, provider)
            except UnitError as error:
                yield UncertainPromise(expectation.id, kind, str(error))


def _unknown_provider(kind: NodeKind) -> str:
    name = " ".join(filter(None, (kind.provider, kind.region)))
    if not name:
        return "the promise depends on the provider, and the facts do not name it"
    return f"the promise depends on the provider, and {name!r} is not documented"


def _periods(
    expectation: Expectation,
    kind: NodeKind,
    platform: Platform,
    label: Label,
    provider: Provider | None,
) -> Iterator[NodePromise]:
    """Yield the promise of each period in which these nodes are promised the same."""

    def promised(day: datetime.date) -> tuple[Standing, Measure | None]:
        answer = expectation.answer_for(day, platform, label, provider)
        return answer.standing, None if has_come(expectation.withdrawn, day) else answer.measure

    periods = [(next(days), *same) for same, days in groupby(_first_days(expectation), promised)]
    ends = [*(first - _DAY for first, *_ in periods[1:]), None]
    for (first, standing, measure), last in zip(periods, ends, strict=True):
        if measure:
            known = None if first == datetime.date.min else first
            bound, location = bound_of(measure), measure.location()
            yield NodePromise(expectation.id, kind, bound, standing, known, last, location)


def _first_days(expectation: Expectation) -> list[datetime.date]:
    """Return the days from which an expectation says something else, the first one first.

    What was promised before its last change is not known in numbers, so that nothing is compared
    with it.
    """
    changes = [change.date for change in expectation.changed]
    start = max([*changes, *filter(None, [expectation.since])], default=datetime.date.min)
    return [start, *sorted(day for day in expectation.turns() if day > start)]


def bound_of(measure: Measure) -> Bound:
    """Return the values that keep a measure.

    Raises `UnitError` if its unit cannot be converted into that of its fact.
    """
    known = measure.in_unit_of_fact()
    return Bound(known.fact, known.at_least, known.at_most, known.values, known.unit or "")
