"""What pages say that no single record says: who refers to whom, what changed when."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from groundrules.records import Catalogue
from groundrules.records.fields import Record
from groundrules.records.graph import Graph, GraphRule, Job
from groundrules.records.platform import Label, Lifecycle
from groundrules.records.session import Action, Session, SessionTopic, State


@dataclass(frozen=True, slots=True)
class Event:
    """Something that became different: the day, the record by kind and name, and what."""

    date: datetime.date
    kind: str
    name: str
    title: str
    what: str


@dataclass(frozen=True, slots=True)
class Task:
    """An action with the session and topic that it comes from."""

    action: Action
    topic: SessionTopic
    session: Session


@dataclass(frozen=True)
class Outline:
    """Look-ups over a whole catalogue, made once for all pages."""

    catalogue: Catalogue

    @cached_property
    def decided(self) -> dict[str, list[tuple[Session, SessionTopic]]]:
        """References such as ``label:NAME`` → the sessions and topics that led to them."""
        found: dict[str, list[tuple[Session, SessionTopic]]] = {}
        for session in self.catalogue.sessions:
            for topic in session.all_topics():
                for reference in topic.led_to:
                    found.setdefault(reference, []).append((session, topic))
        return found

    @cached_property
    def cited(self) -> dict[str, list[tuple[str, str]]]:
        """Sessions by id → the records, by kind and name, that give them as evidence."""
        found: dict[str, list[tuple[str, str]]] = {}
        for kind, name, record in self._named():
            entries = (entry for part in _own(record) for entry in getattr(part, "evidence", ()))
            for entry in dict.fromkeys(entries):
                if entry.startswith("session:"):
                    found.setdefault(entry.removeprefix("session:"), []).append((kind, name))
        return found

    def _named(self) -> Iterator[tuple[str, str, Record]]:
        for expectation in self.catalogue.expectations.values():
            yield "expectation", expectation.id, expectation
        for platform in self.catalogue.platforms:
            yield "platform", platform.id, platform
            for label in platform.labels:
                yield "label", label.name, label
        for graph in self.catalogue.graphs:
            yield "graph", graph.id, graph
            for job in graph.jobs:
                yield "job", f"{graph.id}/{job.name}", job

    @cached_property
    def tasks(self) -> list[Task]:
        """Every action of every session, in the order of sessions."""
        return [
            Task(action, topic, session)
            for session in self.catalogue.sessions
            for topic in session.all_topics()
            for action in topic.actions
        ]

    def left_over(self, session: Session) -> list[Task]:
        """Return the open actions of the meeting before ``session`` in its series."""
        before = [
            each
            for each in self.catalogue.sessions
            if session.series and each.series == session.series and each.date < session.date
        ]
        return [
            task
            for task in self.tasks
            if before and task.session is before[-1] and task.action.state is State.OPEN
        ]

    @cached_property
    def events(self) -> list[Event]:
        """Every dated change of platforms, labels, expectations and graphs, newest first."""
        found = list(self._events())
        return sorted(found, key=lambda each: (-each.date.toordinal(), each.kind, each.name))

    def _events(self) -> Iterator[Event]:
        for kind, name, record in self._named():
            title = getattr(record, "title", name)
            if isinstance(record, Lifecycle):
                yield from _stages(kind, name, title, record)
            for change in getattr(record, "changed", ()):
                yield Event(change.date, kind, name, title, change.what)
        for platform in self.catalogue.platforms:
            for provider in platform.providers:
                for change in provider.changed:
                    title = f"{platform.title}: {provider.name}"
                    yield Event(change.date, "platform", platform.id, title, change.what)
        for expectation in self.catalogue.expectations.values():
            if expectation.withdrawn:
                what = "Withdrawn: it is no longer said."
                date = expectation.withdrawn
                yield Event(date, "expectation", expectation.id, expectation.title, what)

    def rules_of(self, graph: Graph, job: Job) -> list[GraphRule]:
        """Return the rules of ``graph`` that speak of ``job``."""
        return [each for each in graph.rules if each.every.selects(job)]


def _own(record: Record) -> Iterator[Record]:
    """Yield a record and its parts, but not those that have a name of their own."""
    yield record
    for _, part in record.parts():
        if not isinstance(part, Label | Job):
            yield from _own(part)


def _stages(kind: str, name: str, title: str, record: Lifecycle) -> Iterator[Event]:
    replacement = getattr(record, "replaced_by", None)
    instead = f" Use :ci:label:`{replacement}` instead." if replacement else ""
    for date, what in (
        (record.since, "Introduced."),
        (record.deprecated, f"Deprecated.{instead}"),
        (record.removed, f"Removed.{instead}"),
    ):
        if date:
            yield Event(date, kind, name, title, what)


def numbered(session: Session) -> list[tuple[int, SessionTopic]]:
    """Return every topic of ``session`` with its depth, from 0, in the order of the agenda."""
    found: list[tuple[int, SessionTopic]] = []
    pending = [(0, topic) for topic in reversed(session.topics)]
    while pending:
        depth, topic = pending.pop()
        found.append((depth, topic))
        pending += [(depth + 1, each) for each in reversed(topic.topics)]
    return found
