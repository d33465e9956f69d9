"""`Expectation`: one thing that a job can, or cannot, count on."""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from pydantic import Field, StrictInt
from typing_extensions import override

from groundrules.records.fact_units import factor_for, unit_of
from groundrules.records.fields import (
    Change,
    Confirmed,
    Evidence,
    Id,
    Keyword,
    LabelPattern,
    Line,
    Number,
    Pattern,
    Record,
    Scalar,
    Several,
    Some,
    Text,
    fits,
)
from groundrules.records.platform import Label, Platform, Provider, has_come
from groundrules.records.times import Date


class Standing(StrEnum):
    """How far a job can count on it."""

    GUARANTEED = "guaranteed"
    """Every node has it; a node without it is a defect of the platform."""
    VARIES = "varies"
    """Some nodes have it; a job finds out and copes with both."""
    PRESENT = "present"
    """Every node that was looked at has it, and nobody promises it; a job may not rely on it."""
    NOT_GUARANTEED = "not-guaranteed"
    """No job may rely on it, even where it happens to be there."""


class Measure(Record):
    """A form of the expectation that a program can compare with a real node."""

    fact: Line = Field(examples=["ansible_memtotal_mb"])
    """The Ansible fact, with dots for nested values."""
    at_least: Number | None = None
    """The lowest value that keeps the promise."""
    at_most: Number | None = None
    """The highest value that keeps it; more than was promised is a defect too."""
    equals: Scalar | None = None
    """The one value that keeps it."""
    one_of: tuple[Scalar, ...] = ()
    """The values that keep it."""
    unit: Line | None = Field(default=None, examples=["MB"])
    """The unit of the numbers."""

    @property
    def values(self) -> tuple[Scalar, ...]:
        """The only values that keep it; empty if it has bounds."""
        return self.one_of if self.equals is None else (self.equals,)

    def in_unit_of_fact(self) -> Measure:
        """Return the measure in the unit of its fact, if both units are known.

        Raises `UnitError` if one cannot be converted into the other.
        """
        factor = factor_for(self.fact, self.unit or "")
        if factor == 1:
            return self

        def converted(value: Any) -> Any:
            return value if value is None or isinstance(value, bool | str) else value * factor

        numbers = {key: converted(getattr(self, key)) for key in ("at_least", "at_most", "equals")}
        one_of = tuple(map(converted, self.one_of))
        return self.model_copy(update={**numbers, "one_of": one_of, "unit": unit_of(self.fact)})


class Scope(Record):
    """Platforms and labels that something is true for."""

    platforms: Several[Pattern] = ()
    """Platforms by id."""
    labels: Several[LabelPattern] = ()
    """Labels by name; ``*`` matches any characters."""

    @property
    def is_limited(self) -> bool:
        """Whether it names platforms or labels; otherwise it is about all of them."""
        return bool(self.platforms or self.labels)

    def covers(self, platform: Platform, label: Label | None) -> bool:
        """Return whether it is about a label of a platform, or about the platform itself."""
        is_named = label is not None and fits(label.name, self.labels)
        return not self.is_limited or is_named or fits(platform.id, self.platforms)


class Exemption(Scope):
    """Labels, platforms or providers on which something else is true."""

    providers: Several[Pattern] = ()
    """Providers by name; only their nodes are meant, of the labels given or of all."""
    regions: Several[Pattern] = ()
    """Regions of providers; only nodes from there are meant."""
    standing: Standing | None = None
    """The standing there; the expectation's own by default."""
    statement: Text | None = None
    """What is true there."""
    measure: Measure | None = None
    """The measure there."""
    since: Date | None = None
    """The first day of the exception."""
    until: Date | None = None
    """The last day of the exception; a day to come is a plan."""
    confirmed: Confirmed | None = None
    """When it was last seen to be true."""
    evidence: Some[Evidence] = ()
    """Where that can be read."""

    @property
    def changes_anything(self) -> bool:
        """Whether something is different where it applies."""
        return bool(self.standing or self.statement or self.measure)

    @property
    def is_partial(self) -> bool:
        """Whether only nodes of some providers are meant, not all of a label."""
        return bool(self.providers or self.regions)

    @property
    def named(self) -> tuple[str, ...]:
        """All that it names."""
        return (*self.platforms, *self.labels, *self.providers, *self.regions)

    @property
    def is_unlimited(self) -> bool:
        """Whether it names nothing that it could be about."""
        return not self.named

    @override
    def covers(self, platform: Platform, label: Label | None) -> bool:
        return not self.is_unlimited and super().covers(platform, label)

    def reaches(self, platform: Platform, label: Label | None, provider: Provider | None) -> bool:
        """Return whether it is about the nodes that a provider supplies of a label.

        Without a provider it applies to every node of the label, from any provider.
        """
        is_named = not self.is_partial or (provider is not None and self.names(provider))
        return is_named and self.covers(platform, label)

    def concerns(self, platform: Platform, label: Label | None) -> bool:
        """Return whether it is about nodes of a label, all or those that a provider supplies."""
        return self.covers(platform, label) and (
            not self.is_partial or any(map(self.names, platform.suppliers(label)))
        )

    def names(self, provider: Provider) -> bool:
        """Return whether it names a provider and its region."""
        return (not self.providers or fits(provider.name, self.providers)) and (
            not self.regions or fits(provider.region or "", self.regions)
        )

    def holds_on(self, day: datetime.date) -> bool:
        """Return whether a day is within the dates of the exception."""
        return not (self.since and day < self.since) and not (self.until and self.until < day)


class ExpectationAnswer(NamedTuple):
    """What an expectation says of one label, or of the nodes that one provider supplies of it.

    ``elsewhere`` are the providers of a label on which another answer is true.
    """

    standing: Standing
    statement: str
    measure: Measure | None
    exception: Exemption | None
    elsewhere: tuple[tuple[Provider, ExpectationAnswer], ...] = ()


class Expectation(Record):
    """One thing that a job can or cannot count on."""

    id: Id
    """The permanent name, and the anchor in the manual."""
    title: Line
    """The expectation in a few words."""
    keywords: tuple[Keyword, ...] = Field(default=(), examples=[["RAM", "main memory"]])
    """Other words that readers search for it by."""
    standing: Standing
    """How far a job can count on it."""
    statement: Text
    """Exactly what is promised, or not promised."""
    applies_to: Scope = Scope.model_construct(platforms=(), labels=())
    """The platforms and labels that it applies to; all of them by default."""
    measure: Measure | None = None
    """A form that a program can compare with a real node."""
    exceptions: tuple[Exemption, ...] = Field(default=(), alias="except")
    """Labels, platforms or providers on which something else is true; the first match counts."""
    detect: Text | None = None
    """How a job finds out what it got."""
    instead: Text | None = None
    """What to do when it is not there."""
    why: Text | None = None
    """Why it is promised, or why not."""
    since: Date | None = None
    """The day it became true; left out if unknown. A day to come is a plan."""
    recorded: Date | None = None
    """The day it was first written down, which says nothing of when it became true."""
    confirmed: Confirmed | None = None
    """When it was last seen to be true; the page says so where it never was."""
    withdrawn: Date | None = None
    """The day from which it is no longer promised; the record stays so that links to it work."""
    changed: tuple[Change, ...] = ()
    """What became different since, oldest first."""
    evidence: Some[Evidence] = ()
    """Sessions where it was decided and pages where it can be read."""

    def is_said_on(self, day: datetime.date) -> bool:
        """Return whether a day is between the first one and that of the withdrawal."""
        return not self.is_planned_on(day) and not has_come(self.withdrawn, day)

    def is_planned_on(self, day: datetime.date) -> bool:
        """Return whether the first day is still to come."""
        return self.since is not None and day < self.since

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Its own measure and those of its exceptions."""
        every = (self.measure, *(exception.measure for exception in self.exceptions))
        return tuple(measure for measure in every if measure)

    def turns(self) -> set[datetime.date]:
        """Return the days from which it can say something else, by its dates and exceptions."""
        days = {self.since, self.withdrawn, *(exception.since for exception in self.exceptions)}
        for exception in self.exceptions:
            if exception.until and exception.until < datetime.date.max:
                days.add(exception.until + datetime.timedelta(days=1))
        return {day for day in days if day}

    def on(
        self, day: datetime.date, platform: Platform, label: Label | None = None
    ) -> ExpectationAnswer | None:
        """Return the answer for a label of a platform on a day; ``None`` where none applies."""
        if not self.applies_to.covers(platform, label):
            return None
        general = self.answer_for(day, platform, label, None)
        if not any(exception.is_partial for exception in self.exceptions):
            return general
        answers = (
            (provider, self.answer_for(day, platform, label, provider))
            for provider in platform.suppliers(label)
        )
        return general._replace(
            elsewhere=tuple(pair for pair in answers if pair[1].exception != general.exception)
        )

    def depends_on_provider(self, day: datetime.date, platform: Platform, label: Label) -> bool:
        """Return whether the first exception of a label on a day is about some providers only."""
        every = (
            one for one in self.exceptions if one.holds_on(day) and one.covers(platform, label)
        )
        first = next(every, None)
        return first is not None and first.is_partial

    def answer_for(
        self, day: datetime.date, platform: Platform, label: Label | None, provider: Provider | None
    ) -> ExpectationAnswer:
        """Return the answer for the nodes that a provider supplies of a label it applies to."""
        for exception in self.exceptions:
            if exception.holds_on(day) and exception.reaches(platform, label, provider):
                return ExpectationAnswer(
                    exception.standing or self.standing,
                    exception.statement or self.statement,
                    exception.measure or self.measure,
                    exception,
                )
        return ExpectationAnswer(self.standing, self.statement, self.measure, None)


class Topic(Record):
    """Expectations that belong together; one file in ``data/expectations/``."""

    topic: Id
    """The topic's permanent name; its file is called the same."""
    title: Line
    """What readers call it."""
    summary: Text | None = None
    """The topic's answer at a glance, in a sentence."""
    order: StrictInt = 100
    """Where the topic stands among the others: small numbers first."""
    expectations: Some[Expectation]
    """What jobs can and cannot count on."""
