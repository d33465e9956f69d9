"""`Session`: a summit session, sprint, meeting or thread where things were decided."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from enum import StrEnum

from groundrules.records.fields import Evidence, Id, Line, Record, Reference, Some, Text, Url
from groundrules.records.times import Date


class Kind(StrEnum):
    """What sort of session it was."""

    SUMMIT = "summit"
    """A session at a conference or summit."""
    SPRINT = "sprint"
    """Several days of working together."""
    MEETING = "meeting"
    """One meeting of a team."""
    THREAD = "thread"
    """A discussion on a mailing list."""


class ActionState(StrEnum):
    """The state of an action."""

    OPEN = "open"
    """It is still to be done."""
    DONE = "done"
    """It was done."""
    DROPPED = "dropped"
    """It will not be done."""
    UNKNOWN = "unknown"
    """The outcome is not recorded."""


class Outcome(StrEnum):
    """How the records that a topic led to came about."""

    DECIDED = "decided"
    """It was decided there; ``decisions`` say what."""
    PROPOSED = "proposed"
    """It was proposed there."""
    CAME_OUT = "came-out"
    """It came out of it; nothing says that it was decided or proposed there."""


class Action(Record):
    """Something that somebody said they would do."""

    what: Text
    """What is to be done."""
    owner: Line | None = None
    """Who does it: a name or handle."""
    state: ActionState = ActionState.OPEN
    """Whether it is open, done or dropped."""
    due: Date | None = None
    """The day it is due."""
    evidence: Some[Evidence] = ()
    """Where its outcome can be read."""

    @property
    def is_over(self) -> bool:
        """Whether nobody has to do it any more."""
        return self.state in (ActionState.DONE, ActionState.DROPPED)

    def is_late_on(self, day: datetime.date) -> bool:
        """Return whether it is open after the day it was due."""
        return self.state is ActionState.OPEN and self.due is not None and self.due < day


class SessionTopic(Record):
    """One thing that was talked about; topics may hold topics."""

    title: Line
    """What it was about."""
    owner: Line | None = None
    """Who brought it."""
    date: Date | None = None
    """The day it was put on the agenda, or talked about."""
    notes: Url | None = None
    """The notes of this topic."""
    summary: Text | None = None
    """What was said."""
    decisions: tuple[Text, ...] = ()
    """What was agreed."""
    actions: tuple[Action, ...] = ()
    """What people said they would do."""
    led_to: tuple[Reference, ...] = ()
    """The expectations, labels, graphs and jobs that came of it."""
    outcome: Outcome = Outcome.CAME_OUT
    """How they came of it."""
    evidence: Some[Evidence] = ()
    """Where more can be read."""
    topics: tuple[SessionTopic, ...] = ()
    """The topics below this one."""


class Session(Record):
    """A summit session, sprint, meeting or thread; one file in ``data/sessions/``."""

    id: Id
    """The session's permanent name; its file is called the same."""
    title: Line
    """What readers call it."""
    kind: Kind
    """What sort of session it was."""
    series: Id | None = None
    """The name that all meetings of a series share."""
    event: Line | None = None
    """The event that it was part of."""
    place: Line | None = None
    """Where people met."""
    date: Date
    """The day it took place, or began."""
    end: Date | None = None
    """The last day, when it took several."""
    notes: Url | None = None
    """The notes that people took."""
    summary: Text | None = None
    """What it was about and what came of it."""
    topics: tuple[SessionTopic, ...] = ()
    """What was talked about, in order."""
    next_agenda: tuple[Text, ...] = ()
    """What the next meeting of the series is to talk about."""
    evidence: Some[Evidence] = ()
    """The document that this was read from."""

    def all_topics(self) -> Iterator[SessionTopic]:
        """Yield every topic at every depth, in the order of the agenda."""
        return (topic for _, topic in self.numbered_topics())

    def numbered_topics(self) -> Iterator[tuple[int, SessionTopic]]:
        """Yield the same with the depth of each, from 0."""
        pending = [(0, topic) for topic in reversed(self.topics)]
        while pending:
            depth, topic = pending.pop()
            yield depth, topic
            pending += [(depth + 1, inner) for inner in reversed(topic.topics)]


def owners_of(sessions: Iterable[Session]) -> set[str]:
    """Return the names of those who own topics or actions of sessions."""
    topics = [topic for session in sessions for topic in session.all_topics()]
    owners = [topic.owner for topic in topics]
    owners += [action.owner for topic in topics for action in topic.actions]
    return {name.strip() for owner in owners if owner for name in owner.split(",")}
