"""Data of pages that comes from several records: references between them, changes by date."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from groundrules.changes.published_changes import PublishedChanges
from groundrules.claims.verdicts import Verdicts
from groundrules.graphs.usage import NamedUsage
from groundrules.grouping import grouped
from groundrules.pages.concerned_events import ConcernedEvents
from groundrules.pages.event import Event, dates_of
from groundrules.pages.labels import Labels
from groundrules.pages.measurements import Measurements
from groundrules.pages.rst import Said
from groundrules.pages.runs_for import RunsFor
from groundrules.pages.shown_users import ShownUsers
from groundrules.records import Catalogue
from groundrules.records.expectation import Expectation
from groundrules.records.fields import Record
from groundrules.records.graph import DocumentedJob, Graph, GraphRule
from groundrules.records.kinds import KINDS
from groundrules.records.platform import Label, Provider
from groundrules.records.session import Action, ActionState, Outcome, Session, SessionTopic

# a role of a record, with its kind and name
_MENTION = re.compile(r":ci:(\w+):`(?:[^`<]*<)?([^`<>]+)>?`")


Origin = tuple[Session, list[SessionTopic]]
"""A session that led to a record, and the topics that did."""
HOW = {
    Outcome.DECIDED: "decided",
    Outcome.PROPOSED: "proposed",
    Outcome.CAME_OUT: "came out of it",
}
_IN = {
    Outcome.DECIDED: "Decided in",
    Outcome.PROPOSED: "Proposed in",
    Outcome.CAME_OUT: "Came out of",
}


@dataclass(frozen=True, slots=True)
class Task:
    """An action with the session and topic that it comes from."""

    action: Action
    topic: SessionTopic
    session: Session


@dataclass(frozen=True)
class Outline:
    """Look-ups in a catalogue, created once for all pages."""

    catalogue: Catalogue
    verdicts: Verdicts = field(default_factory=Verdicts)
    """The results of comparing the graphs with their configurations."""
    published: PublishedChanges | None = None
    """What changed since the revision that the manual names."""
    usage: tuple[NamedUsage, ...] = ()
    """Who uses the documented labels and jobs, in each configuration."""

    @cached_property
    def users(self) -> ShownUsers:
        """The users of labels and jobs, for their pages."""
        return ShownUsers(self.catalogue, self.usage)

    @cached_property
    def labels(self) -> Labels:
        """The look-ups for the pages of labels."""
        return Labels(self.catalogue)

    @cached_property
    def measurements(self) -> Measurements:
        """How promises were kept on nodes."""
        return Measurements(self.catalogue)

    @cached_property
    def led_to(self) -> dict[str, list[tuple[Session, SessionTopic]]]:
        """References such as ``label:NAME`` → the sessions and topics that led to them."""
        return grouped(
            (reference, (session, topic))
            for session in self.catalogue.sessions
            for topic in session.all_topics()
            for reference in topic.led_to
        )

    def origins(self, *references: str) -> list[tuple[str, list[Origin]]]:
        """Return how a record such as ``graph:ID`` came about, and in which sessions."""
        found: dict[Outcome, dict[str, Origin]] = {outcome: {} for outcome in Outcome}
        for reference in references:
            for session, topic in self.led_to.get(reference, ()):
                found[topic.outcome].setdefault(session.id, (session, []))[1].append(topic)
        return [
            (_IN[outcome], list(sessions.values()))
            for outcome, sessions in found.items()
            if sessions
        ]

    @cached_property
    def cited(self) -> dict[str, list[tuple[str, str]]]:
        """Sessions by id → the records, by kind and name, that give them as evidence."""
        return grouped(
            (entry.removeprefix("session:"), (kind, name))
            for kind, name, record, _ in self._named()
            for entry in dict.fromkeys(
                entry for part in _own(record) for entry in getattr(part, "evidence", ())
            )
            if entry.startswith("session:")
        )

    def mentioned_by(self, kind: str, name: str) -> list[tuple[str, str]]:
        """Return the records whose text mentions one, by kind and name."""
        return list(self._mentions.get((kind, name), ()))

    @cached_property
    def _mentions(self) -> dict[tuple[str, str], dict[tuple[str, str], None]]:
        """Records → the records whose text refers to them, in order."""
        mentions: dict[tuple[str, str], dict[tuple[str, str], None]] = {}
        sessions = (("session", each.id, each, each.title) for each in self.catalogue.sessions)
        for kind, name, record, _ in (*self._named(), *sessions):
            for part in _own(record):
                for text, _ in part.prose():
                    for target in _MENTION.findall(text) if ":ci:" in text else ():
                        if target != (kind, name):
                            mentions.setdefault(target, {})[kind, name] = None
        return mentions

    def _named(self) -> Iterator[tuple[str, str, Record, str]]:
        """Yield records by kind and name, with the title of what they are part of."""
        for topic in self.catalogue.topics:
            for expectation in topic.expectations:
                yield "expectation", expectation.id, expectation, topic.title
        for platform in self.catalogue.platforms:
            yield "platform", platform.id, platform, platform.title
            for label in platform.labels:
                yield "label", label.name, label, platform.title
        for graph in self.catalogue.graphs:
            yield "graph", graph.id, graph, graph.title
            for job in graph.jobs:
                yield "job", f"{graph.id}/{job.name}", job, graph.title
        for kind in KINDS:
            for record in self.catalogue.others.get(kind.titles, ()):
                yield kind.name, record.id, record, record.title

    @cached_property
    def tasks(self) -> list[Task]:
        """Every action of every session, in the order of sessions."""
        return [
            Task(action, topic, session)
            for session in self.catalogue.sessions
            for topic in session.all_topics()
            for action in topic.actions
        ]

    def differences_of(self, provider: Provider) -> list[Expectation]:
        """Return the expectations of today with an exception that names a provider."""
        today = self.catalogue.today
        return [
            expectation
            for expectation in self.catalogue.expectations.values()
            if expectation.is_said_on(today)
            if any(
                exception.is_partial and exception.names(provider) and exception.holds_on(today)
                for exception in expectation.exceptions
            )
        ]

    def outcome(self, session: Session) -> tuple[int, list[tuple[str, list[str]]], int]:
        """Return how many decisions came of a session, what it led to and how, and open actions."""
        topics = list(session.all_topics())
        led_to: dict[Outcome, dict[str, None]] = {outcome: {} for outcome in Outcome}
        for topic in topics:
            led_to[topic.outcome] |= dict.fromkeys(topic.led_to)
        return (
            sum(len(topic.decisions) for topic in topics),
            [(HOW[outcome], list(records)) for outcome, records in led_to.items() if records],
            sum(each.state is ActionState.OPEN for topic in topics for each in topic.actions),
        )

    def left_over(self, session: Session) -> list[Task]:
        """Return the open actions of the meeting before ``session`` in its series."""
        before = [
            earlier
            for earlier in self.catalogue.sessions
            if session.series and earlier.series == session.series and earlier.date < session.date
        ]
        return [
            task
            for task in self.tasks
            if before and task.session is before[-1] and task.action.state is ActionState.OPEN
        ]

    @cached_property
    def events(self) -> list[Event]:
        """Every dated change of platforms, labels, expectations and graphs, newest first."""
        past = [event for event in self._events() if event.date <= self.catalogue.today]
        return sorted(past, key=lambda event: event.newest_first)

    @cached_property
    def event_ids(self) -> dict[int, str]:
        """The ids of past events in feeds, by the events' identity in this process.

        They are made of record and day, and do not depend on the text.  Of several on one day the
        first keeps the plain name and the others are numbered.
        """
        seen, ids = Counter[str](), {}
        for event in self.events:
            name = f"urn:groundrules:{event.kind}:{event.name}:{event.date}"
            seen[name] += 1
            ids[id(event)] = name if seen[name] == 1 else f"{name}:{seen[name]}"
        return ids

    @cached_property
    def concerned_events(self) -> ConcernedEvents:
        """The events that concern a label or a graph."""
        return ConcernedEvents(self)

    @cached_property
    def plans(self) -> list[Event]:
        """All changes in the future, the next one first."""
        plans = [event for event in self._events() if event.date > self.catalogue.today]
        return sorted(plans, key=lambda event: (event.date, event.kind, event.name))

    def _events(self) -> Iterator[Event]:
        day = self.catalogue.today
        for kind, name, record, topic in self._named():
            title = getattr(record, "title", name)
            for date, what, exception in dates_of(record, day):
                yield Event(date, kind, name, title, what, Said(topic), exception=exception)
        for platform in self.catalogue.platforms:
            for provider in platform.providers:
                title = f"{platform.title}: {provider.name}"
                for date, what, _ in dates_of(provider, day):
                    topic = Said(platform.title)
                    yield Event(date, "platform", platform.id, title, what, topic, provider)

    def runs_for(self, graph: Graph) -> RunsFor:
        """Return for which changed files the jobs of a graph run."""
        return RunsFor(graph, self.verdicts, self.system_of(graph))

    def system_of(self, graph: Graph) -> str:
        """Return the CI system of a graph's configuration; empty if the manual does not name it."""
        configurations = self.catalogue.manual.configurations
        return next((each.system for each in configurations if each.id == graph.configuration), "")

    def rules_of(self, graph: Graph, job: DocumentedJob) -> list[GraphRule]:
        """Return the rules of ``graph`` for ``job``."""
        return [each for each in graph.rules if each.every.selects(job)]


def _own(record: Record) -> Iterator[Record]:
    """Yield a record and its parts, but not those that have a name of their own."""
    yield record
    for part in record.parts():
        if not isinstance(part, Label | DocumentedJob):
            yield from _own(part)
