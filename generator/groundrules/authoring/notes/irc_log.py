"""Reads logs of IRC channels, with the commands of MeetBot in them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from contextlib import suppress

from groundrules.authoring.notes.note_line import LineKind, NoteFacts, NoteLine

_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_STAMP = (
    r"(?:\[?(?:\d{4}-\d\d-\d\d[T ])?\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?\]?"
    rf"|(?:{_MONTHS}) +\d{{1,2}} \d\d:\d\d:\d\d)"
)
_TALK = re.compile(rf"\s*(?:{_STAMP}\s+)?<\s*[@+%&~ ]?(?P<nick>[^\s<>/]+)>(?:\s+(?P<said>.*))?")
_COLUMNS = re.compile(rf"\s*{_STAMP}\s+[@+%]?(?P<nick>[^\s|<>*]+)\s*[|│]\s+(?P<said>.*)")
_COLON = re.compile(rf"\s*{_STAMP}\s+[@+%]?(?P<nick>[^\s:<>|*]{{1,32}}):\s+(?P<said>.*)")
_EMOTE = re.compile(rf"\s*(?:{_STAMP}\s+)\*\s+(?P<nick>[^\s*]+)\s+(?P<said>.*)")
_NOTICE = re.compile(rf"\s*{_STAMP}\s+(?P<said>\S.*)")
# what MeetBot itself writes (https://wiki.debian.org/MeetBot)
_STARTED = re.compile(
    rf"Meeting started \w{{3}} (?P<month>{_MONTHS}) +(?P<day>\d{{1,2}}) [\d:]+ (?P<year>\d{{4}})"
    r" UTC.*?The chair is (?P<chair>\S+?)\. Information about MeetBot at \S+"
)
_FILE = re.compile(r"(?P<what>Minutes|Minutes \(text\)|Log): +(?P<address>https?://\S+)")
_OWN = re.compile(
    r"Useful Commands: #.*|The meeting name has been set to '.*'"
    r"|Meeting ended \w{3} .* UTC\. +Information about MeetBot at .*"
)


def is_log(text: str) -> bool:
    """Return whether at least half of the lines are lines of a log."""
    lines = [line for line in text.split("\n") if line.strip()]
    talk = sum(1 for line in lines if _talk(line))
    return talk * 2 >= len(lines)


def _talk(line: str) -> re.Match[str] | None:
    return _TALK.fullmatch(line) or _COLUMNS.fullmatch(line) or _COLON.fullmatch(line)


def read_log(text: str, facts: NoteFacts) -> Iterator[NoteLine]:
    """Yield what was said, a line for each time somebody spoke; set what MeetBot says itself."""
    pending: list[str] = []
    nick = ""
    for line in text.split("\n"):
        match = _talk(line) or _EMOTE.fullmatch(line)
        if match is None and pending and line.strip() and not _NOTICE.fullmatch(line):
            pending.append(line)
            continue
        yield from _spoken(nick, pending, facts)
        nick, pending = "", []
        if match:
            nick, pending = match["nick"], [match["said"] or ""]
            if match.re is _EMOTE:
                nick, pending = "", [match["nick"], match["said"]]
        elif notice := _NOTICE.fullmatch(line):
            pending = [notice["said"]]
        elif line.strip():
            pending = [line]
    yield from _spoken(nick, pending, facts)


def _spoken(nick: str, parts: list[str], facts: NoteFacts) -> Iterator[NoteLine]:
    said = " ".join(" ".join(parts).split())
    if nick:
        facts.people.add(nick)
    if said and not _note_own(said, facts):
        yield NoteLine(LineKind.TALK, said, nick=nick)


def _note_own(said: str, facts: NoteFacts) -> bool:
    """Return whether a line is MeetBot's own; note its facts."""
    if match := _STARTED.fullmatch(said):
        facts.kind = facts.kind or "meeting"
        facts.people.add(match["chair"])
        written = f"{match['day']} {match['month']} {match['year']}"
        with suppress(ValueError):
            day = datetime.datetime.strptime(written, "%d %b %Y").date()
            facts.day = facts.day or day
        return True
    if match := _FILE.fullmatch(said):
        if match["what"] == "Minutes" and not facts.notes:
            facts.notes = match["address"]
        else:
            facts.evidence.append(match["address"])
        return True
    return _OWN.fullmatch(said) is not None
