"""The forms of the fields of the manual and of sessions."""

from __future__ import annotations

from collections.abc import Mapping

from groundrules.changes.change_kinds import Effect
from groundrules.changes.field_difference import Form
from groundrules.changes.field_forms import EVIDENCE, NAME, NameSet, Value, Whole, Words, parts
from groundrules.changes.shown_values import shown
from groundrules.records.fields import Record
from groundrules.records.manual import Connection, Manual, NamedConfiguration, Notice, Source
from groundrules.records.session import Action, Session, SessionTopic
from groundrules.text import counted, listed


def _connection(connection: Connection) -> str:
    return f"{shown(connection.name)} at {shown(connection.host)}"


def _notice(notice: Notice) -> str:
    waived = f", without {shown(list(notice.waived))}" if notice.waived else ""
    return f"{counted(notice.days, 'day')} for {listed(notice.kinds)}{waived}"


def _source(source: Source) -> str:
    return f"of {source.url}: {shown(source.title)}"


def _configuration(configuration: NamedConfiguration) -> str:
    return f"{shown(configuration.id)}: {configuration.title}"


def _action(action: Action) -> str:
    owner = f" ({action.owner})" if action.owner else ""
    return f"{shown(action.what)}{owner}, {action.state}"


TOPICS = parts("topic", lambda topic: topic.title, describe=lambda topic: shown(topic.title))

MANUAL_FORMS: Mapping[type[Record], Mapping[str, Form]] = {
    Manual: {
        "title": Words("title"),
        "publisher": Value("publisher", Effect.DIFFERENT),
        "summary": Words("summary"),
        "synonyms": NameSet("group of synonyms"),
        "kinds": Value("kinds of records"),
        "site": Value("address of the site"),
        "report": Value("address for reports of mistakes"),
        "license": Value("license"),
        "about": Words("text about the manual"),
        "updated": Value("day of the last update"),
        "edit": Value("address for proposing a change"),
        "rules_page": Value("page of the rules"),
        "confirm_after": Value("number of days after which a confirmation is old"),
        "evidence": Value("policy for evidence"),
        "verified_within": Value("number of days after which a verification is old"),
        "changes_since": Value("revision since which the manual lists changes"),
        "notice": Whole("notice that is given before a promise ends", _notice, Effect.DIFFERENT),
        "sources": parts("title", lambda source: source.url, describe=_source),
        "configurations": parts("configuration", lambda each: each.id, describe=_configuration),
    },
    Source: {"url": NAME, "title": Words("title")},
    NamedConfiguration: {
        "id": NAME,
        "title": Words("title"),
        "system": Value("CI system"),
        "url": Value("address"),
        "folder": Value("folder"),
        "git": Value("git repository"),
        "ref": Value("revision that is read"),
        "tenant": Value("tenant file"),
        "tenant_name": Value("tenant"),
        "connections": parts("connection", lambda each: each.name, describe=_connection),
    },
    Connection: {"name": NAME, "host": Value("host")},
    Session: {
        "id": NAME,
        "title": Words("title"),
        "kind": Value("kind"),
        "event": Value("event"),
        "place": Value("place"),
        "date": Value("day"),
        "end": Value("last day"),
        "series": Value("series"),
        "notes": Value("address of the notes"),
        "summary": Words("summary"),
        "topics": TOPICS,
        "next_agenda": NameSet("point of the next agenda"),
        "evidence": EVIDENCE,
    },
    SessionTopic: {
        "title": NAME,
        "owner": Value("owner"),
        "date": Value("day"),
        "notes": Value("address of the notes"),
        "summary": Words("summary"),
        "decisions": NameSet("decision"),
        "actions": parts("action", lambda action: action.what, describe=_action),
        "led_to": NameSet("result"),
        "outcome": Value("way in which the results came about"),
        "evidence": EVIDENCE,
        "topics": TOPICS,
    },
    Action: {
        "what": NAME,
        "owner": Value("owner"),
        "state": Value("state"),
        "due": Value("day it is due"),
        "evidence": EVIDENCE,
    },
}
