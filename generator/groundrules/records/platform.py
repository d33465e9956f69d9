"""`Platform`: a kind of test node, its labels and the clouds that supply it."""

from __future__ import annotations

import datetime
from enum import StrEnum
from functools import cached_property

from pydantic import Field, StrictBool, StrictInt

from groundrules.records.architecture import DEFAULT, Architecture
from groundrules.records.fields import (
    Change,
    Confirmed,
    Evidence,
    Id,
    Keyword,
    LabelName,
    LabelPattern,
    Line,
    Name,
    Record,
    Several,
    Size,
    Some,
    Text,
    fits,
)
from groundrules.records.pattern_index import PatternIndex
from groundrules.records.times import Date

LIFE = ("since", "deprecated", "not_supplied", "removed")


def has_come(date: datetime.date | None, day: datetime.date) -> bool:
    """Return whether a date is written down and has come by a day."""
    return date is not None and date <= day


class Stage(StrEnum):
    """Where in its life a label or platform is."""

    UPCOMING = "upcoming"
    """It cannot be used yet; the first day is known."""
    CURRENT = "current"
    """It can be used."""
    ANNOUNCED = "announced"
    """It can be used, and the day is known from which it is deprecated or removed."""
    DEPRECATED = "deprecated"
    """It still works, and nothing new should use it."""
    NOT_SUPPLIED = "not-supplied"
    """It is still defined, and nobody supplies a node of it."""
    REMOVED = "removed"
    """It cannot be used any more."""


class Lifecycle(Record):
    """Dates that a label or platform goes through, in this order."""

    since: Date | None = None
    """The first day it can be used; left out if unknown. A day to come is a plan."""
    deprecated: Date | None = None
    """The day from which nothing new should use it. A day to come is a plan."""
    not_supplied: Date | None = None
    """The day from which nobody supplies it while it is still defined. A day to come is a plan."""
    removed: Date | None = None
    """The first day it cannot be used any more. A day to come is a plan."""

    def stage_on(self, day: datetime.date) -> Stage:
        """Return the stage on a day; a date after it is a plan."""
        if has_come(self.removed, day):
            return Stage.REMOVED
        if has_come(self.not_supplied, day):
            return Stage.NOT_SUPPLIED
        if has_come(self.deprecated, day):
            return Stage.DEPRECATED
        if self.since and not has_come(self.since, day):
            return Stage.UPCOMING
        is_going = self.deprecated or self.not_supplied or self.removed
        return Stage.ANNOUNCED if is_going else Stage.CURRENT


class Seen(Record):
    """When somebody last saw a label in use, and where."""

    date: Date
    """The day of the configuration that uses it."""
    jobs: StrictInt | None = Field(default=None, ge=1)
    """How many jobs there ask for it."""
    where: Line = Field(examples=["nodesets of kolla-ansible"])
    """Whose configuration it was, after the word "in"."""


class Label(Lifecycle):
    """A name by which jobs request a node."""

    inherited_before = "seen"

    name: LabelName
    """The label as jobs write it."""
    operating_system: Line | None = None
    """Distribution and release. Left out where nobody knows it yet: then it is an open question,
    which the page shows and ``check`` counts."""
    architecture: Architecture = DEFAULT
    """The processor architecture, as the kernel, Ansible, Go or Debian call it."""
    cpu_level: Line | None = Field(default=None, examples=["x86-64-v3"])
    """The lowest microarchitecture level that its operating system runs on."""
    memory_gb: Size | None = Field(default=None, examples=[8, 7.5])
    """The memory that the label promises, in GB."""
    nested_virtualization: StrictBool = False
    """Whether a job may run hardware-accelerated virtual machines inside the node."""
    default: StrictBool = False
    """Whether this is a label that jobs should use unless they need something special."""
    seen: Seen | None = None
    """When and where it was last seen in use; the page says so where it was not."""
    confirmed: Confirmed | None = None
    """When what is said of it here was last seen to be true."""
    replaced_by: LabelName | None = None
    """The label to use instead, once this one is deprecated or removed."""
    tombstones: Several[Name] = ()
    """Empty nodesets that remain after the label was removed."""
    note: Text | None = None
    """What else a job that uses it should know."""
    evidence: Some[Evidence] = ()
    """Where that can be read."""


class ProviderStatus(StrEnum):
    """Whether a provider supplies nodes."""

    ACTIVE = "active"
    """It supplies nodes."""
    DISABLED = "disabled"
    """It is set up, and supplies no node for now."""
    REMOVED = "removed"
    """It no longer supplies nodes."""
    UNKNOWN = "unknown"
    """Not known."""


class Provider(Record):
    """A cloud or region that supplies nodes."""

    name: Name
    """The provider's name."""
    region: Name | None = Field(default=None, examples=["DFW"])
    """Its region, where the name does not say it; each region is a provider of its own."""
    status: ProviderStatus
    """Whether it supplies nodes as of ``as_of``."""
    as_of: Date
    """The day for which status and capacity are known to be true."""
    capacity: StrictInt | None = Field(default=None, ge=0)
    """The most nodes it runs at once."""
    flavor: Line | None = None
    """The flavor that its nodes are booted with."""
    labels: Several[LabelPattern] = ()
    """The labels it supplies; ``*`` matches any characters."""
    note: Text | None = None
    """Limits, outages and what else is particular about it."""
    changed: tuple[Change, ...] = ()
    """What happened to it, oldest first."""
    evidence: Some[Evidence] = ()
    """Where that can be read."""

    def supplies(self, label: str) -> bool:
        """Return whether a label is among those it supplies, or nothing says which they are."""
        return not self.labels or fits(label, self.labels)

    @property
    def full_name(self) -> str:
        """The name, with the region where one is given."""
        return f"{self.name} {self.region}" if self.region else self.name


class Platform(Lifecycle):
    """A kind of test node; one file in ``data/platforms/``."""

    inherited_before = "labels"

    id: Id
    """The platform's permanent name; its file is called the same."""
    title: Line
    """What readers call it."""
    keywords: tuple[Keyword, ...] = Field(default=(), examples=[["VM", "test node"]])
    """Other words that readers search for it by."""
    summary: Text
    """What it is and what it is for."""
    recorded: Date | None = None
    """The day it was first written down, which says nothing of when it could first be used."""
    example: StrictBool = False
    """Whether it only shows readers how the manual works; no job can request its labels."""
    labels: tuple[Label, ...] = ()
    """The labels by which jobs request it."""
    providers: tuple[Provider, ...] = ()
    """The clouds and regions that supply it."""
    changed: tuple[Change, ...] = ()
    """What happened to it, oldest first."""
    evidence: Some[Evidence] = ()
    """Where that can be read."""

    def suppliers(self, label: Label | None) -> list[Provider]:
        """Return the providers that supply a label, those that are removed left out."""
        return self._suppliers.matching(label.name if label else "")

    @cached_property
    def _suppliers(self) -> PatternIndex[Provider]:
        """The providers by the labels that they supply, and each for no label."""
        left = (each for each in self.providers if each.status is not ProviderStatus.REMOVED)
        return PatternIndex((("", *(each.labels or ("*",))), each) for each in left)

    def provider_called(self, name: str, region: str = "") -> Provider | None:
        """Return the provider of a node by the names in its facts; ``None`` if it is unknown.

        A launcher, and so the manual, calls it ``rax`` with the region ``DFW``, or ``rax-dfw`` for
        both.
        """
        called = {name.lower(), f"{name}-{region}".lower()}
        for provider in self.providers:
            names = {provider.name.lower(), provider.full_name.lower().replace(" ", "-")}
            is_region = not provider.region or provider.region.lower() == region.lower()
            if called & names and (is_region or provider.name.lower() != name.lower()):
                return provider
        return None

    def dated(self, label: Label) -> Label:
        """Return the label with the platform's own dates where it has none itself.

        What jobs request from a platform comes and goes with the platform.
        """
        dates = {key: getattr(label, key) or getattr(self, key) for key in LIFE}
        return label.model_copy(update=dates)
