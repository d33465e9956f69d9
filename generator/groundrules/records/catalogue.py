"""`Catalogue`: every record of a manual, with the look-ups that references need."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from groundrules.clock import today
from groundrules.records.expectation import Expectation, Topic
from groundrules.records.fields import Record, walk
from groundrules.records.graph import DocumentedJob, Graph
from groundrules.records.manual import Manual
from groundrules.records.platform import Label, Platform, Stage
from groundrules.records.session import Session


@dataclass(frozen=True)
class Catalogue:
    """The records of one manual, each kind in the order of its file names.

    ``today`` is the day that their dates are compared with.
    """

    manual: Manual
    platforms: tuple[Platform, ...] = ()
    topics: tuple[Topic, ...] = ()
    graphs: tuple[Graph, ...] = ()
    sessions: tuple[Session, ...] = ()
    today: datetime.date = field(default_factory=today)

    @cached_property
    def expectations(self) -> dict[str, Expectation]:
        """Expectations by id."""
        return {each.id: each for topic in self.topics for each in topic.expectations}

    @cached_property
    def labels(self) -> dict[str, tuple[Platform, Label]]:
        """Labels by name, each with its platform."""
        return {
            each.name: (platform, each) for platform in self.platforms for each in platform.labels
        }

    @cached_property
    def going(self) -> tuple[tuple[Platform, Label], ...]:
        """The labels that are about to go, or gone, with the dates of their platforms."""
        dated = ((platform, platform.dated(label)) for platform, label in self.labels.values())
        return tuple(pair for pair in dated if pair[1].deprecated or pair[1].removed)

    def stage(self, platform: Platform, label: Label | None = None) -> Stage:
        """Return the stage of a platform, or of a label of it, today."""
        return (platform.dated(label) if label else platform).stage_on(self.today)

    @cached_property
    def jobs(self) -> dict[str, tuple[tuple[Graph, DocumentedJob], ...]]:
        """Jobs by name and by ``graph/name``; a name may stand in several graphs."""
        found: dict[str, tuple[tuple[Graph, DocumentedJob], ...]] = {}
        for graph in self.graphs:
            for job in graph.jobs:
                pair = (graph, job)
                found[job.name] = (*found.get(job.name, ()), pair)
                found[f"{graph.id}/{job.name}"] = (pair,)
        return found

    @cached_property
    def targets(self) -> dict[str, frozenset[str]]:
        """What can be referred to: the kind of reference and the names that it knows."""
        return {
            "expectation": frozenset(self.expectations),
            "graph": frozenset(each.id for each in self.graphs),
            "job": frozenset(self.jobs),
            "label": frozenset(self.labels),
            "platform": frozenset(each.id for each in self.platforms),
            "session": frozenset(each.id for each in self.sessions),
        }

    @cached_property
    def next_day(self) -> datetime.date | None:
        """The first day after today on which one of the dates makes a plan come true."""
        return min((day for day in self._days() if day > self.today), default=None)

    def _days(self) -> Iterator[datetime.date]:
        """Yield each date of the records, and the day after it, on which a last day is over."""
        for record in (part for root in self.records() for part in walk(root)):
            for value in vars(record).values():
                if isinstance(value, datetime.date) and value < datetime.date.max:
                    yield value
                    yield value + datetime.timedelta(days=1)

    def records(self) -> Iterator[Record]:
        """Yield every record that has a file of its own."""
        yield self.manual
        yield from (*self.platforms, *self.topics, *self.graphs, *self.sessions)
