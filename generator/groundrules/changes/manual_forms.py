"""The forms of the fields of the manual and of sessions."""

from __future__ import annotations

from collections.abc import Mapping

from groundrules.changes.change_kinds import Effect
from groundrules.changes.field_difference import Form
from groundrules.changes.field_forms import EVIDENCE, NAME, NameSet, Whole, Words, parts, value
from groundrules.changes.shown_values import shown, unmarked
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
    return f"{shown(unmarked(action.what))}{owner}, {action.state}"


TOPICS = parts("topic", lambda topic: topic.title, describe=lambda topic: shown(topic.title))

MANUAL_FORMS: Mapping[type[Record], Mapping[str, Form]] = {
    Manual: {
        "title": Words("title"),
        "publisher": value("publisher", Effect.DIFFERENT),
        "summary": Words("summary"),
        "synonyms": NameSet("group of synonyms"),
        "kinds": value("kinds of records"),
        "site": value("address of the site"),
        "report": value("address for reports of mistakes"),
        "license": value("license"),
        "about": Words("text about the manual"),
        "updated": value("day of the last update"),
        "edit": value("address for proposing a change"),
        "rules_page": value("page of the rules"),
        "confirm_after": value("number of days after which a confirmation is old"),
        "evidence": value("policy for evidence"),
        "verified_within": value("number of days after which a verification is old"),
        "changes_since": value("revision since which the manual lists changes"),
        "notice": Whole("notice that is given before a promise ends", _notice, Effect.DIFFERENT),
        "sources": parts("title", lambda source: source.url, describe=_source),
        "configurations": parts("configuration", lambda each: each.id, describe=_configuration),
    },
    Source: {"url": NAME, "title": Words("title")},
    NamedConfiguration: {
        "id": NAME,
        "title": Words("title"),
        "system": value("CI system"),
        "url": value("address"),
        "folder": value("folder"),
        "git": value("git repository"),
        "ref": value("revision that is read"),
        "tenant": value("tenant file"),
        "tenant_name": value("tenant"),
        "connections": parts("connection", lambda each: each.name, describe=_connection),
    },
    Connection: {"name": NAME, "host": value("host")},
    Session: {
        "id": NAME,
        "title": Words("title"),
        "kind": value("kind"),
        "event": value("event"),
        "place": value("place"),
        "date": value("day"),
        "end": value("last day"),
        "series": value("series"),
        "notes": value("address of the notes"),
        "summary": Words("summary"),
        "topics": TOPICS,
        "next_agenda": NameSet("point of the next agenda"),
        "evidence": EVIDENCE,
    },
    SessionTopic: {
        "title": NAME,
        "owner": value("owner"),
        "date": value("day"),
        "notes": value("address of the notes"),
        "summary": Words("summary"),
        "decisions": NameSet("decision"),
        "actions": parts("action", lambda action: action.what, describe=_action),
        "led_to": NameSet("result"),
        "outcome": value("way in which the results came about"),
        "evidence": EVIDENCE,
        "topics": TOPICS,
    },
    Action: {
        "what": NAME,
        "owner": value("owner"),
        "state": value("state"),
        "due": value("day it is due"),
        "evidence": EVIDENCE,
    },
}
