"""The marks of notes: owners ``(nick yyyymmdd)``, and commands: ``#action``, ``AGREED:``."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection
from contextlib import suppress

from msgspec import Struct

NICK = r"[A-Za-z_\[\]{}^|][\w\[\]{}^|.-]{0,30}"
_BETWEEN = r"\s*[,/&+]\s*|\s+and\s+"
_OWNER = re.compile(
    rf"\s*\(\s*(?P<nicks>{NICK}(?:(?:{_BETWEEN}){NICK}){{0,5}})"
    r"(?:\s*[,:]?\s*(?P<date>\d{8}|\d{4}[-/]\d\d[-/]\d\d))?\s*\)\s*:?\s*$"
)
# the commands of MeetBot (https://wiki.debian.org/MeetBot), and what people write instead
_COMMANDS = {
    "accept": "decision",
    "accepted": "decision",
    "action": "action",
    "agree": "decision",
    "agreed": "decision",
    "ai": "action",
    "decided": "decision",
    "decision": "decision",
    "info": "info",
    "link": "info",
    "subtopic": "subtopic",
    "todo": "action",
    "topic": "topic",
    "undo": "undo",
    "endmeeting": "mark",
    "meetingname": "name",
    "meetingtopic": "name",
    "startmeeting": "name",
}
_SAID = {"help": "Help wanted", "halp": "Help wanted", "idea": "Idea", "rejected": "Rejected"}
_HASH = re.compile(r"[#!](?P<word>[A-Za-z]+)(?:\s+(?P<said>.*)|$)")  # ! in Matrix
_WORDS = (
    "ACTION|AGREED|AI|DECIDED|DECISION|HELP|IDEA|INFO|LINK|REJECTED|TODO|TOPIC"
    "|Action|Agreed|Decision"
)
_COLON = re.compile(
    rf"(?:(?P<word>{_WORDS})|\[(?P<inside>{_WORDS})\])"
    r"(?P<who>\s*\([^()]*\))?(?P<colon>:?)\s*(?P<said>.*)"
)
_BOX = re.compile(r"\[(?P<state>[ xX])\]\s+(?P<said>.*)")
_DOER = re.compile(rf"@?(?P<nicks>{NICK}(?:(?:{_BETWEEN})@?{NICK}){{0,5}})(?::|\s)")


class Command(Struct, frozen=True):
    """A command of notes: what it makes, and the words after it."""

    makes: str
    said: str
    state: str = ""


class Owner(Struct, frozen=True):
    """The end of a title: who owns it and since when, and the title before it."""

    title: str
    nicks: str
    date: datetime.date | None


def command_of(text: str) -> Command | None:
    """Return the command that a line is, or None."""
    if match := _HASH.fullmatch(text):
        return _command(match["word"].lower(), match["said"] or "")
    if match := _COLON.fullmatch(text):
        if match["inside"] or match["colon"]:
            said = f"{match['who'] or ''} {match['said']}".strip()
            return _command((match["word"] or match["inside"]).lower(), said)
    elif match := _BOX.fullmatch(text):
        return Command("action", match["said"], "open" if match["state"] == " " else "done")
    return None


def _command(word: str, said: str) -> Command | None:
    if word in _SAID:
        return Command("info", f"{_SAID[word]}: {said}") if said else None
    makes = _COMMANDS.get(word)
    if makes is None or not (said.strip() or makes in ("mark", "undo", "name")):
        return None
    return Command(makes, said.strip())


def owner_of(title: str, people: Collection[str] = ()) -> Owner | None:
    """Return the owner at the end of a title; one without a date has to be a known person.

    >>> owner_of("Gerrit upgrade (clarkb 20211116)").nicks
    'clarkb'
    """
    match = _OWNER.search(title[-200:])
    if match is None:
        return None
    date = _date(match["date"]) if match["date"] else None
    nicks = re.sub(_BETWEEN, ", ", match["nicks"])
    is_known = all(nick in people for nick in nicks.split(", "))
    before = title[: len(title) - len(match[0])]
    if not before.strip() or (date is None and (match["date"] or not is_known)):
        return None
    return Owner(before.strip(), nicks, date)


def doer_of(text: str, people: Collection[str]) -> str:
    """Return who does an action: known people at its start, or in brackets at its end."""
    if match := _DOER.match(f"{text} "):
        nicks = [nick.removeprefix("@") for nick in re.split(_BETWEEN, match["nicks"])]
        if all(nick in people for nick in nicks) or text.startswith("@"):
            return ", ".join(nicks)
    if match := re.match(rf"\(\s*({NICK})\s*\)", text):
        return match[1]
    owner = owner_of(text, people)
    return owner.nicks if owner else ""


def _date(written: str) -> datetime.date | None:
    with suppress(ValueError):
        return datetime.date.fromisoformat(re.sub(r"\D", "", written))
    return None
