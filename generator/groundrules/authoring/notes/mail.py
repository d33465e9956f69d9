"""The head of a mail, as a mailbox or the archive of a list shows it."""

from __future__ import annotations

import datetime
import re
from contextlib import suppress
from email.utils import parsedate_to_datetime

from groundrules.authoring.notes.note_line import NoteFacts

_SUBJECT = re.compile(r"Subject:\s*(\S.*)", re.IGNORECASE)
_DATE = re.compile(r"Date:\s*(\S.*)", re.IGNORECASE)
# the line below the sender in archives of mailman 2, such as Wed Nov 17 05:04:33 UTC 2021
_ARCHIVED = re.compile(r"\w{3} (\w{3} +\d{1,2}) \d\d:\d\d:\d\d \w{1,5} (\d{4})")
_HEADER = re.compile(r"(?:from|sender|to|cc|reply-to|subject|date):\s.*", re.IGNORECASE)
_HEAD = 12  # lines


def note_mail(text: str, facts: NoteFacts) -> str:
    """Set the subject and day of a mail; return the text without a subject that is its title.

    Each header of the text becomes a paragraph.
    """
    lines = text.split("\n")
    head = [line.strip() for line in lines[:_HEAD]]
    for line in head:
        if match := _SUBJECT.fullmatch(line):
            facts.title = facts.title or match[1]
        elif match := _DATE.fullmatch(line):
            with suppress(ValueError, OverflowError):
                _note_day(parsedate_to_datetime(match[1]), facts)
        elif match := _ARCHIVED.fullmatch(line):
            with suppress(ValueError):
                written = f"{match[1]} {match[2]}"
                _note_day(datetime.datetime.strptime(written, "%b %d %Y"), facts)
            first = next(at for at, line in enumerate(head) if line)
            if not facts.title and not _ARCHIVED.fullmatch(head[first]):
                facts.title = head[first]
                return "\n".join(lines[:first] + lines[first + 1 :])
    count = next((at for at, line in enumerate(lines) if not _HEADER.fullmatch(line)), len(lines))
    return "\n".join([*(f"{line}\n" for line in lines[:count]), *lines[count:]])


def _note_day(day: datetime.datetime, facts: NoteFacts) -> None:
    facts.kind = facts.kind or "thread"
    facts.day = facts.day or day.date()
