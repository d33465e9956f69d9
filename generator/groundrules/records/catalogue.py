"""`Catalogue`: all records of a manual, with look-ups for references."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct, field

from groundrules.clock import today
from groundrules.records.ages import later, next_age
from groundrules.records.expectation import Expectation, Topic
from groundrules.records.fields import Record, walk
from groundrules.records.graph import DocumentedJob, Graph
from groundrules.records.kinds import KINDS, NamedPart, RecordKind
from groundrules.records.manual import Manual
from groundrules.records.measured import MeasuredLabel, RecordedMeasure
from groundrules.records.platform import LIFE, Label, Platform, Stage
from groundrules.records.session import Session
from groundrules.records.verified import Verification


class Catalogue(Struct, frozen=True, dict=True):
    """The records of one manual, each kind in the order of its file names.

    ``verified`` are the recorded results of comparing graphs, and ``measured`` those of comparing
    promises with nodes.  ``others`` are records of kinds without a field here, by the plural of the
    kind; ``today`` is the date of the run.
    """

    manual: Manual
    platforms: tuple[Platform, ...] = ()
    topics: tuple[Topic, ...] = ()
    graphs: tuple[Graph, ...] = ()
    sessions: tuple[Session, ...] = ()
    verified: tuple[Verification, ...] = ()
    measured: tuple[MeasuredLabel, ...] = ()
    others: Mapping[str, tuple[Any, ...]] = {}
    today: datetime.date = field(default_factory=today)

    @cached_property
    def expectations(self) -> dict[str, Expectation]:
        """Expectations by id."""
        return {
            expectation.id: expectation
            for topic in self.topics
            for expectation in topic.expectations
        }

    @cached_property
    def labels(self) -> dict[str, tuple[Platform, Label]]:
        """Labels by name, each with its platform."""
        return {
            label.name: (platform, label)
            for platform in self.platforms
            for label in platform.labels
        }

    @cached_property
    def going(self) -> tuple[tuple[Platform, Label], ...]:
        """The labels that will be or were removed, with the dates of their platforms."""
        dated = ((platform, platform.dated(label)) for platform, label in self.labels.values())
        return tuple(pair for pair in dated if any(getattr(pair[1], key) for key in LIFE[1:]))

    @cached_property
    def examples(self) -> frozenset[str]:
        """The platforms, by id, that only show readers how the manual works."""
        return frozenset(platform.id for platform in self.platforms if platform.example)

    def is_example(self, expectation: Expectation) -> bool:
        """Return whether an expectation applies to examples only."""
        platforms, labels = expectation.applies_to.platforms, expectation.applies_to.labels
        return bool(platforms) and not labels and self.examples.issuperset(platforms)

    def is_example_topic(self, topic: Topic) -> bool:
        """Return whether all expectations of a topic apply to examples only."""
        return bool(self.examples) and all(map(self.is_example, topic.expectations))

    def stage(self, platform: Platform, label: Label | None = None) -> Stage:
        """Return the stage of a platform, or of a label of it, today."""
        return (platform.dated(label) if label else platform).stage_on(self.today)

    @cached_property
    def jobs(self) -> dict[str, tuple[tuple[Graph, DocumentedJob], ...]]:
        """Jobs by name and by ``graph/name``; several graphs can have a job of the same name."""
        jobs: dict[str, tuple[tuple[Graph, DocumentedJob], ...]] = {}
        for graph in self.graphs:
            for job in graph.jobs:
                pair = (graph, job)
                jobs[job.name] = (*jobs.get(job.name, ()), pair)
                jobs[f"{graph.id}/{job.name}"] = (pair,)
        return jobs

    def of(self, kind: RecordKind) -> tuple[Any, ...]:
        """Return the records of a kind."""
        return getattr(self, kind.titles, None) or self.others.get(kind.titles, ())

    def has(self, name: str) -> bool:
        """Return whether there are pages of a kind of record, by its name."""
        kinds = self.manual.kinds
        if kinds is None or name in kinds:
            return True
        return any(self.of(kind) for kind in KINDS if kind.name == name)

    @cached_property
    def targets(self) -> dict[str, frozenset[str]]:
        """The targets of references: the kinds, each with the known names."""
        names = {
            part.kind: frozenset(self._names(kind, part))
            for kind in KINDS
            for part in kind.named
            if part.role
        }
        return names | {"job": frozenset(self.jobs)}

    def _names(self, kind: RecordKind, part: NamedPart) -> Iterator[str]:
        for record in self.of(kind):
            for item in getattr(record, part.holder) if part.holder else (record,):
                yield getattr(item, part.key)

    @cached_property
    def next_day(self) -> datetime.date | None:
        """The first day after today on which a plan becomes true."""
        return min((day for day in self._days() if day > self.today), default=None)

    def _days(self) -> Iterator[datetime.date]:
        """Yield each date of the records, and the day after it, as a date can be a last day."""
        for record in (part for root in self.records() for part in walk(root)):
            for value in vars(record).values():
                if isinstance(value, datetime.date) and value < datetime.date.max:
                    yield value
                    yield value + datetime.timedelta(days=1)
        for expectation in self.expectations.values():
            if day := self.overdue_from(expectation):
                yield day
        yield from self._days_of_measurements()

    def _days_of_measurements(self) -> Iterator[datetime.date]:
        """Yield the next day on which each measurement is old, or its age is in other words."""
        for label in self.measured:
            for measured in label.promises:
                yield next_age(measured.day, self.today)
                yield self.old_from(measured)

    def old_from(self, measured: RecordedMeasure) -> datetime.date:
        """Return the day from which a measurement is too old to be relied on."""
        return later(measured.day, self.manual.verified_within + 1)

    def overdue_from(self, expectation: Expectation) -> datetime.date | None:
        """Return the day from which nobody has confirmed an expectation for too long."""
        after = self.manual.confirm_after
        seen = expectation.confirmed.date if expectation.confirmed else expectation.recorded
        if after is None or seen is None or after >= (datetime.date.max - seen).days:
            return None
        return seen + datetime.timedelta(days=after + 1)

    def records(self) -> Iterator[Record]:
        """Yield every record that has a file of its own."""
        yield self.manual
        for kind in KINDS:
            yield from self.of(kind)
