"""The marks of notes: owners ``(nick yyyymmdd)``, and commands: ``#action``, ``AGREED:``."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection
from contextlib import suppress

from msgspec import Struct

from groundrules.authoring.notes.person_names import is_name

NICK = r"(?:[^\W\d]|[\[\]{}^|])[\w\[\]{}^|.-]{0,30}"
BETWEEN = r"\s*[,/&+]\s*|\s+and\s+"
DATE = r"\d{8}|\d{4}[-/]\d\d[-/]\d\d"
_OWNER = re.compile(
    rf"\s*\(\s*(?P<nicks>{NICK}(?:(?:{BETWEEN}){NICK}){{0,5}})"
    rf"(?:\s*[,:]?\s*(?P<date>{DATE}))?\s*\)\s*:?\s*$"
)
# the commands of MeetBot (https://wiki.debian.org/MeetBot), and what people write instead
_COMMANDS = {
    word: makes
    for makes, words in {
        "action": ("action", "action item", "ai", "to do", "to-do", "todo"),
        "decision": ("accept", "accepted", "agree", "agreed", "decided", "decision"),
        "info": ("info", "link"),
        "mark": ("endmeeting",),
        "name": ("meetingname", "meetingtopic", "startmeeting"),
        "subtopic": ("subtopic",),
        "topic": ("topic",),
        "undo": ("undo",),
    }.items()
    for word in words
}
_SAID = {"help": "Help wanted", "halp": "Help wanted", "idea": "Idea", "rejected": "Rejected"}
_HASH = re.compile(r"[#!](?P<word>[A-Za-z]+)(?:\s+(?P<said>.*)|$)")  # ! in Matrix
_WORDS = (
    "ACTION ITEM|ACTION|AGREED|AI|DECIDED|DECISION|HELP|IDEA|INFO|LINK|REJECTED|TODO|TO-?DO|TOPIC"
    "|Action [Ii]tem|Action|Agreed|Decision|Todo|To[ -]do"
)
_COLON = re.compile(
    rf"(?:(?P<word>{_WORDS})|\[(?P<inside>{_WORDS})\])"
    r"(?P<who>\s*\([^()]*\))?(?P<colon>:?)\s*(?P<said>.*)"
)
_BOLD = re.compile(
    r"(?P<mark>\*{1,3}|_{1,3}|'{2,5})(?P<word>[\w\[][^*_']{1,60}?)(?P=mark)(?P<said>.*)"
)
# a name between the command and the colon, or in brackets without a colon
_NAMED = re.compile(
    r"(?:ACTION ITEM|ACTION|TODO|Action|Action [Ii]tem|Todo)"
    rf"(?:\s+(?P<name>@?{NICK})\s?:|\s*\(\s*(?P<inside>@?{NICK})[^()]{{0,40}}\))\s+\S.*"
)
_NAME = re.compile(rf"\s*\(\s*@?(?P<name>{NICK})\s*(?:[,/&;:+\d].*|and .*|)\)")
_BOX = re.compile(r"\[(?P<state>[ xX])\]\s+(?P<said>.*)")


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
    if match := _BOLD.fullmatch(text):
        plain = f"{match['word']}{match['said']}"
        return _command_of_word(plain) if _COLON.match(match["word"]) else None
    if match := _BOX.fullmatch(text):
        return Command("action", match["said"], "open" if match["state"] == " " else "done")
    return _command_of_word(text)


def _command_of_word(text: str) -> Command | None:
    """Return the command of ``ACTION: ada writes``, ``TODO ada: write`` or ``AI(ada): write``."""
    match = _COLON.fullmatch(text)
    if match is None:
        return None
    word, who = match["word"] or match["inside"], match["who"] or ""
    if match["inside"] or match["colon"]:
        is_other = word == "AI" and who and not _is_person(_NAME.fullmatch(who))
        said = f"{who} {match['said']}".strip()
        return None if is_other else _command(word.lower(), said)
    named = _NAMED.fullmatch(text)
    if named and is_name((named["name"] or named["inside"]).removeprefix("@")):
        return Command("action", text[len(word) :].strip())
    return None


def _is_person(match: re.Match[str] | None) -> bool:
    return match is not None and is_name(match["name"])


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
    date = date_of(match["date"]) if match["date"] else None
    nicks = re.sub(BETWEEN, ", ", match["nicks"])
    is_known = all(nick in people for nick in nicks.split(", "))
    before = title[: len(title) - len(match[0])]
    if not before.strip() or (date is None and (match["date"] or not is_known)):
        return None
    return Owner(before.strip(), nicks, date)


def date_of(written: str) -> datetime.date | None:
    """Return the day that a `DATE` names; None if the calendar has no such day."""
    with suppress(ValueError):
        return datetime.date.fromisoformat(re.sub(r"\D", "", written))
    return None
