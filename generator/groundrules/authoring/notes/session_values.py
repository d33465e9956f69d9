"""Notes of a session → the values of its record, as far as the notes say them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Any

from msgspec import structs

from groundrules.authoring.notes.action_terms import ActionTerms
from groundrules.authoring.notes.inline_markup import plain_words
from groundrules.authoring.notes.irc_log import is_log, read_log
from groundrules.authoring.notes.mail import note_mail
from groundrules.authoring.notes.minutes import is_minutes, read_minutes
from groundrules.authoring.notes.note_line import LineKind, NoteFacts, NoteLine
from groundrules.authoring.notes.note_page import read_page
from groundrules.authoring.notes.note_prose import LONGEST_LINE, paragraph, texts_of
from groundrules.authoring.notes.note_tree import NoteTopic, tree
from groundrules.records.fields import ID, LINE, URL

_LONGEST_TITLE = 100  # characters; a longer one is the beginning of a text
_ADDRESS = re.compile(r"<?(https?://[^\s<>\"`]+[^\s<>\"`.,;:])>?(?:\s+|$)")


def session_values(
    text: str, day: datetime.date | None = None, people: Iterable[str] = ()
) -> dict[str, Any]:
    """Return the values of a session that notes contain, without those that they do not say.

    ``day`` is that of the session, if it is known already, and ``people`` are known names.
    """
    facts = NoteFacts(day=day, people=set(people))
    if is_log(text):
        lines = read_log(text, facts)
        facts.kind = facts.kind or "meeting"
    elif is_minutes(text):
        lines = read_minutes(read_page(text), facts)
    else:
        lines = read_page(note_mail(text, facts))
    root = tree(lines, facts)
    _lift_title(root, facts)
    values: dict[str, Any] = {**_of_facts(facts), **_texts("Notes", root)}
    return {key: value for key, value in values.items() if value}


def _lift_title(root: NoteTopic, facts: NoteFacts) -> None:
    """Make the only heading that has others below it the title of the session."""
    if len(root.topics) != 1 or not root.topics[0].topics or facts.title:
        return
    (only,) = root.topics
    title, addresses = plain_words(only.title)
    if root.blocks or only.owner or addresses or not 0 < len(title) <= _LONGEST_TITLE:
        return
    facts.title = title
    for field in ("blocks", "decisions", "actions"):
        getattr(root, field).extend(getattr(only, field))
    root.topics = only.topics


def _of_facts(facts: NoteFacts) -> dict[str, Any]:
    values: dict[str, Any] = {
        "title": facts.title if re.fullmatch(LINE, facts.title) else "",
        "kind": facts.kind,
        "place": facts.place,
        "date": facts.day,
        "series": facts.series if re.fullmatch(ID, facts.series) else "",
        "notes": facts.notes,
    }
    evidence = [address for address in dict.fromkeys(facts.evidence) if re.fullmatch(URL, address)]
    return values | {"evidence": evidence}


def _texts(name: str, topic: NoteTopic) -> dict[str, Any]:
    """Return the summary, decisions, actions and topics of a topic that is called ``name``.

    A text that is too long goes on in topics of its own; a session itself has no actions.
    """
    values: dict[str, Any] = {
        "decisions": [paragraph(said) for said in topic.decisions if _is_text(said)],
        "actions": [_action(action) for action in topic.actions if _is_text(action.what)],
    }
    others = [said for said in topic.decisions if not _is_text(said)]
    others += [action.what for action in topic.actions if not _is_text(action.what)]
    blocks = [*topic.blocks, *(NoteLine(LineKind.PARAGRAPH, said) for said in others)]
    summary, *more = texts_of(blocks) or [""]
    topics = [{"title": f"{name} (continued)", "summary": text} for text in more]
    if not topic.level and (values["decisions"] or values["actions"]) and name == "Notes":
        own = {key: value for key, value in values.items() if value}
        topics.append({"title": "Actions and decisions", **own})
        values = {}
    topics += [_topic(inner) for inner in topic.topics]
    return {"summary": summary, **values, "topics": topics}


def _is_text(said: str) -> bool:
    """Return whether what was said fits into one text of a record."""
    return len(said) <= LONGEST_LINE and 0 < len(paragraph(said)) <= LONGEST_LINE


def _topic(topic: NoteTopic) -> dict[str, Any]:
    topic = structs.replace(topic)
    title, rest = _split_title(topic.title)
    topic.blocks = [*rest, *topic.blocks]
    notes = _take_notes(topic)
    values = {"title": title, "owner": topic.owner, "date": topic.date, "notes": notes}
    values |= _texts(title, topic)
    return {key: value for key, value in values.items() if value}


def _split_title(written: str) -> tuple[str, list[NoteLine]]:
    """Return a title, and the text of one that is too long or has links."""
    title, addresses = plain_words(written)
    if len(title) <= _LONGEST_TITLE and not addresses:
        return title or "Untitled", []
    if len(title) > _LONGEST_TITLE:
        cut = title[: title.rfind(" ", 40, _LONGEST_TITLE) + 1].rstrip() or title[:_LONGEST_TITLE]
        title = f"{cut.rstrip(',;:.')} …"
    elif len(addresses) == 1:
        return title, [NoteLine(LineKind.PARAGRAPH, addresses[0])]
    return title, [NoteLine(LineKind.PARAGRAPH, written)]


def _take_notes(topic: NoteTopic) -> str:
    """Remove the address of the notes from the start of a topic, and return it."""
    first = topic.blocks[0] if topic.blocks else None
    if not isinstance(first, NoteLine) or first.kind is not LineKind.PARAGRAPH:
        return ""
    match = _ADDRESS.match(first.text)
    if match is None or not re.fullmatch(URL, match[1]) or len(match[1]) > 2_000:
        return ""
    rest = first.text[match.end() :]
    if rest and "etherpad" not in match[1]:
        return ""
    remaining = [structs.replace(first, text=rest)] if rest else []
    topic.blocks = [*remaining, *topic.blocks[1:]]
    return match[1]


def _action(action: ActionTerms) -> dict[str, Any]:
    state = action.state if action.state != "open" else ""
    what = paragraph(action.what)
    values = {"what": what, "owner": action.owner, "state": state, "due": action.due}
    return {key: value for key, value in values.items() if value}
