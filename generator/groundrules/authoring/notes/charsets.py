"""Bytes of notes → text, in the encoding that is named, marked or guessed."""

from __future__ import annotations

import codecs

from msgspec import Struct

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LEGACY = "windows-1252"  # what web pages that claim Latin-1 are read as, and almost a superset


class DecodedText(Struct, frozen=True):
    """A text, the encoding that was guessed, if any, and how many headers of mails it lacks."""

    text: str
    guessed: str = ""
    left_out: int = 0


class NotNotesError(Exception):
    """The bytes are not notes that can be read; the message says why."""


def text_in(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """Return the text, and the encoding that was guessed; empty if it is certain.

    Raises `NotNotesError`.
    """
    mark = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    try:
        if encoding or mark:
            return data.decode(encoding or mark or ""), ""
        if b"\0" in data:
            raise NotNotesError("this is not text; if it is, give its --encoding")
        return data.decode("utf-8"), ""
    except LookupError:
        raise NotNotesError(f"unknown encoding {encoding!r}; write one such as latin-1") from None
    except UnicodeError as error:
        if encoding or mark:
            raise NotNotesError(f"this is not {encoding or mark}: {error}") from None
    try:
        return data.decode(LEGACY), LEGACY
    except UnicodeError:
        reason = f"this is neither UTF-8 nor {LEGACY}; give its --encoding"
        raise NotNotesError(reason) from None
