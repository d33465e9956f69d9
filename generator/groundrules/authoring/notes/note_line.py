"""`NoteLine`: a part of notes in any format, such as a heading, an item or a paragraph."""

from __future__ import annotations

import datetime
from enum import Enum

from msgspec import Struct

TOPIC, SUBTOPIC = 50, 51
"""The levels of ``#topic`` and ``#subtopic``: below every heading of a page."""


class LineKind(Enum):
    """What a part of the notes is."""

    HEADING = "heading"
    ITEM = "item"
    PARAGRAPH = "paragraph"
    QUOTATION = "quotation"
    CODE = "code"
    TALK = "talk"


class NoteLine(Struct, frozen=True):
    """A part of the notes: its text on one line, except for code.

    ``level`` is that of a heading or item from 1, or the depth of a quotation.  ``nick`` said it
    in a log.  ``word`` is the language of code.
    """

    kind: LineKind
    text: str
    level: int = 0
    nick: str = ""
    word: str = ""


class NoteFacts(Struct):
    """What notes say about their session.

    ``people`` are the nicks that occur in places where only nicks do.
    """

    title: str = ""
    kind: str = ""
    day: datetime.date | None = None
    place: str = ""
    series: str = ""
    notes: str = ""
    evidence: list[str] = []
    people: set[str] = set()
