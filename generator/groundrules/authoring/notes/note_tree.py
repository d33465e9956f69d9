"""Lines of notes → topics, each with its text, decisions and actions."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator

from msgspec import Struct, structs

from groundrules.authoring.notes.action_terms import ActionTerms, terms_of
from groundrules.authoring.notes.note_line import (
    SUBTOPIC,
    TOPIC,
    LineKind,
    NoteFacts,
    NoteLine,
)
from groundrules.authoring.notes.note_marks import Command, command_of, owner_of
from groundrules.records.fields import ID

_ACTIONS = ("action items", "actions", "action points", "todo", "todos", "to do", "next steps")


class NoteItem(Struct):
    """An item of a list, or what somebody said in a log, with the items below it."""

    text: str
    items: list[NoteItem] = []

    def all(self) -> Iterator[NoteItem]:
        """Yield the item and those below it, at every depth."""
        pending = [self]
        while pending:
            item = pending.pop()
            yield item
            pending += reversed(item.items)


Block = NoteLine | list[NoteItem]
"""A paragraph, quotation or code; or a list."""


class NoteTopic(Struct):
    """A topic of notes: its title as written, its blocks, and the topics below it."""

    title: str = ""
    level: int = 0
    owner: str = ""
    date: datetime.date | None = None
    blocks: list[Block] = []
    decisions: list[str] = []
    actions: list[ActionTerms] = []
    topics: list[NoteTopic] = []

    def all(self) -> Iterator[NoteTopic]:
        """Yield the topic and those below it, at every depth.

        Topics that are added to one after it was yielded are among them.
        """
        pending = [self]
        while pending:
            topic = pending.pop()
            yield topic
            pending += topic.topics

    def add_item(self, text: str, level: int = 1) -> NoteItem:
        """Add an item to the list at the end of the topic; it begins one if there is none."""
        if not self.blocks or isinstance(self.blocks[-1], NoteLine):
            self.blocks.append([])
        items = self.blocks[-1]
        assert isinstance(items, list)  # noqa: S101 - the line above
        for _ in range(level - 1):
            if not items:
                break
            items = items[-1].items
        items.append(NoteItem(text))
        return items[-1]


def tree(lines: Iterable[NoteLine], facts: NoteFacts) -> NoteTopic:
    """Return the notes as a topic without a title, whose topics are those of the session."""
    every = list(lines)
    _note_people(every, facts)
    root = _sections(every, facts)
    with_list = [
        topic for topic in root.all() if any(isinstance(one, list) for one in topic.blocks)
    ]
    for topic in root.all():
        # the items below a topic that was an item itself are its text
        is_only = len(with_list) == 1 and (topic is root or topic.level > 0)
        _split_lists(topic, facts, is_only=is_only)
        _take_commands(topic, facts)
    return root


def _note_people(lines: list[NoteLine], facts: NoteFacts) -> None:
    """Note the people whom marks with a date name; then marks without one can name them too."""
    for line in lines:
        owner = owner_of(line.text)
        if owner and owner.date:
            facts.people.update(owner.nicks.split(", "))


def _sections(lines: list[NoteLine], facts: NoteFacts) -> NoteTopic:
    """Return the topics that headings and ``#topic`` begin, with their blocks."""
    root = NoteTopic()
    open_topics, undoable = [root], list[NoteItem]()
    for line in lines:
        command = None if line.kind is LineKind.CODE else command_of(line.text)
        if line.kind is LineKind.HEADING:
            _open(open_topics, line.text, line.level, facts)
        elif command and command.makes in ("topic", "subtopic"):
            _open(open_topics, command.said, TOPIC if command.makes == "topic" else SUBTOPIC, facts)
        elif command and command.makes == "name" and _is_series(command.said, facts):
            facts.series = command.said
        elif command and command.makes == "undo" and undoable:
            _undo(undoable.pop())
        elif command and command.makes == "mark" and not command.said:
            continue
        else:
            item = _add(open_topics[-1], line, command)
            undoable += [item] if item and command else []
    return root


def _open(open_topics: list[NoteTopic], title: str, level: int, facts: NoteFacts) -> None:
    while open_topics[-1].level >= level:
        open_topics.pop()
    topic = _titled(title, facts)
    topic.level = level
    open_topics[-1].topics.append(topic)
    open_topics.append(topic)


def _titled(title: str, facts: NoteFacts) -> NoteTopic:
    owner = owner_of(title, facts.people)
    if owner is None:
        return NoteTopic(title)
    return NoteTopic(owner.title, owner=owner.nicks, date=owner.date)


def _add(topic: NoteTopic, line: NoteLine, command: Command | None) -> NoteItem | None:
    if line.kind is LineKind.ITEM:
        return topic.add_item(line.text, line.level)
    if line.kind is LineKind.TALK:
        said = f"{line.nick}: {line.text}" if line.nick and not command else line.text
        return topic.add_item(said)
    if command:
        return topic.add_item(line.text)
    topic.blocks.append(line)
    return None


def _is_series(name: str, facts: NoteFacts) -> bool:
    """Return whether a name of a meeting becomes the series; others stay text."""
    return not name or (facts.series in ("", name) and re.fullmatch(ID, name) is not None)


def _undo(item: NoteItem) -> None:
    """Turn the last command into text: MeetBot takes it out of the minutes."""
    item.text = f"(undone) {item.text.lstrip('#')}"


def _split_lists(topic: NoteTopic, facts: NoteFacts, *, is_only: bool) -> None:
    """Make topics of the items of a list that is an agenda.

    It is one if an owner is named in it, or if it is the only list and has lists below its items.
    """
    kept: list[Block] = []
    listed: list[NoteTopic] = []
    for block in topic.blocks:
        if not isinstance(block, list):
            kept.append(block)
        elif any(_is_owned(item, facts) for item in block) or (
            is_only and any(item.items for item in block)
        ):
            kept.append([item for item in block if command_of(item.text)])
            listed += [_topic_of(item, facts) for item in block if not command_of(item.text)]
        else:
            kept.append(block)
    topic.blocks, topic.topics = kept, listed + topic.topics


def _is_owned(item: NoteItem, facts: NoteFacts) -> bool:
    return any(
        command_of(part.text) is None and owner_of(part.text, facts.people) for part in item.all()
    )


def _topic_of(item: NoteItem, facts: NoteFacts) -> NoteTopic:
    topic = _titled(item.text, facts)
    if item.items:
        topic.blocks = [item.items]
    return topic


def _take_commands(topic: NoteTopic, facts: NoteFacts) -> None:
    """Move the decisions and actions out of the lists of a topic."""
    of_actions = topic.title.casefold().strip(" :") in _ACTIONS
    for block in topic.blocks:
        if isinstance(block, list):
            block[:] = _without_commands(topic, block, facts, of_actions=of_actions)
    topic.blocks = [block for block in topic.blocks if block]


def _without_commands(
    topic: NoteTopic, items: list[NoteItem], facts: NoteFacts, *, of_actions: bool = False
) -> Iterator[NoteItem]:
    for item in items:
        command = command_of(item.text)
        if command is None and of_actions:
            command = Command("action", item.text)
        item.items[:] = _without_commands(topic, item.items, facts)
        if command and command.makes == "action":
            is_marked = of_actions or not command.state
            terms = terms_of(command.said, facts.people, facts.day, is_marked=is_marked)
            topic.actions.append(structs.replace(terms, state=command.state))
        elif command and command.makes == "decision":
            topic.decisions.append(command.said)
        else:
            yield NoteItem(command.said if command else item.text, item.items)
            continue
        yield from item.items
