"""Who does an action, and when it is due, from the marks and words that notes use for that."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection

from msgspec import Struct

from groundrules.authoring.notes.note_marks import BETWEEN, DATE, NICK, date_of
from groundrules.authoring.notes.person_names import BEFORE_TO, DEEDS, is_name

_FULL = r"[A-Z][\w'-]{1,30} [A-Z][\w'-]{1,30}"
_ONE = rf"(?!(?:due|deadline|by|until)\b)@?(?:{_FULL}|{NICK})"
_PEOPLE = rf"{_ONE}(?:(?:{BETWEEN}){_ONE}){{0,5}}"
_DUE = r"(?:due|deadline)(?: (?:by|on))?:?|by:?|until:?"
_MARK = (
    r"[(\[]\s*(?:(?P<role>owner|assignee|assigned to)\s*:?\s+)?"
    rf"(?P<people>{_PEOPLE})?"
    rf"(?:\s*[,;:]?\s*(?P<due>{_DUE})?\s*(?P<date>{DATE}))?\s*[)\]]"
)
_FIRST = re.compile(rf"{_MARK}\s*:?\s*(?P<rest>\S.*)")
_LAST = re.compile(rf"(?<=\s){_MARK}\s*\.?\s*$")
_ENDS = re.compile(rf"[,;(–-]?\s+(?P<due>{_DUE})\s+(?P<date>{DATE})\s*\.?\s*$")
_COLON = re.compile(rf"(?P<people>{_PEOPLE})\s?:\s+(?P<rest>\S.*)")
_TO = re.compile(rf"(?P<people>{_PEOPLE})\s+to\s+(?P<deed>[a-z-]+)\b")
_KNOWN = re.compile(rf"(?P<people>@?{NICK}(?:(?:{BETWEEN})@?{NICK}){{0,5}})(?=[:,]?\s|$)")
_MARKED = 200  # characters at the end that can have a mark


class ActionTerms(Struct, frozen=True):
    """What is to be done, who does it, the day it is due, and its state, if the notes say it."""

    what: str
    owner: str = ""
    due: datetime.date | None = None
    state: str = ""


def terms_of(
    said: str,
    people: Collection[str] = (),
    day: datetime.date | None = None,
    *,
    is_marked: bool = True,
) -> ActionTerms:
    """Return the terms of an action, of a session on a day; marks that they hold are removed.

    With ``is_marked``, notes say that it is an action, and ``ada: write`` names somebody who is
    not known; in a list of boxes, it could be a project or an area too.

    A date is when an action is due if a word says so, or if it is after the day of the session:
    agendas also have the day on which a topic was added.

    >>> terms_of("(ada, due 2025-03-11) write the page").owner
    'ada'
    """
    terms = _dated(ActionTerms(said), day)
    for take in (_take_last, _take_first):
        terms = take(terms, people, day)
    return terms if terms.owner else _named(terms, people, is_marked=is_marked)


def _people(written: str | None, people: Collection[str]) -> str:
    """Return the people that a mark names; empty if one of them may be something else."""
    names = _names(written)
    if not all(name.startswith("@") or is_name(name, people) for name in names):
        return ""
    return ", ".join(name.removeprefix("@") for name in names)


def _are_known(written: str | None, people: Collection[str]) -> bool:
    """Return whether a mark certainly names people: known ones, or with an @."""
    return all(name.startswith("@") or name in people for name in _names(written))


def _names(written: str | None) -> list[str]:
    return [name.strip() for name in re.split(BETWEEN, written or "") if name.strip()]


def _dated(terms: ActionTerms, day: datetime.date | None) -> ActionTerms:
    """Take ``by 2025-03-11`` from the end."""
    match = _ENDS.search(terms.what[-_MARKED:])
    due = _due(match, day) if match else None
    what = terms.what[: len(terms.what) - len(match[0])].strip() if match else ""
    return ActionTerms(what, terms.owner, due) if due and what else terms


def _take_last(
    terms: ActionTerms, people: Collection[str], day: datetime.date | None
) -> ActionTerms:
    """Take ``(ada 2025-03-11)`` from the end; a name alone has to be a known person's."""
    match = _LAST.search(terms.what[-_MARKED:])
    if match is None:
        return terms
    is_marked = match["date"] or match["role"]
    owner = _people(match["people"], people)
    if not is_marked and not _are_known(match["people"], people):
        return terms
    what = terms.what[: len(terms.what) - len(match[0])].strip()
    return _with_mark(terms, match, owner, what, day)


def _take_first(
    terms: ActionTerms, people: Collection[str], day: datetime.date | None
) -> ActionTerms:
    """Take ``(ada 2025-03-11)`` from the start."""
    match = None if terms.owner else _FIRST.fullmatch(terms.what)
    if match is None:
        return terms
    return _with_mark(terms, match, _people(match["people"], people), match["rest"], day)


def _with_mark(
    terms: ActionTerms, match: re.Match[str], owner: str, what: str, day: datetime.date | None
) -> ActionTerms:
    """Return the terms with those of a mark, which stays in the text if they do not hold all."""
    if (match["people"] and not owner) or not (owner or match["date"]):
        return terms
    due = _due(match, day) if match["date"] else None
    is_held = what and (due or not match["date"]) and not (due and terms.due)
    return ActionTerms(what if is_held else terms.what, owner or terms.owner, terms.due or due)


def _named(terms: ActionTerms, people: Collection[str], *, is_marked: bool) -> ActionTerms:
    """Take the owner from ``ada: write``, ``ada to write``, or a known person at the start.

    In ``@ada write it``, what is to be done is the rest.
    """
    if match := _COLON.fullmatch(terms.what):
        is_full = re.fullmatch(_FULL, match["people"]) is not None  # could be a title
        owner = _people(match["people"], people)
        if owner and not is_full and (is_marked or _are_known(match["people"], people)):
            return ActionTerms(match["rest"], owner, terms.due)
    if match := _TO.match(terms.what):
        is_doing = match["deed"] in DEEDS and match["people"].casefold() not in BEFORE_TO
        if is_doing and (owner := _people(match["people"], people)):
            return ActionTerms(terms.what, owner, terms.due)
    if (match := _KNOWN.match(terms.what)) and _are_known(match["people"], people):
        rest = terms.what[match.end() :].lstrip(":, ")
        is_one = match["people"].startswith("@") and len(_names(match["people"])) == 1
        is_told = is_one and rest.split(" ")[0].casefold() in DEEDS
        what = rest if is_told else terms.what
        return ActionTerms(what, _people(match["people"], people), terms.due)
    return terms


def _due(match: re.Match[str], day: datetime.date | None) -> datetime.date | None:
    date = date_of(match["date"])
    if date is None or (day and date <= day):
        return None
    return date if match["due"] or day else None
